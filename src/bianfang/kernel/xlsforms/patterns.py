"""Patterns of regex(): the part that means the same on the server and on the phone, and ends soon.

The whole text has to fit. A group that is repeated without a small limit holds neither repetition
nor alternatives, and few parts are repeated freely: matching cannot take long then.
"""

import re
from functools import lru_cache

LONGEST, LONGEST_TEXT, MOST_OPEN, FEW = 200, 2000, 3, 9

_PIECE = re.compile(
    r"(?P<class>\[\^?(?:\\[dDwW\\^$.*+?()\[\]{}|/-]|(?!&&|--|\|\||~~)[^\]\\\[])+\])"
    r"|(?P<escape>\\[dDwW^$\\.*+?()\[\]{}|/])"
    r"|(?P<open>\((?:\?:)?(?!\?))"
    r"|(?P<close>\))"
    r"|(?P<times>[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})"
    r"|(?P<either>\|)"
    r"|(?P<anchor>[\^$])"
    r"|(?P<plain>[^\\\[\](){}*+?|^$])"
)


@lru_cache(maxsize=256)
def is_fit(pattern: str) -> bool:
    """Whether both ends read the pattern alike and none can be kept busy by it."""
    try:
        if len(pattern) > LONGEST or not _is_tame(_pieces(pattern)):
            return False
        _compiled(pattern)
    except (ValueError, re.error):
        return False
    return True


def fits(text: str, pattern: str) -> bool:
    """Whether the whole text has the form; a pattern of another kind fits nothing."""
    return (
        is_fit(pattern)
        and len(text) <= LONGEST_TEXT
        and _compiled(pattern).fullmatch(text) is not None
    )


def _pieces(pattern: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while place < len(pattern):
        piece = _PIECE.match(pattern, place)
        if piece is None or piece.lastgroup is None:
            raise ValueError(pattern)
        found.append((piece.lastgroup, piece.group()))
        place = piece.end()
    return found


def _is_tame(pieces: list[tuple[str, str]]) -> bool:
    groups = _Groups()
    return all(groups.accepts(kind, text) for kind, text in pieces) and groups.are_done


class _Groups:
    """Follow the groups: each open one is marked once it holds a choice or a repetition."""

    def __init__(self) -> None:
        self.busy, self.was_busy, self.before, self.loose = [False], False, "open", 0

    @property
    def are_done(self) -> bool:
        return len(self.busy) == 1 and self.loose <= MOST_OPEN

    def accepts(self, kind: str, text: str) -> bool:
        """Whether the next piece may stand here."""
        before, self.before = self.before, kind
        if kind == "times":
            return self._repeats(before, text)
        if kind == "either":
            self.busy[-1] = True
        elif kind == "open":
            self.busy.append(False)
        return kind != "close" or self._closes()

    def _repeats(self, before: str, times: str) -> bool:
        if before not in {"class", "escape", "plain", "close"}:
            return False
        is_open, is_exact = _most(times) > FEW, times[-1] == "}" and "," not in times
        if before == "close" and is_open and self.was_busy:
            return False
        self.loose += is_open and not is_exact
        self.busy[-1] = self.busy[-1] or not is_exact
        return True

    def _closes(self) -> bool:
        if len(self.busy) == 1:
            return False
        self.was_busy = self.busy.pop()
        self.busy[-1] = self.busy[-1] or self.was_busy
        return True


def _most(times: str) -> int:
    if times == "?":
        return 1
    if times in {"*", "+"} or times.endswith(",}"):
        return FEW + 1
    return int(times[1:-1].rpartition(",")[2])


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
