"""Every kind of problem and how grave it is."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """What a problem does to its row."""

    ERROR = "error"
    WARNING = "warning"
    FIXED = "fixed"
    KEPT = "kept"


class Kind(StrEnum):
    """Every kind of problem; the sentence for each is in `messages`."""

    # any cell
    SURROUNDING_SPACE = "surrounding_space"
    LINE_BREAK_IN_CELL = "line_break_in_cell"
    INVISIBLE_CHARACTER = "invisible_character"
    LEADING_APOSTROPHE = "leading_apostrophe"
    FULLWIDTH_DIGITS = "fullwidth_digits"
    NULL_WORD = "null_word"
    FORMULA_CELL = "formula_cell"
    FORMULA_ERROR = "formula_error"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    TOO_LONG = "too_long"
    TEXT_CUT = "text_cut"
    BECAME_DATE = "became_date"
    # free text
    TEXT_LIKE_FORMULA = "text_like_formula"
    MARKUP_IN_TEXT = "markup_in_text"
    EMOJI = "emoji"
    LONG_NOTE = "long_note"
    # areas
    AREA_MISSING = "area_missing"
    AREA_SPELLING = "area_spelling"
    AREA_RARE_NAME = "area_rare_name"
    UNKNOWN_COMMUNITY = "unknown_community"
    UNKNOWN_VILLAGE = "unknown_village"
    UNKNOWN_HAMLET = "unknown_hamlet"
    VILLAGE_IN_OTHER_COMMUNITY = "village_in_other_community"
    HAMLET_IN_OTHER_VILLAGE = "hamlet_in_other_village"
    HAMLET_MISSING = "hamlet_missing"
    HAMLET_FROM_VILLAGE = "hamlet_from_village"
    # households
    HOUSEHOLD_NO_ZERO_LOST = "household_no_zero_lost"
    HOUSEHOLD_NO_LENGTH = "household_no_length"
    HOUSEHOLD_NO_MISSING = "household_no_missing"
    HOUSEHOLD_NO_REUSED = "household_no_reused"
    HOUSEHOLD_UNKNOWN = "household_unknown"
    HOUSEHOLD_CELL_DIFFERS = "household_cell_differs"
    HOUSEHOLD_WITHOUT_HEAD = "household_without_head"
    HEAD_NAME_MISMATCH = "head_name_mismatch"
    HEAD_ROW_REFUSED = "head_row_refused"
    TWO_HEADS = "two_heads"
    STATUS_BLANK = "status_blank"
    STATUS_SYNONYM = "status_synonym"
    STATUS_UNKNOWN_WORD = "status_unknown_word"
    # names and relations
    NAME_MISSING = "name_missing"
    NAME_ODD = "name_odd"
    SPACE_IN_NAME = "space_in_name"
    NAME_DOT = "name_dot"
    RELATION_MISSING = "relation_missing"
    RELATION_FROM_HEAD_NAME = "relation_from_head_name"
    RELATION_SYNONYM = "relation_synonym"
    RELATION_UNKNOWN = "relation_unknown"
    RELATION_CONTRADICTS_SEX = "relation_contradicts_sex"
    # identity numbers
    ID_MISSING = "id_missing"
    ID_TYPED_AS_NUMBER = "id_typed_as_number"
    ID_WRONG_LENGTH = "id_wrong_length"
    ID_BAD_CHARACTERS = "id_bad_characters"
    ID_IMPOSSIBLE_DATE = "id_impossible_date"
    ID_FUTURE_DATE = "id_future_date"
    ID_CHECK_DIGIT = "id_check_digit"
    ID_15_DIGITS = "id_15_digits"
    ID_SEPARATORS = "id_separators"
    LOWERCASE_X = "lowercase_x"
    DUPLICATE_IN_HOUSEHOLD = "duplicate_in_household"
    DUPLICATE_IN_TWO_HOUSEHOLDS = "duplicate_in_two_households"
    DUPLICATE_WITHOUT_ID = "duplicate_without_id"
    # sex and birth
    SEX_SYNONYM = "sex_synonym"
    SEX_UNKNOWN = "sex_unknown"
    SEX_FROM_ID = "sex_from_id"
    SEX_CONTRADICTS_ID = "sex_contradicts_id"
    DATE_TRUE_CELL = "date_true_cell"
    DATE_EXCEL_SERIAL = "date_excel_serial"
    DATE_COMPACT = "date_compact"
    DATE_WITH_DOTS = "date_with_dots"
    DATE_WITH_SLASHES = "date_with_slashes"
    DATE_CHINESE = "date_chinese"
    DATE_OTHER_FORM = "date_other_form"
    DATE_SHORT_YEAR = "date_short_year"
    DATE_INCOMPLETE = "date_incomplete"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_LUNAR = "date_lunar"
    DATE_UNREADABLE = "date_unreadable"
    DATE_FUTURE = "date_future"
    BIRTH_FROM_ID = "birth_from_id"
    BIRTH_CONTRADICTS_ID = "birth_contradicts_id"
    # phones, flags, disability
    PHONE_TYPED_AS_NUMBER = "phone_typed_as_number"
    PHONE_SEPARATORS = "phone_separators"
    PHONE_LANDLINE = "phone_landline"
    PHONE_WRONG_LENGTH = "phone_wrong_length"
    PHONE_SEVERAL = "phone_several"
    PHONE_UNREADABLE = "phone_unreadable"
    FLAG_SYNONYM = "flag_synonym"
    FLAG_UNKNOWN_WORD = "flag_unknown_word"
    DISABILITY_SPELLING = "disability_spelling"
    DISABILITY_UNCLEAR = "disability_unclear"


_ERRORS = (
    Kind.AREA_MISSING,
    Kind.UNKNOWN_COMMUNITY,
    Kind.UNKNOWN_VILLAGE,
    Kind.UNKNOWN_HAMLET,
    Kind.VILLAGE_IN_OTHER_COMMUNITY,
    Kind.HAMLET_IN_OTHER_VILLAGE,
    Kind.HAMLET_MISSING,
    Kind.HOUSEHOLD_NO_REUSED,
    Kind.HOUSEHOLD_UNKNOWN,
    Kind.NAME_MISSING,
    Kind.TOO_LONG,
    Kind.ID_TYPED_AS_NUMBER,
    Kind.ID_WRONG_LENGTH,
    Kind.ID_BAD_CHARACTERS,
    Kind.ID_IMPOSSIBLE_DATE,
    Kind.ID_FUTURE_DATE,
    Kind.ID_CHECK_DIGIT,
    Kind.DUPLICATE_IN_HOUSEHOLD,
    Kind.DUPLICATE_IN_TWO_HOUSEHOLDS,
)
_FIXED = (
    Kind.SURROUNDING_SPACE,
    Kind.LINE_BREAK_IN_CELL,
    Kind.INVISIBLE_CHARACTER,
    Kind.LEADING_APOSTROPHE,
    Kind.FULLWIDTH_DIGITS,
    Kind.NULL_WORD,
    Kind.FORMULA_CELL,
    Kind.AREA_SPELLING,
    Kind.HAMLET_FROM_VILLAGE,
    Kind.STATUS_SYNONYM,
    Kind.SPACE_IN_NAME,
    Kind.NAME_DOT,
    Kind.RELATION_SYNONYM,
    Kind.ID_SEPARATORS,
    Kind.LOWERCASE_X,
    Kind.SEX_SYNONYM,
    Kind.SEX_FROM_ID,
    Kind.DATE_TRUE_CELL,
    Kind.DATE_EXCEL_SERIAL,
    Kind.DATE_COMPACT,
    Kind.DATE_WITH_DOTS,
    Kind.DATE_WITH_SLASHES,
    Kind.DATE_CHINESE,
    Kind.DATE_OTHER_FORM,
    Kind.DATE_SHORT_YEAR,
    Kind.BIRTH_FROM_ID,
    Kind.PHONE_TYPED_AS_NUMBER,
    Kind.PHONE_SEPARATORS,
    Kind.PHONE_LANDLINE,
    Kind.FLAG_SYNONYM,
    Kind.DISABILITY_SPELLING,
)
_KEPT = (Kind.TEXT_LIKE_FORMULA, Kind.MARKUP_IN_TEXT, Kind.EMOJI, Kind.LONG_NOTE)

SEVERITY: Mapping[Kind, Severity] = MappingProxyType(
    dict.fromkeys(Kind, Severity.WARNING)
    | dict.fromkeys(_ERRORS, Severity.ERROR)
    | dict.fromkeys(_FIXED, Severity.FIXED)
    | dict.fromkeys(_KEPT, Severity.KEPT)
)
"""The gravity of each kind; a person in two households is refused only in the second row."""

WITHOUT_VALUE_AFTER = frozenset(
    {Kind.TWO_HEADS, Kind.HEAD_NAME_MISMATCH, Kind.HOUSEHOLD_WITHOUT_HEAD, Kind.HEAD_ROW_REFUSED}
    | {Kind.DUPLICATE_WITHOUT_ID, Kind.RELATION_CONTRADICTS_SEX, Kind.NAME_ODD}
    | {Kind.HOUSEHOLD_NO_LENGTH, Kind.HOUSEHOLD_NO_MISSING, Kind.AREA_RARE_NAME}
)
"""Warnings about what stands there, not about what it became."""
