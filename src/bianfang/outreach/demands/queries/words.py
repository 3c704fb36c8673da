"""Searching Chinese text through an index: every pair of neighbouring signs is a key."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.db.models.sql.compiler import SQLCompiler

Compiled = tuple[str, tuple[Any, ...]]
SHORTEST = 2


def holds_word(word: str) -> Q:
    """The word stands in the content or in the proposer's name, upper and lower case as typed."""
    found = Q(GreaterThan(StrIndex("content", Value(word)), 0))
    found |= Q(GreaterThan(StrIndex("proposer_name", Value(word)), 0))
    if len(word) < SHORTEST:
        return found
    return found & Q(HoldsPairs("content", "proposer_name", Value(word)))


class HoldsPairs(Func):
    """Whether content and proposer hold all pairs of signs of a word; a first sieve by the index.

    It lets through a little too much (the pairs may stand apart), so the word itself is asked for
    beside it. Databases without the index answer yes.
    """

    arity = 3
    output_field = BooleanField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any
    ) -> Compiled:
        """The expression as the index `demand_words` has it."""
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        content, proposer, word = (sql for sql, _params in parts)
        params = tuple(value for _sql, values in parts for value in values)
        return f"demands_pairs({content} || ' ' || {proposer}) @> demands_pairs({word})", params

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any
    ) -> Compiled:
        """No index, no sieve."""
        return "1 = 1", ()
