"""What the subset knows: types, columns, looks; everything else is named and refused."""

import re

from bianfang.kernel.xlsforms.definition import Kind

TYPES = {
    "note": Kind.NOTE,
    "date": Kind.DATE,
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "calculate": Kind.CALCULATE,
    "image": Kind.IMAGE,
    "photo": Kind.IMAGE,
    "geopoint": Kind.PLACE,
    "select_one": Kind.ONE,
    "select_multiple": Kind.SEVERAL,
    "begin_group": Kind.GROUP,
    "begin_repeat": Kind.REPEAT,
}
LOOKS = frozenset({"multiline", "minimal", "horizontal", "compact", "field-list", "no-calendar"})

UNSUPPORTED_COLUMNS = frozenset(
    {
        "repeat_count",
        "parameters",
        "trigger",
        "readonly",
        "autoplay",
        "accuracythreshold",
        "save_to",
        "guidance_hint",
        "query",
        "intent",
        "noapperrorstring",
        "requiredmsg",
    }
)
UNSUPPORTED_PREFIXES = ("media::", "bind::", "body::", "instance::", "control::")
SETTINGS = frozenset({"form_title", "form_id", "version", "default_language"})
UNSUPPORTED_SHEETS = ("external_choices", "entities", "osm")

YES = frozenset({"yes", "true", "true()", "1", "y", "是"})
NO = frozenset({"no", "false", "false()", "0", "n", "否"})
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LONGEST_NAME = 60
MENTION = re.compile(r"\$\{\s*([^}]*?)\s*\}")
"""A value that is mentioned in a text for people."""


def split_type(text: str) -> tuple[str, str]:
    """The type in one way of writing, and the list it names: "select one x" is select_one, x."""
    plain = " ".join(text.split())
    for first, whole in (("select", "one"), ("select", "multiple"), ("begin", ""), ("end", "")):
        opening = rf"{first}[ _]{whole or '(group|repeat)'}\b"
        if found := re.match(opening, plain, re.IGNORECASE):
            kind = found.group().lower().replace(" ", "_")
            return kind, plain[found.end() :].strip()
    kind, _sep, rest = plain.partition(" ")
    return kind, rest


def is_unsupported(column: str) -> bool:
    """Whether the column changes the form in a way that the subset does not know."""
    base = column.partition("::")[0]
    return base in UNSUPPORTED_COLUMNS or column.startswith(UNSUPPORTED_PREFIXES)


def unknown_looks(text: str) -> list[str]:
    """The words of an appearance that the subset does not know."""
    plain = re.sub(r"\([^)]*\)", "", text)
    return [word for word in plain.split() if word not in LOOKS]
