"""What the town does for good where a problem came again, by the category of the problem."""

from typing import NamedTuple


class MeasureText(NamedTuple):
    """What is done, by whom, within how many days, and for how many the place is watched then."""

    plan: str
    owner: str
    days: int
    days_watched: int


MEASURE_TEXTS: dict[str, MeasureText] = {
    "sanitation": MeasureText(
        plan="定村庄保洁长效制度：巷道分段定人，垃圾桶每日清运，环卫所每月检查两次，"
        "结果贴村务公开栏，连续三个月达标后转为日常巡查。",
        owner="sanitation.head",
        days=60,
        days_watched=120,
    ),
}
