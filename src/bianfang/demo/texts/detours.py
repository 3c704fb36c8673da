"""What is said where a demand of the invented town does not go straight. All invented."""

WRONG_MEASURES = "请核实情况后办理。"
RETURNED = "经核实不属本单位职责，应由职责单位办理。"
RULE = "需等待上级批复的，等待期间可暂停计时（镇限时办结制度）"
PAUSED = "材料已报上级，等待批复。"
MORE_TIME = "已列入下一个半年实事清单，所需资金和施工期尚待落实，申请延长时限。"
