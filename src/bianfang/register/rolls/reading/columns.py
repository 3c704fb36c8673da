"""The one table of columns: import, template and export of the roll all read it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Column(StrEnum):
    """What a column of a roll means."""

    SERIAL = "serial"
    COMMUNITY = "community"
    VILLAGE = "village"
    HAMLET = "hamlet"
    HOUSEHOLD_NO = "household_no"
    DOOR = "door"
    HEAD_NAME = "head_name"
    NAME = "name"
    RELATION = "relation"
    SEX = "sex"
    ID = "id"
    BIRTH = "birth"
    PHONE = "phone"
    STATUS = "status"
    AWAY = "away"
    DIBAO = "dibao"
    TEKUN = "tekun"
    DISABILITY = "disability"
    DISABILITY_LEVEL = "disability_level"
    NOTE = "note"


class Level(StrEnum):
    """Of what a column speaks."""

    LINE = "line"
    HOUSEHOLD = "household"
    PERSON = "person"


class Form(StrEnum):
    """How a cell is written in a file of ours."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnSpec:
    """One column: its title in files of ours, its level, and what the register can hold.

    `is_compulsory` marks what the template asks for; `REQUIRED` says what a foreign sheet needs.
    """

    column: Column
    title: str
    label: Promise
    hint: Promise
    level: Level
    form: Form = Form.TEXT
    is_compulsory: bool = False
    max_length: int | None = None
    width: int = 12


_NUMBERED = _("A running number; it is not read.")
_AREA = _("Exactly as in the area tree.")

TABLE: tuple[ColumnSpec, ...] = (
    ColumnSpec(
        column=Column.SERIAL,
        title="序号",
        label=_("Serial number"),
        hint=_NUMBERED,
        level=Level.LINE,
        form=Form.NUMBER,
        width=7,
    ),
    ColumnSpec(
        column=Column.COMMUNITY,
        title="社区",
        label=_("Community"),
        hint=_AREA,
        level=Level.HOUSEHOLD,
        form=Form.CHOICE,
        max_length=60,
    ),
    ColumnSpec(
        column=Column.VILLAGE,
        title="行政村",
        label=_("Administrative village"),
        hint=_AREA,
        level=Level.HOUSEHOLD,
        form=Form.CHOICE,
        is_compulsory=True,
        max_length=60,
        width=14,
    ),
    ColumnSpec(
        column=Column.HAMLET,
        title="自然村",
        label=_("Natural village"),
        hint=_AREA,
        level=Level.HOUSEHOLD,
        form=Form.CHOICE,
        is_compulsory=True,
        max_length=60,
        width=14,
    ),
    ColumnSpec(
        column=Column.HOUSEHOLD_NO,
        title="户编号",
        label=_("Household number"),
        hint=_("The same on every row of a household, once in the town; text with its zeros."),
        level=Level.HOUSEHOLD,
        is_compulsory=True,
        max_length=20,
        width=13,
    ),
    ColumnSpec(
        column=Column.DOOR,
        title="门牌号",
        label=_("House number"),
        hint=_("Lane and house within the natural village."),
        level=Level.HOUSEHOLD,
        max_length=60,
    ),
    ColumnSpec(
        column=Column.HEAD_NAME,
        title="户主姓名",
        label=_("Name of the head"),
        hint=_("The name of the household's head, on every row of the household."),
        level=Level.HOUSEHOLD,
        is_compulsory=True,
        max_length=60,
    ),
    ColumnSpec(
        column=Column.NAME,
        title="姓名",
        label=_("Name of the person"),
        hint=_("One person a row."),
        level=Level.PERSON,
        is_compulsory=True,
        max_length=60,
        width=14,
    ),
    ColumnSpec(
        column=Column.RELATION,
        title="与户主关系",
        label=_("Relation to the head"),
        hint=_("Choose from the list; each household has one head."),
        level=Level.PERSON,
        form=Form.CHOICE,
        is_compulsory=True,
    ),
    ColumnSpec(
        column=Column.SEX,
        title="性别",
        label=_("Sex"),
        hint=_("Choose from the list; the identity number decides."),
        level=Level.PERSON,
        form=Form.CHOICE,
        width=6,
    ),
    ColumnSpec(
        column=Column.ID,
        title="公民身份号码",
        label=_("Identity number"),
        hint=_("18 characters, as text; leave it empty when there is none yet."),
        level=Level.PERSON,
        is_compulsory=True,
        width=22,
    ),
    ColumnSpec(
        column=Column.BIRTH,
        title="出生日期",
        label=_("Date of birth"),
        hint=_("A date such as 1986-10-30; the identity number decides."),
        level=Level.PERSON,
        form=Form.DATE,
        width=13,
    ),
    ColumnSpec(
        column=Column.PHONE,
        title="联系电话",
        label=_("Phone"),
        hint=_("One number: 11 digits, or a land line with its area number."),
        level=Level.PERSON,
        width=14,
    ),
    ColumnSpec(
        column=Column.STATUS,
        title="居住状态",
        label=_("Living status"),
        hint=_("Of the household: choose from the list, the same on all its rows."),
        level=Level.HOUSEHOLD,
        form=Form.CHOICE,
        is_compulsory=True,
        width=10,
    ),
    ColumnSpec(
        column=Column.AWAY,
        title="外出地",
        label=_("Where away"),
        hint=_("For a person who works or studies elsewhere: the place."),
        level=Level.PERSON,
        max_length=60,
    ),
    ColumnSpec(
        column=Column.DIBAO,
        title="是否低保",
        label=_("Minimum living allowance"),
        hint=_("是 or 否; an empty cell means: not known."),
        level=Level.PERSON,
        form=Form.CHOICE,
        width=9,
    ),
    ColumnSpec(
        column=Column.TEKUN,
        title="是否特困",
        label=_("Destitute support"),
        hint=_("是 or 否; an empty cell means: not known."),
        level=Level.PERSON,
        form=Form.CHOICE,
        width=9,
    ),
    ColumnSpec(
        column=Column.DISABILITY,
        title="残疾类别等级",
        label=_("Disability"),
        hint=_("Kind and level as on the certificate, such as 肢体二级."),
        level=Level.PERSON,
        form=Form.CHOICE,
        max_length=20,
    ),
    ColumnSpec(
        column=Column.NOTE,
        title="备注",
        label=_("Note"),
        hint=_("Free text; it is kept as typed."),
        level=Level.PERSON,
        width=24,
    ),
)

SPECS: dict[Column, ColumnSpec] = {spec.column: spec for spec in TABLE}

TITLES: dict[Column, str] = {
    **{spec.column: spec.title for spec in TABLE},
    Column.DISABILITY_LEVEL: "残疾等级",
}

AREA_COLUMNS = (Column.COMMUNITY, Column.VILLAGE, Column.HAMLET)

HOUSEHOLD_COLUMNS: tuple[Column, ...] = tuple(
    spec.column for spec in TABLE if spec.level is Level.HOUSEHOLD
)

REQUIRED: tuple[tuple[Column, ...], ...] = (
    (Column.NAME,),
    (Column.ID,),
    (Column.RELATION, Column.HEAD_NAME),
    (Column.HOUSEHOLD_NO, Column.DOOR, Column.HEAD_NAME, Column.RELATION),
)
"""What a sheet must have; of each group one column is enough. The area comes on top of it."""
