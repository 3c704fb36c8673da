"""What questions say of each other: names that exist, what is known where, and no circles."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from bianfang.kernel.xlsforms.columns import MENTION
from bianfang.kernel.xlsforms.definition import Kind
from bianfang.kernel.xlsforms.drafts import Draft, Findings, all_below
from bianfang.kernel.xlsforms.grammar import references
from bianfang.kernel.xlsforms.problems import Cell

_BINDING = ("relevant", "calculation", "choice_filter")
"""The rules that must be known before the value is."""


def check_links(top: Sequence[Draft], findings: Findings) -> None:
    """Check every mention of another question."""
    homes = {draft.name: (draft, repeat) for draft, repeat in _with_repeat(top, None)}
    for draft, repeat in homes.values():
        for column in draft.trees:
            _check_tree(draft, column, repeat, homes, findings)
        for cell in _texts(draft):
            for name in MENTION.findall(cell.text):
                _check_name(draft, cell, name, repeat, homes, findings)
        if draft.filter_by:
            cell = draft.row["choice_filter"]
            _check_name(draft, cell, draft.filter_by, repeat, homes, findings)


def set_orders(top: Sequence[Draft], findings: Findings) -> list[str]:
    """An order in which each question is known before it is needed; the same for each repeat."""
    for draft in all_below(top):
        if draft.kind is Kind.REPEAT:
            draft.order = _order(draft.inside, findings)
    return _order(top, findings)


def _with_repeat(
    drafts: Sequence[Draft], repeat: Draft | None
) -> Iterator[tuple[Draft, Draft | None]]:
    for draft in drafts:
        yield draft, repeat
        yield from _with_repeat(draft.inside, draft if draft.kind is Kind.REPEAT else repeat)


def _texts(draft: Draft) -> Iterator[Cell]:
    for key, cell in draft.row.items():
        if key.partition("::")[0] in {"label", "hint"}:
            yield cell


Homes = Mapping[str, tuple[Draft, Draft | None]]


def _check_tree(
    draft: Draft, column: str, repeat: Draft | None, homes: Homes, findings: Findings
) -> None:
    cell = draft.row[column]
    for name, is_counted in references(draft.trees[column]):
        if is_counted:
            if name not in homes or homes[name][0].kind is not Kind.REPEAT:
                sentence = _("count() counts the entries of a repeat; name one: count(${repeat}).")
                findings.mistake(cell, draft.name, [name or "."], sentence)
        elif name:
            _check_name(draft, cell, name, repeat, homes, findings)
        elif column != "constraint":
            sentence = _(
                "The point stands for the answer itself, which is known in constraint only."
            )
            findings.mistake(cell, draft.name, ["."], sentence)


def _check_name(
    draft: Draft, cell: Cell, name: str, repeat: Draft | None, homes: Homes, findings: Findings
) -> None:
    if name not in homes:
        sentence = _("There is no question named %(name)s.") % {"name": name or "?"}
    elif homes[name][0].kind in {Kind.GROUP, Kind.REPEAT, Kind.NOTE}:
        sentence = _("%(name)s has no answer of its own that could be used.") % {"name": name}
    elif homes[name][1] not in {None, repeat}:
        sentence = _("%(name)s is asked in a repeat; its answer is known only inside of it.")
        sentence %= {"name": name}
    else:
        return
    findings.mistake(cell, draft.name, [name], sentence)


def _order(drafts: Sequence[Draft], findings: Findings) -> list[str]:
    """Take whoever waits for nobody, again and again; who is left waits in a circle."""
    needs = dict(_needs(drafts, None))
    level = {draft.name: draft for draft in _level(drafts)}
    waiting = {name: names & needs.keys() for name, names in needs.items()}
    order: list[str] = []
    while free := [name for name, names in waiting.items() if not names - set(order)]:
        order += free
        for name in free:
            del waiting[name]
    for name in _circle(waiting):
        _refuse_circle(level[name], waiting.keys(), findings)
    return order


def _refuse_circle(draft: Draft, waiting: Collection[str], findings: Findings) -> None:
    """Name the first rule of a question that is part of the circle; others of it name theirs."""
    for column in _BINDING:
        names = ", ".join(sorted(name for name in _names(draft, column) if name in waiting))
        if names:
            sentence = _("This rule needs its own result, by way of others: %(names)s.")
            cell = draft.row[column]
            findings.mistake(cell, draft.name, [names], sentence % {"names": names})
            return


def _circle(waiting: Mapping[str, set[str]]) -> list[str]:
    """Of those that wait, the ones that somebody else of them waits for as well."""
    left = dict(waiting)
    while True:
        needed = {name for names in left.values() for name in names}
        idle = left.keys() - needed
        if not idle:
            return list(left)
        left = {name: names for name, names in left.items() if name not in idle}


def _level(drafts: Sequence[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        yield draft
        if draft.kind is Kind.GROUP:
            yield from _level(draft.inside)


def _needs(drafts: Sequence[Draft], group: str | None) -> Iterator[tuple[str, set[str]]]:
    for draft in drafts:
        names = {name for column in _BINDING for name in _names(draft, column)}
        yield draft.name, names | ({group} if group else set())
        if draft.kind is Kind.GROUP:
            yield from _needs(draft.inside, draft.name)


def _names(draft: Draft, column: str) -> set[str]:
    if column == "choice_filter":
        return {draft.filter_by} if draft.filter_by else set()
    tree = draft.trees.get(column)
    return set() if tree is None else {name for name, _is_counted in references(tree) if name}
