"""The people of a sheet: their cells read column by column, then settled row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bianfang.kernel.codes.identity import IdentityNumber
from bianfang.kernel.codes.people_codes import SEX_WORDS, Relation, Sex
from bianfang.register.households.enums import YesNo
from bianfang.register.rolls.reading.cells import Finding, Parsed, Remembered, as_typed, found
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.dates import BirthReading, parse_birth
from bianfang.register.rolls.reading.household_cells import HouseholdDraft
from bianfang.register.rolls.reading.kinds import SEVERITY, Kind, Severity
from bianfang.register.rolls.reading.numbers import parse_id, parse_phone_cell
from bianfang.register.rolls.reading.rows import relation_word
from bianfang.register.rolls.reading.sheets import OpenSheet
from bianfang.register.rolls.reading.values import (
    parse_away,
    parse_disability,
    parse_flag,
    parse_name,
    parse_note,
    parse_relation,
    parse_sex,
)
from bianfang.register.rolls.reading.vocabulary import YES_NO_WORDS
from bianfang.register.rolls.reading.workbook import Cell

T = TypeVar("T")


@dataclass(kw_only=True, slots=True)
class PersonDraft:
    """A row's person while the roll is being read; `row` counts from 0."""

    home: HouseholdDraft
    row: int
    name: str
    relation: Relation | None
    sex: Sex
    identity: IdentityNumber | None = field(repr=False)
    birth_date: date | None
    phone: str = field(repr=False)
    away_place: str
    dibao: YesNo
    tekun: YesNo
    disability: str
    note: str = field(repr=False)
    is_refused: bool

    @property
    def sheet(self) -> OpenSheet:
        """The sheet in which the row stands."""
        return self.home.sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingRules:
    """What a reading needs to know besides the file: the day, and whether numbers are invented."""

    as_of: date
    allow_invented_phones: bool


def read_people(
    sheet: OpenSheet, homes: Sequence[HouseholdDraft], rules: ReadingRules
) -> list[PersonDraft]:
    """The people of a sheet in its order, with what is odd about their cells noted."""
    return _People(sheet, homes, rules).read()


class _People:
    def __init__(
        self, sheet: OpenSheet, homes: Sequence[HouseholdDraft], rules: ReadingRules
    ) -> None:
        self.sheet = sheet
        self.rules = rules
        self.homes = [home for home in homes for _ in home.block.rows]
        self.rows = [row for home in homes for row in home.block.rows]
        self.refused: set[int] = set()

    def read(self) -> list[PersonDraft]:
        names = self.column(Column.NAME, parse_name, "", str)
        relations = self.column(Column.RELATION, parse_relation, None, relation_word)
        identities = self.column(
            Column.ID, lambda cell: parse_id(cell, self.rules.as_of), None, _number_of
        )
        phones = self.column(Column.PHONE, self._parse_phone, "", str)
        away = self.column(Column.AWAY, parse_away, "", str)
        dibao = self.column(Column.DIBAO, parse_flag, YesNo.UNKNOWN, YES_NO_WORDS.__getitem__)
        tekun = self.column(Column.TEKUN, parse_flag, YesNo.UNKNOWN, YES_NO_WORDS.__getitem__)
        disabilities = self._disabilities()
        notes = self.column(Column.NOTE, parse_note, "", str)
        sexes = self._settled_sexes(identities)
        births = self._settled_births(identities)
        return [
            PersonDraft(
                home=home,
                row=row,
                name=names[at],
                relation=relations[at],
                sex=sexes[at],
                identity=identities[at],
                birth_date=births[at],
                phone=phones[at],
                away_place=away[at],
                dibao=dibao[at],
                tekun=tekun[at],
                disability=disabilities[at],
                note=notes[at],
                is_refused=home.is_refused or row in self.refused,
            )
            for at, (home, row) in enumerate(zip(self.homes, self.rows, strict=True))
        ]

    def column(
        self,
        column: Column,
        parse: Callable[[Cell], Parsed[T]],
        absent: T,
        show: Callable[[T], str],
    ) -> list[T]:
        """The values of a column whose cells stand for themselves."""
        if column not in self.sheet.places:
            return [absent] * len(self.rows)
        parsed = self.parsed(column, parse)
        for row, (value, findings) in zip(self.rows, parsed, strict=True):
            if findings:
                self.note(row, column, findings, show(value))
        return [value for value, _ in parsed]

    def parsed(self, column: Column, parse: Callable[[Cell], Parsed[T]]) -> list[Parsed[T]]:
        """The cells of a column with their findings."""
        place = self.sheet.places[column]
        lines = self.sheet.raw.rows
        remembered = Remembered(parse)
        if any(at == place for _, at in self.sheet.raw.formulas):
            return [self.sheet.parse(row, column, remembered) for row in self.rows]
        return [remembered(lines[row][place]) for row in self.rows]

    def note(
        self,
        row: int,
        column: Column,
        findings: Sequence[Finding],
        value: str,
        read: Cell | None = None,
    ) -> None:
        """Write findings down; an error refuses the row."""
        for finding in findings:
            self.sheet.note(row, column, finding, value=value, read=read)
            if SEVERITY[finding.kind] is Severity.ERROR:
                self.refused.add(row)

    def _parse_phone(self, cell: Cell) -> Parsed[str]:
        return parse_phone_cell(cell, allow_invented=self.rules.allow_invented_phones)

    def _disabilities(self) -> list[str]:
        """Kind and level, from one column or from two that belong together."""
        if Column.DISABILITY_LEVEL not in self.sheet.places:
            return self.column(Column.DISABILITY, parse_disability, "", str)
        values = []
        for row in self.rows:
            parts = [
                as_typed(self.sheet.cell(row, column)).strip()
                for column in (Column.DISABILITY, Column.DISABILITY_LEVEL)
            ]
            parsed = parse_disability("".join(parts))
            if parsed.findings:
                self.note(row, Column.DISABILITY, parsed.findings, parsed.value, " ".join(parts))
            values.append(parsed.value)
        return values

    def _settled_sexes(self, identities: Sequence[IdentityNumber | None]) -> list[Sex]:
        column = Column.SEX
        if column not in self.sheet.places:
            return [identity.sex if identity else Sex.UNKNOWN for identity in identities]
        settled = []
        for row, parsed, identity in zip(
            self.rows, self.parsed(column, parse_sex), identities, strict=True
        ):
            sex, findings = parsed
            if identity is not None and sex is not identity.sex:
                findings += found(_sex_kind(parsed))
                sex = identity.sex
            if findings:
                self.note(row, column, findings, SEX_WORDS.get(sex, ""))
            settled.append(sex)
        return settled

    def _settled_births(self, identities: Sequence[IdentityNumber | None]) -> list[date | None]:
        column = Column.BIRTH
        if column not in self.sheet.places:
            return [identity.birth_date if identity else None for identity in identities]
        settled = []
        for row, reading, identity in zip(self.rows, self._births(), identities, strict=True):
            day, findings = settle_birth(reading, identity)
            if findings:
                self.note(row, column, findings, day.isoformat() if day else "")
            settled.append(day)
        return settled

    def _births(self) -> list[BirthReading]:
        """The dates as read; a true date is worth a word only where the others are texts."""
        place = self.sheet.places[Column.BIRTH]
        cells = [self.sheet.raw.rows[row][place] for row in self.rows]
        texts = sum(1 for cell in cells if isinstance(cell, str) and cell)
        dates = sum(1 for cell in cells if isinstance(cell, date))
        readings = []
        for row, cell in zip(self.rows, cells, strict=True):
            reading = self._birth(row, cell)
            if texts > dates and isinstance(cell, date) and not reading.findings:
                reading = reading._replace(findings=found(Kind.DATE_TRUE_CELL))
            readings.append(reading)
        return readings

    def _birth(self, row: int, cell: Cell) -> BirthReading:
        if (row, self.sheet.places[Column.BIRTH]) not in self.sheet.raw.formulas:
            return parse_birth(cell, self.rules.as_of)
        parsed = self.sheet.parse(row, Column.BIRTH, self._parse_birth)
        return parsed.value._replace(findings=parsed.findings)

    def _parse_birth(self, cell: Cell) -> Parsed[BirthReading]:
        reading = parse_birth(cell, self.rules.as_of)
        return Parsed(reading, reading.findings)


def _number_of(identity: IdentityNumber | None) -> str:
    return identity.number if identity else ""


def _sex_kind(parsed: Parsed[Sex]) -> Kind:
    """An empty or strange cell is filled from the number; another sex contradicts it."""
    return Kind.SEX_FROM_ID if parsed.value is Sex.UNKNOWN else Kind.SEX_CONTRADICTS_ID


def settle_birth(
    reading: BirthReading, identity: IdentityNumber | None
) -> tuple[date | None, tuple[Finding, ...]]:
    """The birth date: a valid number decides, fills what is empty and settles a short year."""
    if identity is None:
        if reading.other is not None:
            return None, found(Kind.DATE_UNREADABLE)
        return reading.day, reading.findings
    known = identity.birth_date
    if known in (reading.day, reading.other):
        return known, reading.findings
    if reading.day is not None:
        return known, reading.findings + found(Kind.BIRTH_CONTRADICTS_ID)
    is_warned = any(SEVERITY[f.kind] is Severity.WARNING for f in reading.findings)
    return known, reading.findings if is_warned else reading.findings + found(Kind.BIRTH_FROM_ID)
