"""Expressions from text to tree. The grammar stands in docs/how-to/checklists.md."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

MOST_TOKENS, DEEPEST = 250, 30

FUNCTIONS: Mapping[str, int] = {
    "true": 0,
    "false": 0,
    "today": 0,
    "not": 1,
    "count": 1,
    "count-selected": 1,
    "string-length": 1,
    "selected": 2,
    "regex": 2,
    "coalesce": 2,
    "if": 3,
}
"""The functions that are known, with the number of their arguments."""


class Fault(StrEnum):
    """What is wrong with an expression."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    OPEN_TEXT = "open_text"
    UNEXPECTED = "unexpected"
    ENDS_EARLY = "ends_early"
    ARGUMENTS = "arguments"
    NOT_SUPPORTED = "not_supported"


class ExpressionError(ValueError):
    """The text is no expression of the subset; `words` are the parts of it that are to blame."""

    def __init__(self, fault: Fault, *words: str) -> None:
        super().__init__(f"{fault}: {', '.join(words)}")
        self.fault, self.words = fault, words


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number as written."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`; `.` is a reference without a name."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts and what is between them."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus before a part."""

    part: "Node"


Node = Literal | Reference | Call | Binary | Negation

_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
_WORDS = {"or", "and", "div", "mod"}
_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<reference>\$\{[ ]*[A-Za-z_][A-Za-z0-9_.-]*[ ]*\})"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?)"
    r"|(?P<foreign>\.\.|//|::|[/\[\]|@])"
    r"|(?P<sign><=|>=|!=|[=<>+*(),.-])"
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def parse(text: str) -> Node:
    """The tree of an expression, or ExpressionError naming everything that is not supported."""
    tokens = list(_tokens(text))
    if not tokens:
        raise ExpressionError(Fault.EMPTY)
    if len(tokens) > MOST_TOKENS:
        raise ExpressionError(Fault.TOO_LONG)
    if foreign := _foreign(tokens):
        raise ExpressionError(Fault.NOT_SUPPORTED, *foreign)
    reader = _Reader(tokens)
    tree = reader.level(0, 0)
    reader.end()
    return tree


def references(tree: Node) -> Iterator[tuple[str, bool]]:
    """The names that a tree refers to, and whether as the argument of count(); "" is `.`."""
    match tree:
        case Reference(name):
            yield name, False
        case Call("count", (Reference(name),)):
            yield name, True
        case Call(_, arguments):
            for argument in arguments:
                yield from references(argument)
        case Binary(_, left, right):
            yield from references(left)
            yield from references(right)
        case Negation(part):
            yield from references(part)
        case _:
            pass


def patterns(tree: Node) -> Iterator[str | None]:
    """The patterns of regex(); None for one that is not written out as a text."""
    match tree:
        case Call(name, arguments):
            if name == "regex":
                pattern = arguments[1]
                value = pattern.value if isinstance(pattern, Literal) else None
                yield value if isinstance(value, str) else None
            for argument in arguments:
                yield from patterns(argument)
        case Binary(_, left, right):
            yield from patterns(left)
            yield from patterns(right)
        case Negation(part):
            yield from patterns(part)
        case _:
            pass


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            sign = text[place]
            raise ExpressionError(Fault.OPEN_TEXT if sign in "'\"" else Fault.CHARACTER, sign)
        place = found.end()
        kind = found.lastgroup or ""
        if kind != "space":
            yield _Token(kind, found.group())


def _foreign(tokens: list[_Token]) -> list[str]:
    """Functions and path steps that the subset does not know, in their order, each once."""
    words = []
    for place, token in enumerate(tokens):
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if token.kind == "foreign":
            words.append(token.text)
        elif token.kind == "name" and token.text not in _WORDS:
            is_known = after == "(" and token.text in FUNCTIONS
            words += [] if is_known else [token.text]
    return list(dict.fromkeys(words))


class _Reader:
    """Goes over the tokens once, one function for each level of binding."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.place = tokens, 0

    def level(self, level: int, depth: int) -> Node:
        if depth > DEEPEST:
            raise ExpressionError(Fault.TOO_LONG)
        if level == len(_LEVELS):
            return self.minus(depth)
        left = self.level(level + 1, depth)
        while (sign := self.sign()) in _LEVELS[level]:
            self.place += 1
            left = Binary(sign, left, self.level(level + 1, depth))
        return left

    def minus(self, depth: int) -> Node:
        if self.sign() == "-":
            self.place += 1
            return Negation(self.level(len(_LEVELS), depth + 1))
        return self.part(depth)

    def part(self, depth: int) -> Node:
        token = self.take()
        match token.kind, token.text:
            case "number", number:
                return Literal(float(number))
            case "text", quoted:
                return Literal(quoted[1:-1])
            case "reference", reference:
                return Reference(reference[2:-1].strip())
            case "sign", ".":
                return Reference("")
            case "sign", "(":
                inner = self.level(0, depth + 1)
                self.expect(")")
                return inner
            case "name", name if name in FUNCTIONS and self.sign() == "(":
                return self.call(name, depth)
        raise ExpressionError(Fault.UNEXPECTED, token.text)

    def call(self, name: str, depth: int) -> Node:
        self.expect("(")
        arguments: list[Node] = []
        while self.sign() != ")":
            if arguments:
                self.expect(",")
            arguments.append(self.level(0, depth + 1))
        self.expect(")")
        if len(arguments) != FUNCTIONS[name]:
            raise ExpressionError(Fault.ARGUMENTS, name)
        return Call(name, tuple(arguments))

    def sign(self) -> str:
        """The next sign or word between parts; "" for anything else."""
        if self.place == len(self.tokens):
            return ""
        token = self.tokens[self.place]
        return token.text if token.kind in {"sign", "name"} else ""

    def take(self) -> _Token:
        if self.place == len(self.tokens):
            raise ExpressionError(Fault.ENDS_EARLY)
        self.place += 1
        return self.tokens[self.place - 1]

    def expect(self, sign: str) -> None:
        token = self.take()
        if token.text != sign or token.kind != "sign":
            raise ExpressionError(Fault.UNEXPECTED, token.text)

    def end(self) -> None:
        if self.place < len(self.tokens):
            raise ExpressionError(Fault.UNEXPECTED, self.tokens[self.place].text)
