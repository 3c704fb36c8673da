"""One sentence for each kind of problem: what was read, what became of it, how to mend it.

Every sentence may use `read`, `value`, `column` and `hint`; all four are always given.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.register.rolls.reading.kinds import Kind, Severity
from bianfang.register.rolls.reading.problems import Problem

_ANY_CELL: dict[Kind, Promise] = {
    Kind.SURROUNDING_SPACE: _("Spaces around “%(value)s” were cut."),
    Kind.LINE_BREAK_IN_CELL: _("A line break in the cell was removed; it now reads “%(value)s”."),
    Kind.INVISIBLE_CHARACTER: _("Invisible characters were removed; it now reads “%(value)s”."),
    Kind.LEADING_APOSTROPHE: _("The apostrophe typed in front was removed: “%(value)s”."),
    Kind.FULLWIDTH_DIGITS: _("Full-width digits were read as “%(value)s”."),
    Kind.NULL_WORD: _("“%(read)s” was read as: nothing."),
    Kind.FORMULA_CELL: _("The cell is a formula; its stored result “%(value)s” was taken."),
    Kind.FORMULA_ERROR: _(
        "The formula failed (%(read)s), so the cell counts as empty. Type the value itself."
    ),
    Kind.FORMULA_WITHOUT_VALUE: _(
        "The formula %(read)s has no stored result, so the cell counts as empty. Open the file in "
        "Excel or WPS, save it and upload it again, or type the value itself."
    ),
    Kind.TOO_LONG: _(
        "“%(column)s” holds more than the %(hint)s characters it may have. Shorten it; what is too "
        "much can go into the note."
    ),
    Kind.TEXT_CUT: _(
        "“%(column)s” may have %(hint)s characters; the rest was cut: “%(value)s”. Shorten it, or "
        "move it into the note."
    ),
    Kind.BECAME_DATE: _(
        "Excel made a date of what was typed here; it was read as “%(value)s”. Set the cell to "
        "“text” and type it again."
    ),
    Kind.TEXT_LIKE_FORMULA: _("This looks like a formula and is text; it is kept as typed."),
    Kind.MARKUP_IN_TEXT: _("This looks like web code and is text; it is kept as typed."),
    Kind.EMOJI: _("Pictograms are kept as typed."),
    Kind.LONG_NOTE: _("A long text (%(hint)s characters); it is kept whole."),
}

_AREAS: dict[Kind, Promise] = {
    Kind.AREA_MISSING: _(
        "It is not said in which village the household lives. Fill in the administrative village "
        "and the natural village."
    ),
    Kind.AREA_SPELLING: _("“%(read)s” was read as “%(value)s” of the area tree."),
    Kind.AREA_RARE_NAME: _(
        "“%(read)s” stands on very few rows beside “%(hint)s”. If both are one place, correct the "
        "name before the import; otherwise both are created."
    ),
    Kind.UNKNOWN_COMMUNITY: _(
        "The community “%(read)s” is not in the area tree. Near names: %(hint)s. Correct the cell, "
        "or let an administrator add the area first."
    ),
    Kind.UNKNOWN_VILLAGE: _(
        "The administrative village “%(read)s” is not in the area tree. Near names: %(hint)s. "
        "Correct the cell, or let an administrator add the area first."
    ),
    Kind.UNKNOWN_HAMLET: _(
        "The natural village “%(read)s” is not in the area tree. Near names: %(hint)s. Correct the "
        "cell, or let an administrator add the area first."
    ),
    Kind.VILLAGE_IN_OTHER_COMMUNITY: _(
        "The sheet puts the village under “%(read)s”, but it belongs to “%(hint)s”. Correct one of "
        "the two cells."
    ),
    Kind.HAMLET_IN_OTHER_VILLAGE: _(
        "The sheet puts the natural village under “%(read)s”, but it belongs to “%(hint)s”. "
        "Correct one of the two cells."
    ),
    Kind.HAMLET_MISSING: _(
        "“%(read)s” has several natural villages (%(hint)s). Fill in the one where the household "
        "lives."
    ),
    Kind.HAMLET_FROM_VILLAGE: _(
        "No natural village was given; “%(value)s” is the only one of “%(read)s”."
    ),
}

_HOUSEHOLDS: dict[Kind, Promise] = {
    Kind.HOUSEHOLD_NO_ZERO_LOST: _(
        "The household number was typed as a number (%(read)s) and lost its zero in front; it was "
        "read as %(value)s. Set the column to “text” and check the number."
    ),
    Kind.HOUSEHOLD_NO_LENGTH: _(
        "The household number “%(read)s” is not as long as the others (%(hint)s digits). Check it."
    ),
    Kind.HOUSEHOLD_NO_MISSING: _(
        "The household has no number although the sheet has a column for it. Fill it in on the "
        "first row of the household."
    ),
    Kind.HOUSEHOLD_NO_REUSED: _(
        "The household number “%(read)s” already belongs to a household elsewhere (%(hint)s). "
        "Correct the number or the natural village."
    ),
    Kind.HOUSEHOLD_UNKNOWN: _(
        "It is not clear to which household this row belongs: the cells of the household are empty "
        "and no household stands above. Fill them in."
    ),
    Kind.HOUSEHOLD_CELL_DIFFERS: _(
        "“%(read)s” differs from “%(value)s” on the first row of the same household; the first row "
        "was taken. Make them agree."
    ),
    Kind.HOUSEHOLD_WITHOUT_HEAD: _(
        "Nobody in this household is marked as its head (head column: “%(hint)s”). Mark one person "
        "as 户主; until then the household has no head."
    ),
    Kind.HEAD_NAME_MISMATCH: _(
        "The head column reads “%(read)s”, but the person marked as head is “%(hint)s”, who was "
        "taken. Make them agree."
    ),
    Kind.HEAD_ROW_REFUSED: _(
        "The row of the household's head (%(hint)s) cannot be imported, so the household has no "
        "head for now. Mend that row."
    ),
    Kind.TWO_HEADS: _(
        "The household already has a head (%(hint)s); the relation of this person is left open. "
        "Fill in the relation to the head."
    ),
    Kind.STATUS_BLANK: _(
        "The living status is empty and stays “not known”. Fill in 常住, 外出务工 or 空户."
    ),
    Kind.STATUS_SYNONYM: _("The living status “%(read)s” was read as “%(value)s”."),
    Kind.STATUS_UNKNOWN_WORD: _(
        "“%(read)s” is no living status, so it stays “not known”. Use 常住, 外出务工 or 空户."
    ),
}

_PEOPLE: dict[Kind, Promise] = {
    Kind.NAME_MISSING: _("The name is missing, so nobody can be entered. Fill it in."),
    Kind.NAME_ODD: _("“%(read)s” is an unusual name; it was kept. Check it."),
    Kind.SPACE_IN_NAME: _("Spaces inside the name were removed: “%(value)s”."),
    Kind.NAME_DOT: _("The dot inside the name was set right: “%(value)s”."),
    Kind.RELATION_MISSING: _(
        "The relation to the head is empty and stays open. Choose one from the list."
    ),
    Kind.RELATION_FROM_HEAD_NAME: _(
        "The relation is empty, but the head column names this person, who was taken as head."
    ),
    Kind.RELATION_SYNONYM: _("The relation “%(read)s” was read as “%(value)s”."),
    Kind.RELATION_UNKNOWN: _(
        "The relation “%(read)s” is not in the list and was read as “%(value)s”. Choose one from "
        "the list if one fits."
    ),
    Kind.RELATION_CONTRADICTS_SEX: _(
        "The relation “%(read)s” does not fit the sex “%(hint)s”. One of them is wrong; both were "
        "kept."
    ),
    Kind.SEX_SYNONYM: _("The sex “%(read)s” was read as “%(value)s”."),
    Kind.SEX_UNKNOWN: _("“%(read)s” is no sex that is known here; use 男 or 女."),
    Kind.SEX_FROM_ID: _("The sex was empty and taken from the identity number: “%(value)s”."),
    Kind.SEX_CONTRADICTS_ID: _(
        "The sheet says “%(read)s”, the valid identity number “%(value)s”; the number decides. "
        "Check both."
    ),
    Kind.FLAG_SYNONYM: _("“%(read)s” was read as “%(value)s”."),
    Kind.FLAG_UNKNOWN_WORD: _(
        "“%(read)s” is neither 是 nor 否, so the answer stays “not known”. Use one of the two."
    ),
    Kind.DISABILITY_SPELLING: _("The disability “%(read)s” was read as “%(value)s”."),
    Kind.DISABILITY_UNCLEAR: _(
        "“%(read)s” does not name one kind and level of disability. Write it as on the "
        "certificate, such as 肢体二级."
    ),
}

_NUMBERS: dict[Kind, Promise] = {
    Kind.ID_MISSING: _(
        "There is no identity number (read: “%(read)s”); the person was taken without one. Add it "
        "when it is known."
    ),
    Kind.ID_TYPED_AS_NUMBER: _(
        "The identity number was typed as a number (%(read)s): Excel has lost its last digits for "
        "good. Set the cell to “text” and type all 18 characters again."
    ),
    Kind.ID_WRONG_LENGTH: _(
        "The identity number %(read)s has %(hint)s characters instead of 18. Ask for the right "
        "number."
    ),
    Kind.ID_BAD_CHARACTERS: _(
        "The identity number %(read)s holds characters that cannot be. Digits only, and X at most "
        "in the last place."
    ),
    Kind.ID_IMPOSSIBLE_DATE: _(
        "The identity number %(read)s holds a birth date that does not exist. Ask for the right "
        "number."
    ),
    Kind.ID_FUTURE_DATE: _(
        "The identity number %(read)s holds a birth date in the future. Ask for the right number."
    ),
    Kind.ID_CHECK_DIGIT: _(
        "The check digit of the identity number %(read)s does not fit: a digit is mistyped. Ask "
        "for the right number."
    ),
    Kind.ID_15_DIGITS: _(
        "An old identity number of 15 digits was read as %(value)s; it cannot be verified. Ask for "
        "the number of 18 characters."
    ),
    Kind.ID_SEPARATORS: _("Signs inside the identity number were removed: %(value)s."),
    Kind.LOWERCASE_X: _("The x at the end of the identity number was made a capital X."),
    Kind.DUPLICATE_IN_HOUSEHOLD: _(
        "The same identity number stands twice in this household (first: %(hint)s). Delete this "
        "row or correct the number."
    ),
    Kind.DUPLICATE_IN_TWO_HOUSEHOLDS: _(
        "The same person already stands in another household (%(hint)s), so this row was refused. "
        "Keep one of the two rows, or correct the number."
    ),
    Kind.DUPLICATE_WITHOUT_ID: _(
        "Somebody of the same name stands in this household already (%(hint)s), and one of the two "
        "has no identity number. Check whether they are one person."
    ),
    Kind.PHONE_TYPED_AS_NUMBER: _("The phone was typed as a number and read as %(value)s."),
    Kind.PHONE_SEPARATORS: _("Signs inside the phone number were removed: %(value)s."),
    Kind.PHONE_LANDLINE: _("A land line, kept as %(value)s."),
    Kind.PHONE_WRONG_LENGTH: _(
        "The phone %(read)s has %(hint)s digits and reaches nobody, so the phone is left empty. A "
        "mobile number has 11 digits; a land line needs its area number."
    ),
    Kind.PHONE_SEVERAL: _(
        "Several phones stand in one cell (%(read)s); the first was taken. Keep one, and move the "
        "others into the note."
    ),
    Kind.PHONE_UNREADABLE: _(
        "“%(read)s” is no phone number, so the phone is left empty. Type 11 digits, or a land line "
        "with its area number."
    ),
}

_DATES: dict[Kind, Promise] = {
    Kind.DATE_TRUE_CELL: _("A date among texts; read as %(value)s."),
    Kind.DATE_EXCEL_SERIAL: _("Excel's number of a day; read as %(value)s."),
    Kind.DATE_COMPACT: _("Eight digits were read as %(value)s."),
    Kind.DATE_WITH_DOTS: _("The date was read as %(value)s."),
    Kind.DATE_WITH_SLASHES: _("The date was read as %(value)s."),
    Kind.DATE_CHINESE: _("The date was read as %(value)s."),
    Kind.DATE_OTHER_FORM: _("The date “%(read)s” was read as %(value)s."),
    Kind.DATE_SHORT_YEAR: _(
        "The year has two digits; with the help of the identity number or today's date it was read "
        "as %(value)s."
    ),
    Kind.DATE_INCOMPLETE: _(
        "“%(read)s” is no complete date (year, month, day); taken instead: “%(value)s” (from the "
        "identity number, if there is one)."
    ),
    Kind.DATE_IMPOSSIBLE: _(
        "There is no such day as “%(read)s”; taken instead: “%(value)s” (from the identity number, "
        "if there is one). Correct the date."
    ),
    Kind.DATE_LUNAR: _(
        "“%(read)s” is a date of the lunar calendar; taken instead: “%(value)s” (from the identity "
        "number, if there is one). Write the date of the solar calendar."
    ),
    Kind.DATE_UNREADABLE: _(
        "“%(read)s” cannot be read as a date; taken instead: “%(value)s” (from the identity "
        "number, if there is one). Write it like 1986-10-30."
    ),
    Kind.DATE_FUTURE: _(
        "The birth date “%(read)s” lies in the future; taken instead: “%(value)s” (from the "
        "identity number, if there is one). Correct the date."
    ),
    Kind.BIRTH_FROM_ID: _(
        "The birth date was empty and taken from the identity number: %(value)s."
    ),
    Kind.BIRTH_CONTRADICTS_ID: _(
        "The sheet says %(read)s, the valid identity number %(value)s (often the lunar date was "
        "written); the number decides. Check both."
    ),
}

_FIRST_OF_TWO_HOUSEHOLDS = _(
    "The same person stands in another household too (%(hint)s). This first row was taken; decide "
    "where the person belongs and delete the other row."
)

SENTENCES: Mapping[Kind, Promise] = MappingProxyType(
    _ANY_CELL | _AREAS | _HOUSEHOLDS | _PEOPLE | _NUMBERS | _DATES
)


def find_sentence(kind: Kind, severity: Severity) -> Promise:
    """The template of a kind; a person in two households reads differently in the first row."""
    if kind is Kind.DUPLICATE_IN_TWO_HOUSEHOLDS and severity is Severity.WARNING:
        return _FIRST_OF_TWO_HOUSEHOLDS
    return SENTENCES[kind]


def sentence(
    *,
    kind: Kind,
    severity: Severity,
    read: str | int | float,
    value: str | None,
    column: str,
    hint: str,
) -> str:
    """The problem in words of the reader's language, from what was stored of it."""
    values = {"read": read, "value": value or "", "column": column, "hint": hint}
    return str(find_sentence(kind, severity)) % values


def explain(problem: Problem) -> str:
    """The same from the problem itself; mask it first wherever others may read the words."""
    return sentence(
        kind=problem.kind,
        severity=problem.severity,
        read=problem.read,
        value=problem.value_after,
        column=problem.header,
        hint=problem.hint,
    )
