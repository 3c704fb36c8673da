"""What is understood of a roll: a value per person and household, and the row they export to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bianfang.kernel.codes.people_codes import RELATION_WORDS, SEX_WORDS, Relation, Sex
from bianfang.register.households.enums import LivingStatus, YesNo
from bianfang.register.rolls.reading.areas import AreaPath
from bianfang.register.rolls.reading.columns import TABLE, Column
from bianfang.register.rolls.reading.vocabulary import STATUS_WORDS, YES_NO_WORDS


@dataclass(frozen=True, kw_only=True, slots=True)
class RollRow:
    """A person as the roll says, cleaned; `household_key` joins people of one household.

    `is_importable` is false when a problem of severity error speaks of the row; `path` is then
    perhaps None. `relation` None is open. `id_number` is empty where none is known; it is not
    verified when it was widened from 15 digits.
    """

    sheet: str
    row: int
    household_key: str
    path: AreaPath | None
    household_no: str
    door: str
    head_name: str
    status: LivingStatus
    name: str
    relation: Relation | None
    sex: Sex
    id_number: str = field(repr=False)
    id_is_verified: bool
    birth_date: date | None
    phone: str = field(repr=False)
    away_place: str
    dibao: YesNo
    tekun: YesNo
    disability: str
    note: str = field(repr=False)
    is_importable: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RollHousehold:
    """People of one household; its facts are those of its first row.

    `head_name` is what the head column says; `head` the person who is taken as head, if any and if
    that row can be imported. `household_no` is empty where the sheet gives none: `key` then joins
    hamlet, house number and head. A household is importable when one of its people is.
    """

    key: str
    sheet: str
    row: int
    path: AreaPath | None
    household_no: str
    door: str
    head_name: str
    status: LivingStatus
    head: RollRow | None
    members: tuple[RollRow, ...]

    @property
    def importable_members(self) -> tuple[RollRow, ...]:
        """The people that can be imported, in the order of the sheet."""
        return tuple(member for member in self.members if member.is_importable)

    @property
    def is_importable(self) -> bool:
        """Whether anybody of the household can be imported."""
        return any(member.is_importable for member in self.members)


def relation_word(relation: Relation | None) -> str:
    """The word of a relation; an open one is empty."""
    return RELATION_WORDS[relation] if relation else ""


_WORDS: Mapping[Column, Callable[[RollRow], str]] = MappingProxyType(
    {
        Column.COMMUNITY: lambda row: row.path.community if row.path else "",
        Column.VILLAGE: lambda row: row.path.village if row.path else "",
        Column.HAMLET: lambda row: row.path.hamlet if row.path else "",
        Column.HOUSEHOLD_NO: lambda row: row.household_no,
        Column.DOOR: lambda row: row.door,
        Column.HEAD_NAME: lambda row: row.head_name,
        Column.NAME: lambda row: row.name,
        Column.RELATION: lambda row: relation_word(row.relation),
        Column.SEX: lambda row: SEX_WORDS.get(row.sex, ""),
        Column.ID: lambda row: row.id_number,
        Column.BIRTH: lambda row: row.birth_date.isoformat() if row.birth_date else "",
        Column.PHONE: lambda row: row.phone,
        Column.STATUS: lambda row: STATUS_WORDS[row.status],
        Column.AWAY: lambda row: row.away_place,
        Column.DIBAO: lambda row: YES_NO_WORDS[row.dibao],
        Column.TEKUN: lambda row: YES_NO_WORDS[row.tekun],
        Column.DISABILITY: lambda row: row.disability,
        Column.NOTE: lambda row: row.note,
    }
)


def words_of(row: RollRow) -> dict[Column, str]:
    """The row in the words of a roll, as it is written and compared."""
    return {column: word(row) for column, word in _WORDS.items()}


def export_cells(serial: int, row: RollRow) -> list[str | int | date | None]:
    """The row as the cells of a file of ours, in the order of `TABLE`; importing gives it back."""
    words: dict[Column, str | int | date | None] = {**words_of(row)}
    words[Column.SERIAL] = serial
    words[Column.BIRTH] = row.birth_date
    return [words[spec.column] for spec in TABLE]
