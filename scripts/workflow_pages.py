"""The pages of docs/workflows: the lives of the project as diagrams and tables, in two languages.

They are derived from the packages' `workflow.py`, their labels and the table of rights.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import workflow_lives as lives
import workflow_words as words
from django.utils import translation

from bianfang.mechanisms.reminders.workflow import DEFAULT

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "workflows"
LANGUAGES = {"zh": "zh-hans", "en": "en"}

Say = Callable[[words.Words], str]
REMINDERS = "mechanisms.reminders"


def pages() -> dict[Path, str]:
    """Every page by its path."""
    found: dict[Path, str] = {}
    for folder, language in LANGUAGES.items():
        with translation.override(language):
            found |= dict(_pages_in(folder))
    return found


def _pages_in(language: str) -> Iterator[tuple[Path, str]]:
    def say(text: words.Words) -> str:
        return text.within(language)

    drawn = {life.key: _page(life, say) for life in lives.lives()}
    drawn[REMINDERS] = _ladder_page(say)
    for key, text in drawn.items():
        yield FOLDER / language / file_name(key), text
    yield FOLDER / language / "README.md", _index(list(drawn), say)


def file_name(key: str) -> str:
    """The file of a life: `outreach.visits.household` becomes `visits-household.md`."""
    return "-".join(key.split(".")[1:]) + ".md"


def _index(keys: Sequence[str], say: Say) -> str:
    rows = [[f"[{say(words.TITLES[key])}]({file_name(key)})"] for key in keys]
    parts = [f"# {say(words.LIVES)}", say(words.INTRODUCTION), _table([say(words.LIFE)], rows)]
    return _joined([*parts, say(words.GENERATED)])


def _page(life: lives.Life, say: Say) -> str:
    labels = {state.name: str(state.label) for state in life.states}
    parts = [
        f"# {say(words.TITLES[life.key])}",
        *_note(life.key, say),
        _diagram(life, labels),
        f"## {say(words.STATES)}",
        _states(life, say),
        f"## {say(words.MOVES)}",
        _moves(life, labels, say),
        say(words.RIGHTS),
        say(words.GENERATED),
    ]
    return _joined(parts)


def _note(key: str, say: Say) -> list[str]:
    return [say(words.NOTES[key])] if key in words.NOTES else []


def _diagram(life: lives.Life, labels: dict[str, str]) -> str:
    lines = ["stateDiagram-v2", *(f'state "{text}" as {name}' for name, text in labels.items())]
    edges: dict[tuple[str, str], list[str]] = {}
    for arrow in life.arrows:
        for target in _targets(arrow):
            words_of = edges.setdefault((arrow.source or "[*]", target), [])
            words_of.append(str(arrow.label))
    first = life.states[0].name
    if not any(source == "[*]" and target == first for source, target in edges):
        lines.append(f"[*] --> {first}")
    lines += [
        f"{source} --> {target} : {' / '.join(dict.fromkeys(texts))}"
        for (source, target), texts in edges.items()
    ]
    left = {arrow.source for arrow in life.arrows if arrow.target}
    lines += [f"{name} --> [*]" for name in labels if name not in left]
    return "\n".join(["```mermaid", lines[0], *(f"    {line}" for line in lines[1:]), "```"])


def _targets(arrow: lives.Arrow) -> list[str]:
    """Where it leads; a move that stays is left to the table."""
    found = [arrow.target, *(target for _condition, target in arrow.otherwise)]
    return list(dict.fromkeys(target for target in found if target not in {None, arrow.source}))


def _states(life: lives.Life, say: Say) -> str:
    has_clock = any(state.runs is not None for state in life.states)
    heads = [say(words.STATE), say(words.NEXT), *([say(words.CLOCK)] if has_clock else [])]
    rows = []
    for state in life.states:
        row = [str(state.label), _people(state.owner, say)]
        if has_clock:
            row.append(say(words.YES if state.runs else words.NO))
        rows.append(row)
    return _table(heads, rows)


def _moves(life: lives.Life, labels: dict[str, str], say: Say) -> str:
    heads = [say(each) for each in (words.FROM, words.MOVE, words.TO, words.WHO, words.BRINGS)]
    rows = [
        [
            labels[arrow.source] if arrow.source else say(words.BIRTH),
            str(arrow.label),
            _leads_to(arrow, labels, say),
            _people(arrow.may, say),
            say(words.JOINT).join(say(words.REQUIRED[name]) for name in arrow.requires)
            or say(words.NONE),
        ]
        for arrow in life.arrows
    ]
    return _table(heads, rows)


def _leads_to(arrow: lives.Arrow, labels: dict[str, str], say: Say) -> str:
    plain = labels[arrow.target] if arrow.target else say(words.STAYS)
    others = [
        f"{say(words.CONDITIONS[condition])}{say(words.COLON)}{labels[target]}"
        for condition, target in arrow.otherwise
    ]
    return say(words.ALSO).join([plain, *others])


def _people(names: Iterable[str], say: Say) -> str:
    found: list[str] = []
    for name in names:
        word = lives.word_of(name)
        found += [say(word)] if isinstance(word, words.Words) else [str(role) for role in word]
    return say(words.JOINT).join(dict.fromkeys(found))


def _ladder_page(say: Say) -> str:
    rows = []
    for step in sorted(DEFAULT.steps):
        told = [(words.OWNER, DEFAULT.owner), (words.UNIT_HEAD, DEFAULT.head)]
        people = say(words.JOINT).join(say(who) for who, steps in told if step in steps)
        rows.append([_step(step, say), people])
    table = _table([say(words.STEP), say(words.REMINDED)], rows)
    title = f"# {say(words.TITLES[REMINDERS])}"
    return _joined([title, *_note(REMINDERS, say), table, say(words.GENERATED)])


def _step(step: int, say: Say) -> str:
    if step == 0:
        return say(words.ON_THE_DAY)
    sentence = words.AFTER if step > 0 else words.BEFORE
    return say(sentence).format(count=abs(step))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
