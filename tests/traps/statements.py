"""Reading SQL far enough to see which tables a statement touches and what ties them to a town."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""
    "(?P<name>(?:[^"]|"")*)"
    | '(?P<text>(?:[^']|'')*)'
    | (?P<word>[A-Za-z_][A-Za-z_0-9$]*)
    | (?P<value>%s|%\(\w+\)s|\?|[0-9]+(?:\.[0-9]+)?)
    | (?P<sign>[^\s])
    """,
    re.VERBOSE,
)
TOWN_COLUMN = "town_id"
_READS_OR_CHANGES = {"select", "update", "delete"}
_SET_WORDS = {"union", "intersect", "except"}
_ENDS_OF_CONDITIONS = {"group", "order", "having", "limit", "offset", "window", "returning", "for"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of SQL; words come in small letters, names without their quotes."""

    kind: str
    text: str

    def is_sign(self, sign: str) -> bool:
        return self.kind == "sign" and self.text == sign

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text in words

    @property
    def is_identifier(self) -> bool:
        return self.kind in {"name", "word"}


@dataclass(slots=True)
class Block:
    """One SELECT, UPDATE or DELETE, without the blocks inside it."""

    tables: dict[str, str] = field(default_factory=dict)
    conditions: list[Token] = field(default_factory=list)

    def free_tables(self, town_tables: frozenset[str]) -> list[str]:
        """The town tables that nothing ties to a town: no value, no other block, no tied table."""
        ties = self._ties()
        tied = {alias for alias, other in ties if other is None}
        grows = True
        while grows:
            more = {a for pair in ties for a in pair if a is not None and tied & set(pair)} - tied
            grows, tied = bool(more), tied | more
        return [
            table
            for alias, table in self.tables.items()
            if table in town_tables and alias not in tied
        ]

    def _ties(self) -> list[tuple[str, str | None]]:
        """Pairs (alias, other alias), or (alias, None) where a value or an outer row is named."""
        found: list[tuple[str, str | None]] = []
        for place, token in enumerate(self.conditions):
            if token.is_identifier and token.text == TOWN_COLUMN:
                found.extend(self._ties_at(place))
        return found

    def _ties_at(self, place: int) -> Iterator[tuple[str, str | None]]:
        qualifier = self._qualifier(place)
        own = list(self.tables) if qualifier is None else [qualifier]
        after = self.conditions[place + 1 :]
        while after and after[0].is_sign("("):
            after = after[1:]
        if not own or not after or not set(own) <= set(self.tables):
            return
        if after[0].is_word("in"):
            yield from ((alias, None) for alias in own)
        elif after[0].is_sign("="):
            operand = [token for token in after[1:6] if not token.is_sign("(")]
            yield from ((alias, other) for alias in own for other in self._named(operand))

    def _qualifier(self, place: int) -> str | None:
        if place >= 2 and self.conditions[place - 1].is_sign("."):
            return self.conditions[place - 2].text
        return None

    def _named(self, operand: list[Token]) -> Iterator[str | None]:
        """What stands on the right of the equals sign: an alias of this block, or a value."""
        if len(operand) >= 3 and operand[1].is_sign("."):
            if operand[2].text != TOWN_COLUMN:
                return
            yield operand[0].text if operand[0].text in self.tables else None
        elif operand and (operand[0].kind in {"value", "text"} or operand[0].is_word("any")):
            yield None


@dataclass(slots=True)
class _Reader:
    tokens: list[Token]
    blocks: list[Block] = field(default_factory=list)

    def read(self, place: int) -> int:
        """Read up to the closing bracket of this level; gives the place behind it."""
        block, clause, depth = Block(), "start", 0
        while place < len(self.tokens):
            token = self.tokens[place]
            if token.is_sign("(") and self._begins_block(place + 1):
                place = self.read(place + 1)
                continue
            depth += self._change_of_depth(token)
            if depth < 0:
                return place + 1
            if depth == 0:
                block, clause = self._step(token, block, clause)
            if depth == 0 and clause == "table" and self._is_table(place):
                place, clause = self._add_table(block, place), "named"
                continue
            if clause == "condition":
                block.conditions.append(token)
            place += 1
        return place

    @staticmethod
    def _change_of_depth(token: Token) -> int:
        return int(token.is_sign("(")) - int(token.is_sign(")"))

    def _begins_block(self, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].is_word("select", "with")

    def _step(self, token: Token, block: Block, clause: str) -> tuple[Block, str]:
        """The clause that a word at the block's own level opens."""
        if token.is_word(*_READS_OR_CHANGES) and clause in {"start", "set"}:
            fresh = Block()
            self.blocks.append(fresh)
            return fresh, "table" if token.text == "update" else "list"
        if token.is_word(*_SET_WORDS):
            return block, "set"
        if token.is_word("from", "join", "using") or (
            token.is_sign(",") and clause in {"named", "condition"}
        ):
            return block, "table"
        if token.is_word("on", "where"):
            return block, "condition" if block.tables or clause != "start" else clause
        if token.is_word(*_ENDS_OF_CONDITIONS) or (token.is_word("set") and clause == "named"):
            return block, "rest"
        return block, clause

    def _is_table(self, place: int) -> bool:
        token = self.tokens[place]
        return token.is_identifier and not token.is_word(
            "from", "join", "update", "only", "lateral", "inner", "left", "outer", "using"
        )

    def _add_table(self, block: Block, place: int) -> int:
        table = self.tokens[place].text
        place += 1
        while place + 1 < len(self.tokens) and self.tokens[place].is_sign("."):
            table, place = self.tokens[place + 1].text, place + 2
        if place < len(self.tokens) and self.tokens[place].is_word("as"):
            place += 1
        alias = table
        if place < len(self.tokens) and self._is_alias(self.tokens[place]):
            alias, place = self.tokens[place].text, place + 1
        block.tables[alias] = table
        return place

    @staticmethod
    def _is_alias(token: Token) -> bool:
        return token.is_identifier and not token.is_word(
            "on", "where", "set", "inner", "left", "right", "full", "cross", "join", "using",
            *_ENDS_OF_CONDITIONS, *_SET_WORDS,
        )  # fmt: skip


def free_tables(sql: str, town_tables: frozenset[str]) -> list[str]:
    """The town tables that a statement reads or changes without naming the town."""
    reader = _Reader(list(_tokens(sql)))
    reader.read(0)
    return [table for block in reader.blocks for table in block.free_tables(town_tables)]


def _tokens(sql: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(sql):
        groups: Mapping[str, str | None] = match.groupdict()
        for kind, text in groups.items():
            if text is not None:
                yield Token(kind, text.lower() if kind == "word" else text)
