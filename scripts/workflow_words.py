"""Words of the workflow pages that the system itself has no label for, in both languages."""

from typing import NamedTuple


class Words(NamedTuple):
    """One text in English and in Chinese."""

    en: str
    zh: str

    def within(self, language: str) -> str:
        """The text in that language."""
        return self.zh if language == "zh" else self.en


TITLES = {
    "outreach.demands": Words("A demand", "诉求"),
    "outreach.demands.request": Words("A request to reopen", "重开申请"),
    "outreach.campaigns": Words("A campaign", "专项工作"),
    "mechanisms.channels": Words("A message on its way", "发往站外的消息"),
    "outreach.meetings": Words("A joint meeting", "会办会议"),
    "outreach.lookback": Words("A look-back", "回头看"),
    "outreach.lookback.check": Words("A check of a look-back", "回头看的一次抽查"),
    "outreach.visits": Words("A round", "轮次"),
    "outreach.visits.household": Words("A household of a round", "轮次中的住户"),
    "register.households": Words("A held change of the register", "待定的登记变更"),
    "register.rolls": Words("A roll import", "花名册导入"),
    "mechanisms.longterm": Words("A long-term measure", "长效措施"),
    "mechanisms.reminders": Words("The ladder of reminders", "提醒节点"),
}

REQUIRED = {
    "area": Words("area", "区域"),
    "areas": Words("areas", "区域"),
    "ends_on": Words("last day", "结束日期"),
    "label": Words("question", "问题"),
    "name": Words("name", "名称"),
    "number": Words("number", "编号"),
    "starts_on": Words("first day", "开始日期"),
    "theme": Words("theme", "问题类别"),
    "checker": Words("checker", "抽查人"),
    "content": Words("demand content", "需求内容"),
    "chair": Words("chair", "主持人"),
    "demands": Words("demands", "诉求"),
    "due_on": Words("deadline", "完成时限"),
    "from_day": Words("first day", "起始日期"),
    "go_to": Words("where to go instead", "可向何处反映"),
    "half_year_list": Words("half-year list", "半年实事清单"),
    "held_on": Words("day of the meeting", "会议日期"),
    "into": Words("the demand it goes into", "并入的诉求"),
    "location": Words("place of the meeting", "会议地点"),
    "measures": Words("measures", "落实举措"),
    "method": Words("rule of drawing", "抽取规则"),
    "minutes": Words("minutes", "会议记录"),
    "new_due_on": Words("new deadline", "新时限"),
    "note": Words("note", "说明"),
    "outcome": Words("outcome", "结果"),
    "owner": Words("person in charge", "责任人"),
    "plan": Words("what is done for good", "长效做法"),
    "reason": Words("reason", "原因"),
    "recorder": Words("recorder", "记录人"),
    "replied_on": Words("day of the reply", "答复日期"),
    "reply": Words("reply to the resident", "答复内容"),
    "reply_mode": Words("way of the reply", "答复方式"),
    "result": Words("result", "办理结果"),
    "review_on": Words("day of looking again", "复看日期"),
    "route": Words("handling", "办理方式"),
    "strata_by": Words("grouping", "分层依据"),
    "suggested_unit": Words("suggested unit", "建议单位"),
    "title": Words("name", "名称"),
    "to_day": Words("last day", "截止日期"),
    "told_resident": Words("what the resident was told", "向群众说明的内容"),
    "way": Words("way of asking", "询问方式"),
}

CONDITIONS = {
    "if_carried": Words("on a half-year list", "已列入实事清单的"),
    "if_accepted": Words("accepted before", "此前已受理的"),
    "when_decided": Words("once no check is open", "抽查全部有结果后"),
}

OWNER = Words("person in charge", "责任人")
SYSTEM = Words("the system", "系统")
NOBODY = Words("nobody", "无人")
UNIT_HEAD = Words("head of the unit", "单位负责人")
JOINT = Words(", ", "、")
ALSO = Words("; ", "；")
NONE = Words("—", "—")
COLON = Words(": ", "：")
STAYS = Words("stays", "不变")
BIRTH = Words("(new)", "（新建）")
YES = Words("yes", "是")
NO = Words("no", "否")
STATE = Words("State", "状态")
NEXT = Words("Who acts next", "下一步由谁办")
CLOCK = Words("Deadline runs", "时限是否计算")
MOVE = Words("Move", "操作")
FROM = Words("From", "原状态")
TO = Words("To", "新状态")
WHO = Words("Who may", "谁可以办")
BRINGS = Words("What it must bring", "必填内容")
STATES = Words("States", "状态")
MOVES = Words("Moves", "操作")
LIVES = Words("Lives as tables", "流程图表")
LIFE = Words("Life", "流程")
STEP = Words("Working days from the deadline", "距完成时限的工作日")
REMINDED = Words("Who is reminded", "提醒谁")
AFTER = Words("{count} after", "逾期 {count} 个工作日")
BEFORE = Words("{count} before", "提前 {count} 个工作日")
ON_THE_DAY = Words("on the day", "当天")
GENERATED = Words(
    "Drawn from the tables in the code by `scripts/draw_workflows.py`; change the table, not this"
    " page.",
    "本页由 `scripts/draw_workflows.py` 根据代码中的流程表生成，请修改流程表，不要直接修改本页。",
)
RIGHTS = Words(
    "A right holds within the area, or for the unit, of the post that gives it. Where two persons"
    " are asked for, the second is never the first.",
    "权限只在任职的区域内或所属单位内有效；要求两人办理的，第二人不得是第一人。",
)
INTRODUCTION = Words(
    "Each thing with a life has one table in the code; buttons, refusals and these pages come from"
    " it.",
    "每类事项的流程在代码中只有一张表，页面上的按钮、系统的拒绝提示和以下各页都由它得出。",
)

NOTES = {
    "outreach.visits.household": Words(
        "Visits may be told in any order: a talk weighs more than a refusal, a refusal more than"
        " leaving; of equals the first counts. A try that met nobody settles nothing.",
        "走访记录先后不限：见面交谈优先于不便走访，不便走访优先于迁出；同等的以最早一次为准。"
        "未见到人的走访不作为到访结果。",
    ),
    "mechanisms.reminders": Words(
        "At most one digest a person and working day. The office may choose other days.",
        "每人每个工作日最多一份汇总提醒。天数可由遍访办调整。",
    ),
}
