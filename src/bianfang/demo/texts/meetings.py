"""What is said and written at the invented town's joint meetings. All invented."""

TITLE = "集中会办会"
LOCATION = "镇政府二楼会议室"
GUESTS = "县自然资源和规划局、县供水公司"
MINUTES = "{unit}汇报办理情况，社区和村作补充，与会人员逐项研究，同意所提办法。"
PUT_OFF_MINUTES = "{unit}汇报现场情况，勘察资料尚不完整，会上未能定下办法。"
PUT_OFF_REASON = "勘察资料不完整，补齐后提交下次会议"
OPENINGS = ("集中会办", "会办确定", "会办明确", "会办决定", "会办", "会上定下")
"""How the measures of a demand begin where a meeting resolved them, the longest first."""


def resolution_of(measures: str) -> str:
    """The measures without the words that they were resolved."""
    for opening in OPENINGS:
        measures = measures.removeprefix(opening)
    return measures
