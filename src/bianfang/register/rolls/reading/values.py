"""Words and free text of cells: names, relations, statuses, yes or no, disability, notes."""

import re
from datetime import date, datetime

from bianfang.kernel.codes.digits import code_text
from bianfang.kernel.codes.people_codes import (
    RELATION_WORDS,
    SEX_WORDS,
    Relation,
    Sex,
    find_relation,
    find_sex,
)
from bianfang.register.households.enums import LivingStatus, YesNo
from bianfang.register.rolls.reading.cells import (
    Finding,
    Parsed,
    as_typed,
    clean_code,
    clean_text,
    found,
)
from bianfang.register.rolls.reading.columns import SPECS, Column
from bianfang.register.rolls.reading.kinds import Kind
from bianfang.register.rolls.reading.vocabulary import (
    DISABILITY_KIND_WORDS,
    DISABILITY_KINDS,
    DISABILITY_LEVEL_SIGNS,
    DISABILITY_LEVELS,
    FLAGS,
    NO_DISABILITY_WORDS,
    NULL_WORDS,
    ORDINAL,
    RELATION_EXTRAS,
    SEX_EXTRAS,
    STATUSES,
    is_null_word,
    word_key,
)
from bianfang.register.rolls.reading.workbook import Cell

_HAN = "[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_PLAIN_NAME = re.compile(rf"{_HAN}{{2,15}}")
_USUAL_NAME = re.compile(rf"{_HAN}{{2,15}}|{_HAN}+(?:·{_HAN}+)+|[A-Za-z][A-Za-z .'-]+")
_SPACED_NAME = re.compile(rf"{_HAN}[\s{_HAN[1:-1]}]*\s[\s{_HAN[1:-1]}]*{_HAN}")
_DOTS = re.compile(
    rf"(?<={_HAN})\s*[.\u2022\u2024\u2027\u2219\u22c5\u30fb\uff0e\uff65]\s*(?={_HAN})"
)
_SPACES = re.compile(r"\s+")
_MARKUP = re.compile(r"<[A-Za-z/!]")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23fa]"
)
_FORMULA_SIGNS = "=+-@"
_LONG_NOTE = 255
_DISABILITIES = {kind + level for kind in DISABILITY_KINDS for level in DISABILITY_LEVELS}
_DISABILITY_KIND = re.compile("|".join(sorted(DISABILITY_KIND_WORDS, key=len, reverse=True)))
_DISABILITY_LEVEL = re.compile("III|II|IV|I|[1-4一二三四壹贰叁肆]")


def parse_name(cell: Cell) -> Parsed[str]:
    """A person's name; blanks between its characters go, as offices pad short names."""
    if isinstance(cell, str) and _PLAIN_NAME.fullmatch(cell) and cell not in NULL_WORDS:
        return Parsed(cell)
    text, findings = clean_text(as_typed(cell))
    if not text or is_null_word(text):
        return Parsed("", found(Kind.NAME_MISSING))
    if len(text) > (SPECS[Column.NAME].max_length or 0):
        return Parsed("", (*findings, _too_long(Kind.TOO_LONG, Column.NAME)))
    if _SPACED_NAME.fullmatch(text):
        text = _SPACES.sub("", text)
        findings += found(Kind.SPACE_IN_NAME)
    dotted = _DOTS.sub("·", text)
    if dotted != text:
        findings += found(Kind.NAME_DOT)
    if not _USUAL_NAME.fullmatch(dotted):
        findings += found(Kind.NAME_ODD)
    return Parsed(dotted, findings)


def _too_long(kind: Kind, column: Column) -> Finding:
    return Finding(kind, str(SPECS[column].max_length))


def parse_head_name(cell: Cell) -> Parsed[str]:
    """The name in the head column: as a name, but its absence is no problem of its own."""
    name, findings = parse_name(cell)
    return Parsed(name, tuple(f for f in findings if f.kind is not Kind.NAME_MISSING))


def parse_relation(cell: Cell) -> Parsed[Relation | None]:
    """The relation to the head; None stays open, a strange word is another relation."""
    text, findings = clean_text(as_typed(cell))
    if not text or is_null_word(text):
        return Parsed(None, found(Kind.RELATION_MISSING))
    relation = _relation_of(text)
    if relation is None:
        return Parsed(Relation.OTHER, findings + found(Kind.RELATION_UNKNOWN))
    if text != RELATION_WORDS[relation]:
        findings += found(Kind.RELATION_SYNONYM)
    return Parsed(relation, findings)


def _relation_of(text: str) -> Relation | None:
    known = find_relation(text) or RELATION_EXTRAS.get(word_key(text))
    if known is not None:
        return known
    rest = ORDINAL.sub("", text)
    return find_relation(rest) or RELATION_EXTRAS.get(word_key(rest))


def parse_sex(cell: Cell) -> Parsed[Sex]:
    """The sex; an empty cell is unknown, and the identity number may fill it."""
    text, findings = clean_text(as_typed(cell))
    if not text or is_null_word(text):
        return Parsed(Sex.UNKNOWN)
    sex = find_sex(text) or SEX_EXTRAS.get(word_key(text))
    if sex is None:
        return Parsed(Sex.UNKNOWN, findings + found(Kind.SEX_UNKNOWN))
    if text != SEX_WORDS.get(sex):
        findings += found(Kind.SEX_SYNONYM)
    return Parsed(sex, findings)


def parse_status(cell: Cell) -> Parsed[LivingStatus]:
    """The living status of the household; what is not said stays unknown, never resident."""
    text, findings = clean_text(as_typed(cell))
    key = word_key(text)
    status = STATUSES.get(key)
    if status is None:
        if not text or is_null_word(text):
            return Parsed(LivingStatus.UNKNOWN, found(Kind.STATUS_BLANK))
        return Parsed(LivingStatus.UNKNOWN, findings + found(Kind.STATUS_UNKNOWN_WORD))
    if text not in ("常住", "外出务工", "空户"):
        findings += found(Kind.STATUS_SYNONYM)
    return Parsed(status, findings)


def parse_at_home(cell: Cell) -> Parsed[LivingStatus]:
    """The answer to “is the household at home?”: yes is resident, no may mean away or vacant."""
    if FLAGS.get(word_key(as_typed(cell))) is YesNo.YES:
        return Parsed(LivingStatus.RESIDENT, found(Kind.STATUS_SYNONYM))
    return parse_status(cell)


def parse_flag(cell: Cell) -> Parsed[YesNo]:
    """Yes, no, or not known; an empty cell is never “no”."""
    text, findings = clean_text(as_typed(cell))
    if not text:
        return Parsed(YesNo.UNKNOWN)
    flag = FLAGS.get(word_key(text))
    if flag is None:
        kind = Kind.NULL_WORD if is_null_word(text) else Kind.FLAG_UNKNOWN_WORD
        return Parsed(YesNo.UNKNOWN, findings + found(kind))
    if text not in ("是", "否"):
        findings += found(Kind.FLAG_SYNONYM)
    return Parsed(flag, findings)


def parse_disability(cell: Cell) -> Parsed[str]:
    """Kind and level as on the certificate (肢体二级); only the kind when no level is given."""
    text, findings = clean_text(as_typed(cell))
    if not text or text in _DISABILITIES:
        return Parsed(text, findings if text else ())
    if is_null_word(text) or word_key(text) in NO_DISABILITY_WORDS:
        return Parsed("", found(Kind.NULL_WORD))
    key = code_text(text)
    kinds = {DISABILITY_KIND_WORDS[word] for word in _DISABILITY_KIND.findall(key)}
    levels = {DISABILITY_LEVEL_SIGNS[sign] for sign in _DISABILITY_LEVEL.findall(key)}
    if len(kinds) == 1 and len(levels) == 1:
        return Parsed(kinds.pop() + levels.pop(), findings + found(Kind.DISABILITY_SPELLING))
    value = kinds.pop() if len(kinds) == 1 and not levels else ""
    return Parsed(value, findings + found(Kind.DISABILITY_UNCLEAR))


def parse_door(cell: Cell) -> Parsed[str]:
    """The house number; Excel turns 3-12 into a date, which is shown and not undone."""
    return _short_text(cell, Column.DOOR)


def parse_away(cell: Cell) -> Parsed[str]:
    """The place where a person is away."""
    return _short_text(cell, Column.AWAY)


def _short_text(cell: Cell, column: Column) -> Parsed[str]:
    if not isinstance(cell, str):
        kinds = found(Kind.BECAME_DATE) if isinstance(cell, date) else ()
        day = cell.date() if isinstance(cell, datetime) else cell
        return Parsed(as_typed(day), kinds)
    text, findings = clean_code(cell)
    if not text:
        return Parsed("")
    if is_null_word(text):
        return Parsed("", found(Kind.NULL_WORD))
    limit = SPECS[column].max_length
    if limit is not None and len(text) > limit:
        return Parsed(text[:limit], (*findings, _too_long(Kind.TEXT_CUT, column)))
    return Parsed(text, findings + _oddities(text))


def parse_note(cell: Cell) -> Parsed[str]:
    """Free text, kept as typed but for the blanks around it: no formula, no markup, no cut."""
    text = as_typed(cell)
    stripped = text.strip()
    if not stripped:
        return Parsed("")
    if is_null_word(stripped):
        return Parsed("", found(Kind.NULL_WORD))
    findings = found(Kind.SURROUNDING_SPACE) if stripped != text else ()
    return Parsed(stripped, findings + _oddities(stripped))


def _oddities(text: str) -> tuple[Finding, ...]:
    findings = []
    if text[0] in _FORMULA_SIGNS and len(text) > 1:
        findings.append(Finding(Kind.TEXT_LIKE_FORMULA))
    if _MARKUP.search(text):
        findings.append(Finding(Kind.MARKUP_IN_TEXT))
    if _EMOJI.search(text):
        findings.append(Finding(Kind.EMOJI))
    if len(text) > _LONG_NOTE:
        findings.append(Finding(Kind.LONG_NOTE, str(len(text))))
    return tuple(findings)
