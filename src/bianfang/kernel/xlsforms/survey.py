"""The sheet survey, row by row: which questions there are, and what each row has wrong."""

import re
from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from bianfang.kernel.xlsforms import columns
from bianfang.kernel.xlsforms.definition import PARTS, SELECTS, Kind
from bianfang.kernel.xlsforms.drafts import Draft, Findings, all_below, read_rules
from bianfang.kernel.xlsforms.problems import Cell
from bianfang.kernel.xlsforms.workbook import Row

MOST_QUESTIONS = 200

Lists = Mapping[str, Collection[str]]
"""The lists of choices by name, with the names of their columns."""

_FILTER = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*=\s*\$\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}")


def read_survey(rows: Sequence[Row], lists: Lists, findings: Findings) -> list[Draft]:
    """The questions in their groups and repeats."""
    top: list[Draft] = []
    open_parts: list[Draft] = []
    for row in rows:
        kind, rest = columns.split_type(row["type"].text) if "type" in row else ("", "")
        if kind in {"end_group", "end_repeat"}:
            _close(row["type"], kind, open_parts, findings)
            continue
        draft = _read_row(row, kind, rest, lists, findings)
        if draft is None:
            continue
        (open_parts[-1].inside if open_parts else top).append(draft)
        if draft.kind is Kind.REPEAT and any(one.kind is Kind.REPEAT for one in open_parts):
            sentence = _("A repeat inside of a repeat is not supported.")
            findings.unsupported(draft.cell, draft.name, ["begin repeat"], sentence)
        if draft.kind in PARTS:
            open_parts.append(draft)
    for part in open_parts:
        sentence = _("This group or repeat is begun and never ended; add a row that ends it.")
        findings.mistake(part.cell, part.name, [part.cell.text], sentence)
    _refuse_twins(top, findings)
    return top


def _close(cell: Cell, kind: str, open_parts: list[Draft], findings: Findings) -> None:
    wanted = Kind(kind.removeprefix("end_"))
    if open_parts and open_parts[-1].kind is wanted:
        open_parts.pop()
        return
    sentence = _("Nothing of this kind is open here; look at the rows that begin and end parts.")
    findings.mistake(cell, "", [cell.text], sentence)


def _read_row(row: Row, kind: str, rest: str, lists: Lists, findings: Findings) -> Draft | None:
    cell = row.get("type") or next(iter(row.values()))
    name = row["name"].text if "name" in row else ""
    refuse_columns(row, name, findings)
    _refuse_look(row, name, findings)
    if "type" not in row:
        if name or any(key.startswith("label") for key in row):
            sentence = _("The type of this question is missing; fill in the column type.")
            findings.mistake(row.get("name", cell), name, [name or cell.text], sentence)
        return None
    known = columns.TYPES.get(kind)
    if known is None:
        sentence = _("The type %(type)s is not supported.") % {"type": cell.text}
        findings.unsupported(cell, name, [cell.text.split()[0]], sentence)
        return None
    draft = Draft(kind=known, name=name, row=row, cell=cell)
    _check_name(draft, findings)
    _check_words(draft, findings)
    if known in SELECTS:
        _check_list(draft, rest, lists, findings)
    read_rules(draft, findings)
    return draft


def refuse_columns(row: Row, name: str, findings: Findings) -> None:
    """Name the cells of columns that change a form in ways that the subset does not know."""
    for key, cell in row.items():
        if columns.is_unsupported(key):
            sentence = _("The column %(column)s is not supported; empty this cell.")
            words = {"column": cell.title}
            findings.unsupported(cell, name, [cell.title], sentence % words)


def _refuse_look(row: Row, name: str, findings: Findings) -> None:
    look = row.get("appearance")
    unknown = columns.unknown_looks(look.text) if look else []
    if look and unknown:
        sentence = _("The appearance %(words)s is not supported; empty this cell.")
        findings.unsupported(look, name, unknown, sentence % {"words": ", ".join(unknown)})


def _check_name(draft: Draft, findings: Findings) -> None:
    cell = draft.row.get("name")
    if cell is None:
        sentence = _("This question has no name; fill in the column name.")
        findings.mistake(draft.cell, "", [draft.cell.text], sentence)
    elif not columns.NAME.fullmatch(cell.text) or len(cell.text) > columns.LONGEST_NAME:
        sentence = _("A name is made of up to 60 Latin letters, digits and _, a letter first.")
        findings.mistake(cell, draft.name, [cell.text], sentence)


def _check_words(draft: Draft, findings: Findings) -> None:
    if draft.kind in PARTS or draft.kind is Kind.CALCULATE or draft.words("label"):
        return
    sentence = _("Nobody can answer a question without words; fill in the column label.")
    findings.mistake(draft.row.get("name", draft.cell), draft.name, ["label"], sentence)


def _check_list(draft: Draft, rest: str, lists: Lists, findings: Findings) -> None:
    named, _sep, more = rest.partition(" ")
    if more:
        sentence = _("Not supported: %(words)s. Take it out, or ask it another way.")
        findings.unsupported(draft.cell, draft.name, [more], sentence % {"words": more})
    if named not in lists:
        sentence = _("There is no list “%(list)s” on the sheet choices.")
        findings.mistake(draft.cell, draft.name, [named], sentence % {"list": named})
    draft.list_name = named
    cell = draft.row.get("choice_filter")
    if cell is None:
        return
    simple = _FILTER.fullmatch(cell.text)
    if simple is None:
        sentence = _("Only a filter like column = ${question} is supported.")
        findings.unsupported(cell, draft.name, ["choice_filter"], sentence)
    elif simple.group(1) not in lists.get(named, ()):
        sentence = _("The sheet choices has no column “%(column)s”.")
        findings.mistake(
            cell, draft.name, [simple.group(1)], sentence % {"column": simple.group(1)}
        )
    else:
        draft.filter_column, draft.filter_by = simple.groups()


def _refuse_twins(top: Sequence[Draft], findings: Findings) -> None:
    seen: dict[str, Draft] = {}
    drafts = list(all_below(top))
    for draft in drafts:
        first = seen.setdefault(draft.name.lower(), draft)
        if first is not draft and draft.name:
            where = {"name": draft.name, "row": first.cell.row}
            sentence = _("The name %(name)s stands in row %(row)d already; each is used once.")
            findings.mistake(draft.row["name"], draft.name, [draft.name], sentence % where)
    if len(drafts) > MOST_QUESTIONS:
        last = drafts[MOST_QUESTIONS]
        sentence = _("A checklist asks at most %(most)d questions.") % {"most": MOST_QUESTIONS}
        findings.mistake(last.cell, last.name, [last.name], sentence)
