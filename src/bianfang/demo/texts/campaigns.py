"""What campaigns found in the second round; patches of farmland with their places. All invented."""

from typing import NamedTuple


class PatchText(NamedTuple):
    """A patch: where it lies in its village, how large it is, what is found first and last."""

    place: str
    size: str
    problem: str
    first: str
    last: str


PATCHES: tuple[PatchText, ...] = (
    PatchText("村东排水沟北侧", "3.20", "trees", "not_started", "checked"),
    PatchText("村南机井西侧", "1.75", "shed", "going_on", "rectified"),
    PatchText("老河道东坡", "5.40", "idle", "not_started", "going_on"),
    PatchText("水泥路南第二块", "0.86", "shed", "not_started", ""),
    PatchText("村西大田中部", "2.10", "trees", "going_on", "checked"),
    PatchText("养殖小区东邻", "4.35", "pond", "not_started", "going_on"),
    PatchText("村北桥头", "0.62", "shed", "rectified", "checked"),
    PatchText("苗圃南侧", "6.05", "trees", "not_started", "not_started"),
    PatchText("灌渠两侧", "1.48", "idle", "going_on", "rectified"),
    PatchText("村西北角", "2.93", "idle", "not_started", "going_on"),
    PatchText("果园东头", "3.77", "trees", "not_started", ""),
    PatchText("晒场旁", "1.15", "other", "", ""),
)
"""The first is found in a visit, the last by the village later; "" where nobody has looked."""

HAZARDS = ("软管超过使用年限", "报警器未通电", "气瓶离灶台太近", "阀门关不严")
"""General ones, each of one household."""

URGENT = {
    "stove_hose_old": "灶具胶管老化开裂",
    "gas_alarm_yellow": "报警器持续闪黄灯，疑似漏气",
}
"""By the key of the demand that the same visit brought."""
MENDED = "复查合格"

SURROUNDINGS = (
    ("none", "", ""),
    ("none", "", ""),
    ("piles", "2", "柴草搬不动，想请村里帮忙"),
    ("none", "", ""),
    ("waste", "1", ""),
    ("none", "", ""),
    ("water", "1", "门口排水不畅"),
    ("none", "", ""),
)
"""Kind of spot, how many, which help is wanted; taken in turn."""
