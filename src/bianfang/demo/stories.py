"""The three households that the founding text's stories need, with invented names.

qin: a household of 寨里村 on the minimum living allowance, both parents in states that the rule
for unattended children lists, and a daughter of nine. dong: the man of 李家沟村 with the quarrel
about contracted land. dong_neighbour: the other side of that quarrel.
"""

from bianfang.demo.families import Family, Member

# Nine on the day of the roll and still nine when both rounds are over.
_DAUGHTERS_AGE = 9.2

_QIN_HAMLET = "h030101"
_DONG_HAMLET = "h020101"
_QIN_PLACE = 6
_DONG_PLACE = 11


def place_stories(hamlet_key: str, families: list[Family]) -> None:
    """Put the households of the stories in the place of ordinary ones, so that counts stay."""
    if hamlet_key == _QIN_HAMLET:
        families[_QIN_PLACE] = _qin()
    elif hamlet_key == _DONG_HAMLET:
        families[_DONG_PLACE] = _dong()
        families[_DONG_PLACE + 1] = _neighbour()


def _qin() -> Family:
    father = Member(
        relation="户主",
        sex="男",
        age=44.6,
        name="秦守田",
        disability="肢体一级",
        remark="行动不便，请上门",
    )
    mother = Member(relation="配偶", sex="女", age=41.3, name="罗春梅", disability="精神二级")
    daughter = Member(relation="女", sex="女", age=_DAUGHTERS_AGE, name="秦雨禾")
    members = [father, mother, daughter]
    for member in members:
        member.is_dibao = True
    return Family(kind="story", story="qin", members=members)


def _dong() -> Family:
    members = [
        Member(relation="户主", sex="男", age=57.4, name="董福来"),
        Member(relation="配偶", sex="女", age=56.1, name="刘桂芹"),
        Member(relation="子", sex="男", age=29.3, name="董海鸣", away_place="青岛"),
    ]
    return Family(kind="story", story="dong", members=members)


def _neighbour() -> Family:
    members = [
        Member(relation="户主", sex="男", age=61.8, name="李喜田"),
        Member(relation="配偶", sex="女", age=60.2, name="孙月英"),
    ]
    return Family(kind="story", story="dong_neighbour", members=members)
