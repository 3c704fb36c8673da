"""An XLSForm workbook read: the form, or everything that keeps it from being one."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from bianfang.kernel.errors import FieldError
from bianfang.kernel.xlsforms import columns
from bianfang.kernel.xlsforms.definition import FORMAT, Kind
from bianfang.kernel.xlsforms.drafts import Draft, Findings, all_below, plain, words_of
from bianfang.kernel.xlsforms.links import check_links, set_orders
from bianfang.kernel.xlsforms.problems import Cell, Problem
from bianfang.kernel.xlsforms.survey import read_survey, refuse_columns
from bianfang.kernel.xlsforms.workbook import Row, Sheet, language_of, read_sheets

MOST_CHOICES = 500

Translate = Callable[[Mapping[str, str]], dict[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidWord:
    """A text or name that people would see or that is kept, with the cell it stands in."""

    cell: Cell
    question: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a workbook holds. The definition is None as long as there are problems."""

    definition: Mapping[str, Any] | None
    problems: tuple[Problem, ...]
    words: tuple[SaidWord, ...]

    def refusing(self, problems: Iterable[Problem]) -> "Reading":
        """The same reading with further problems, in the order of the sheets."""
        every = _sorted([*self.problems, *problems])
        return replace(self, problems=every, definition=None if every else self.definition)


def read_form(content: bytes) -> Reading:
    """Read the sheets survey, choices and settings; FieldError on `file` for another file."""
    sheets = read_sheets(content)
    survey = sheets.get("survey")
    if survey is None or not survey.rows:
        raise FieldError("file", _("The workbook has no sheet “survey” with questions in it."))
    if not any(cell.text.strip().lower() == "type" for cell in survey.heads):
        raise FieldError("file", _("The first row of the sheet survey has to name the columns."))
    findings = Findings()
    _refuse_sheets(sheets, findings)
    lists = _read_lists(sheets.get("choices"), findings)
    lists_columns = {name: {key for row in rows for key in row} for name, rows in lists.items()}
    top = read_survey(survey.rows, lists_columns, findings)
    check_links(top, findings)
    order = set_orders(top, findings)
    settings = _settings(sheets.get("settings"), findings)
    problems = _sorted(findings.problems)
    return Reading(
        definition=None if problems else _definition(top, lists, settings, order),
        problems=problems,
        words=tuple(_said(top, lists)),
    )


def _sorted(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    sheets = {"survey": 0, "choices": 1, "settings": 2}
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda one: (sheets.get(one.cell.sheet.lower(), 3), one.cell.row, one.cell.column),
        )
    )


def _refuse_sheets(sheets: Mapping[str, Sheet], findings: Findings) -> None:
    for name in columns.UNSUPPORTED_SHEETS:
        sheet = sheets.get(name)
        if sheet is not None and sheet.rows:
            sentence = _("The sheet %(sheet)s is not supported.") % {"sheet": sheet.name}
            findings.unsupported(sheet.heads[0], "", [sheet.name], sentence)


def _read_lists(sheet: Sheet | None, findings: Findings) -> dict[str, list[Row]]:
    lists: dict[str, list[Row]] = {}
    for row in sheet.rows if sheet else ():
        refuse_columns(row, "", findings)
        if "list_name" not in row or "name" not in row:
            cell = next(iter(row.values()))
            sentence = _("An answer needs the name of its list and a name of its own.")
            findings.mistake(cell, "", [cell.text], sentence)
            continue
        rows = lists.setdefault(row["list_name"].text, [])
        _check_choice(row, rows, findings)
        rows.append(row)
    return lists


def _check_choice(row: Row, before: Sequence[Row], findings: Findings) -> None:
    name, because = row["name"], row["name"].text
    if any(other["name"].text == name.text for other in before):
        sentence = _("The list has an answer of this name already.")
    elif " " in name.text or len(name.text) > columns.LONGEST_NAME:
        sentence = _("The name of an answer has no spaces and at most 60 characters.")
    elif not words_of(row, "label"):
        sentence = _("Nobody can choose an answer without words; fill in the column label.")
        because = "label"
    elif len(before) == MOST_CHOICES:
        sentence = _("A list has at most %(most)d answers.") % {"most": MOST_CHOICES}
    else:
        return
    findings.mistake(name, "", [because], sentence)


def _settings(sheet: Sheet | None, findings: Findings) -> dict[str, str]:
    row = sheet.rows[0] if sheet and sheet.rows else {}
    for key, cell in row.items():
        if key not in columns.SETTINGS:
            sentence = _("The setting %(setting)s is not supported; empty this cell.")
            words = {"setting": cell.title}
            findings.unsupported(cell, "", [cell.title], sentence % words)
    return {key: cell.text for key, cell in row.items()}


def _definition(
    top: Sequence[Draft],
    lists: Mapping[str, Sequence[Row]],
    settings: Mapping[str, str],
    order: Sequence[str],
) -> dict[str, Any]:
    own = language_of(settings.get("default_language", "")) or "zh"

    def translated(words: Mapping[str, str]) -> dict[str, str]:
        return {language or own: text for language, text in words.items()}

    languages = dict.fromkeys(
        language for draft in all_below(top) for language in translated(draft.words("label"))
    )
    return {
        "format": FORMAT,
        "title": settings.get("form_title", ""),
        "form_id": settings.get("form_id", ""),
        "version": settings.get("version", ""),
        "languages": list(languages) or [own],
        "default_language": own,
        "questions": _plain_questions(top, lists, translated),
        "order": list(order),
    }


def _plain_questions(
    drafts: Sequence[Draft], lists: Mapping[str, Sequence[Row]], translated: Translate
) -> list[dict[str, Any]]:
    return [
        {
            **plain(draft, translated, _choices(draft, lists, translated)),
            "questions": _plain_questions(draft.inside, lists, translated),
        }
        for draft in drafts
    ]


def _choices(
    draft: Draft, lists: Mapping[str, Sequence[Row]], translated: Translate
) -> list[dict[str, Any]]:
    found = []
    for row in lists.get(draft.list_name, ()):
        group = row.get(draft.filter_column) if draft.filter_column else None
        found.append(
            {
                "value": row["name"].text,
                "labels": translated(words_of(row, "label")),
                "group": group.text if group else "",
            }
        )
    return found


def _said(top: Sequence[Draft], lists: Mapping[str, Sequence[Row]]) -> Iterator[SaidWord]:
    for draft in all_below(top):
        spoken = {"label", "hint"} if draft.kind is Kind.GROUP else {"label", "hint", "name"}
        yield from _said_in(draft.row, spoken, draft.name)
    for name in dict.fromkeys(draft.list_name for draft in all_below(top)):
        for row in lists.get(name, ()):
            yield from _said_in(row, {"label"}, name)


def _said_in(row: Row, spoken: Collection[str], question: str) -> Iterator[SaidWord]:
    for key, cell in row.items():
        if key.partition("::")[0] in spoken:
            yield SaidWord(cell=cell, question=question)
