#!/usr/bin/env python3
"""Bring the catalogue up to date with the texts of code and templates, without gettext's tools.

`collect_messages.py` adds what is new (untranslated) and drops what no text uses any more.
`collect_messages.py PART.po …` then takes missing translations from those catalogues.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "bianfang"
CATALOGUE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
_TEXT = r"u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\""
_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*((?:(?:{_TEXT})\s*,?\s*)+)")


@dataclass(frozen=True, order=True)
class Message:
    """A text to be translated."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What the catalogue knows it by."""
        return self.context, self.text


def collect() -> dict[Message, list[str]]:
    """Every text and the files that use it."""
    found: dict[Message, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for message in _messages_of(path):
            places = found.setdefault(message, [])
            name = str(path.relative_to(PACKAGE))
            if name not in places:
                places.append(name)
    return found


def _messages_of(path: Path) -> Iterator[Message]:
    if path.suffix == ".py":
        yield from _of_code(path.read_text("utf-8"))
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        yield from _of_template(path.read_text("utf-8"))


def _of_code(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            texts = [_literal(argument) for argument in node.args]
            yield from _message(name, texts)


def _of_template(source: str) -> Iterator[Message]:
    for call in _CALL.finditer(templatize(source)):
        texts = [str(ast.literal_eval(text)) for text in re.findall(_TEXT, call[2])]
        yield from _message(call[1], list(texts))


def _message(name: str, texts: list[str | None]) -> Iterator[Message]:
    """The message of a call; a call whose text is not written out is none."""
    wanted = {**dict.fromkeys(SINGLE, 1), **dict.fromkeys(PLURAL | CONTEXT, 2)}
    number = wanted.get(name, 3 if name in CONTEXT_PLURAL else 0)
    words = texts[:number]
    if not number or len(words) < number or None in words:
        return
    plain = [word.replace("\r\n", "\n") for word in words if word is not None]
    if name in SINGLE:
        yield Message(plain[0])
    elif name in PLURAL:
        yield Message(plain[0], plural=plain[1])
    elif name in CONTEXT:
        yield Message(plain[1], context=plain[0])
    else:
        yield Message(plain[1], plural=plain[2], context=plain[0])


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def read_catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE), wrapwidth=98)


def update() -> tuple[int, int]:
    """Add and drop; gives how many texts are new and how many were dropped."""
    found = collect()
    catalogue = read_catalogue()
    kept = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    new = 0
    entries = []
    for message, places in sorted(found.items(), key=lambda item: (item[1][0], item[0])):
        entry = kept.pop(message.key, None)
        if entry is None:
            entry, new = _entry(message), new + 1
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = entry.msgstr_plural or {0: entry.msgstr}
        entry.occurrences = [(place, "") for place in places]
        entries.append(entry)
    catalogue[:] = entries
    catalogue.save(str(CATALOGUE))
    return new, len(kept)


def _entry(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgstr="", msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: ""}
    return entry


def take_from(path: Path) -> int:
    """Fill in what has no translation yet from another catalogue; gives how many it had."""
    catalogue = read_catalogue()
    waiting = {
        (entry.msgctxt or "", entry.msgid): entry for entry in catalogue.untranslated_entries()
    }
    taken = 0
    for offered in polib.pofile(str(path)):
        entry = waiting.get((offered.msgctxt or "", offered.msgid))
        said = offered.msgstr or (offered.msgstr_plural or {}).get(0, "")
        if entry is None or not said:
            continue
        if entry.msgid_plural:
            entry.msgstr_plural = {0: said}
        else:
            entry.msgstr = said
        taken += 1
    catalogue.save(str(CATALOGUE))
    return taken


def main() -> None:
    new, dropped = update()
    for name in sys.argv[1:]:
        sys.stdout.write(f"{take_from(Path(name))} from {name}\n")
    left = len(read_catalogue().untranslated_entries())
    sys.stdout.write(f"{new} new, {dropped} dropped, {left} without a translation\n")


if __name__ == "__main__":
    main()
