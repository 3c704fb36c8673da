"""The area tree as a value: names of communities, villages and hamlets, and where each belongs."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from rapidfuzz import fuzz, process

from bianfang.kernel.codes.digits import code_text
from bianfang.register.rolls.reading.columns import Column
from bianfang.register.rolls.reading.kinds import Kind

_SUGGESTIONS = 3
_NEAR = 50
_SIBLING_NEAR = 80
_RARE_HOUSEHOLDS = 2
_RARE_SHARE = 20
_TAILS = ("自然村", "行政村", "村委会", "村民委员会", "社区", "村")
_NUMBERING = re.compile(r"^[0-9一二三四五六七八九十]{1,3}[.、)_-]\s*")


class AreaPath(NamedTuple):
    """A hamlet with what it lies in; names are unique per level."""

    community: str
    village: str
    hamlet: str


class AreaFault(NamedTuple):
    """Why three names are no place of the tree: the column at fault and what would be right."""

    kind: Kind
    column: Column
    hint: str = ""


class AreaNote(NamedTuple):
    """A liberty taken in finding the place."""

    kind: Kind
    column: Column


class Located(NamedTuple):
    """Where three names lead."""

    path: AreaPath | None
    fault: AreaFault | None = None
    notes: tuple[AreaNote, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaIndex:
    """All hamlets of a town by name; a hamlet may carry its village's name."""

    paths: tuple[AreaPath, ...]
    _hamlets: Mapping[str, AreaPath] = field(repr=False)
    _villages: Mapping[str, str] = field(repr=False)
    _variants: Mapping[Column, Mapping[str, str]] = field(repr=False)

    @classmethod
    def build(cls, names: Iterable[tuple[str, str, str]]) -> Self:
        """The index of (community, village, hamlet) names."""
        paths = tuple(dict.fromkeys(AreaPath(*triple) for triple in names))
        levels = zip(*paths, strict=True) if paths else ((), (), ())
        columns = (Column.COMMUNITY, Column.VILLAGE, Column.HAMLET)
        return cls(
            paths=paths,
            _hamlets={path.hamlet: path for path in paths},
            _villages={path.village: path.community for path in paths},
            _variants={c: _variants(names) for c, names in zip(columns, levels, strict=True)},
        )

    def names(self, column: Column) -> tuple[str, ...]:
        """The names of one level in the order of the tree."""
        return tuple(dict.fromkeys(self._variants[column].values()))

    def hamlets_of(self, village: str) -> tuple[str, ...]:
        """The hamlets of a village."""
        return tuple(path.hamlet for path in self.paths if path.village == village)

    def near(self, column: Column, name: str) -> tuple[str, ...]:
        """The names of a level that look most like this one, best first."""
        found = process.extract(
            name, self.names(column), scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_NEAR
        )
        return tuple(match[0] for match in found)

    def find_name(self, column: Column, text: str) -> str | None:
        """The name as the tree has it, with or without 村 and the like at its end."""
        variants = self._variants[column]
        return variants.get(text) or variants.get(_stem(text))

    def locate(self, community: str, village: str, hamlet: str) -> Located:
        """The place that three names (empty where none is given) lead to, or what contradicts."""
        if not hamlet and not village:
            return Located(None, AreaFault(Kind.AREA_MISSING, Column.HAMLET))
        if not hamlet:
            return self._locate_by_village(community, village)
        found = self.find_name(Column.HAMLET, hamlet)
        if found is None:
            return Located(None, self._unknown(Kind.UNKNOWN_HAMLET, Column.HAMLET, hamlet))
        path = self._hamlets[found]
        fault = self._contradiction(path, community, village)
        if fault is not None:
            return Located(None, fault)
        given = (
            (Column.HAMLET, hamlet, path.hamlet),
            (Column.VILLAGE, village, path.village),
            (Column.COMMUNITY, community, path.community),
        )
        return Located(
            path,
            notes=tuple(
                AreaNote(Kind.AREA_SPELLING, c) for c, text, name in given if text not in ("", name)
            ),
        )

    def _locate_by_village(self, community: str, village: str) -> Located:
        found = self.find_name(Column.VILLAGE, village)
        if found is None:
            return Located(None, self._unknown(Kind.UNKNOWN_VILLAGE, Column.VILLAGE, village))
        hamlets = self.hamlets_of(found)
        if len(hamlets) > 1:
            fault = AreaFault(Kind.HAMLET_MISSING, Column.VILLAGE, "、".join(hamlets))
            return Located(None, fault)
        located = self.locate(community, village, hamlets[0])
        note = AreaNote(Kind.HAMLET_FROM_VILLAGE, Column.VILLAGE)
        return located if located.fault else located._replace(notes=(*located.notes, note))

    def _contradiction(self, path: AreaPath, community: str, village: str) -> AreaFault | None:
        if village:
            found = self.find_name(Column.VILLAGE, village)
            if found is None:
                return self._unknown(Kind.UNKNOWN_VILLAGE, Column.VILLAGE, village)
            if found != path.village:
                return AreaFault(Kind.HAMLET_IN_OTHER_VILLAGE, Column.VILLAGE, path.village)
        if community:
            found = self.find_name(Column.COMMUNITY, community)
            if found is None:
                return self._unknown(Kind.UNKNOWN_COMMUNITY, Column.COMMUNITY, community)
            if found != path.community:
                return AreaFault(Kind.VILLAGE_IN_OTHER_COMMUNITY, Column.COMMUNITY, path.community)
        return None

    def _unknown(self, kind: Kind, column: Column, name: str) -> AreaFault:
        return AreaFault(kind, column, "、".join(self.near(column, name)) or "—")

    def find_in_text(self, text: str) -> tuple[str, str] | None:
        """The (village, hamlet) that a sheet's name or title names, if it names just one.

        The longest name wins, so that 前李家沟村 is not read as 李家沟村.
        """
        plain = _NUMBERING.sub("", code_text(text))
        hits: dict[str, tuple[str, str]] = {}
        for column in (Column.VILLAGE, Column.HAMLET):
            for name in self.names(column):
                if name in plain or (len(_stem(name)) > 1 and plain == _stem(name)):
                    hits[name] = (name, "") if column is Column.VILLAGE else ("", name)
        longest = [n for n in hits if not any(n != other and n in other for other in hits)]
        return self._as_place(longest[0]) if len(longest) == 1 else None

    def _as_place(self, name: str) -> tuple[str, str]:
        """A name that is both village and hamlet means the village; its rows say which hamlet."""
        if name in self._villages:
            hamlets = self.hamlets_of(name)
            return (name, hamlets[0]) if len(hamlets) == 1 else (name, "")
        return self._hamlets[name].village, name


def _stem(name: str) -> str:
    for tail in _TAILS:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name.removesuffix(tail)
    return name


def _variants(names: Iterable[str]) -> dict[str, str]:
    """Spellings that lead to one name only: the name, and its stem where nobody shares it."""
    unique = tuple(dict.fromkeys(names))
    stems = Counter(map(_stem, unique))
    by_stem = {_stem(name): name for name in unique if stems[_stem(name)] == 1}
    return by_stem | {name: name for name in unique}


class RareName(NamedTuple):
    """A hamlet on very few rows whose name is almost that of a large one beside it."""

    path: AreaPath
    neighbour: str


def tree_from(counts: Mapping[AreaPath, int]) -> tuple[AreaIndex, tuple[RareName, ...]]:
    """The tree that a workbook itself describes: each hamlet lies where most households say.

    `counts` are households per path as written. Where a name stands in two places, the rarer place
    is not created and its rows will be found to contradict the tree.
    """
    villages: dict[str, Counter[str]] = {}
    hamlets: dict[str, Counter[str]] = {}
    for path, count in counts.items():
        villages.setdefault(path.village, Counter())[path.community] += count
        hamlets.setdefault(path.hamlet, Counter())[path.village] += count
    paths = []
    for path in counts:
        village = hamlets[path.hamlet].most_common(1)[0][0]
        community = villages[village].most_common(1)[0][0]
        paths.append(AreaPath(community, village, path.hamlet))
    index = AreaIndex.build(paths)
    return index, tuple(_rare_names(index, hamlets))


def _rare_names(index: AreaIndex, hamlets: Mapping[str, Counter[str]]) -> Iterable[RareName]:
    totals = {name: places.total() for name, places in hamlets.items()}
    for path in index.paths:
        if totals[path.hamlet] > _RARE_HOUSEHOLDS:
            continue
        for name, total in totals.items():
            is_large = total >= _RARE_SHARE * totals[path.hamlet]
            if is_large and fuzz.ratio(name, path.hamlet) >= _SIBLING_NEAR:
                yield RareName(path, name)
                break
