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
    """Follow the groups: `busy` tells for each open one whether it holds a choice or repetition."""
    busy, last_group_busy, before, loose = [False], False, "open", 0
    for kind, text in pieces:
        if kind == "times":
            if before not in {"class", "escape", "plain", "close"}:
                return False
            is_open, is_exact = _most(text) > FEW, text[-1] == "}" and "," not in text
            if before == "close" and is_open and last_group_busy:
                return False
            loose += is_open and not is_exact
            busy[-1] = busy[-1] or not is_exact
        elif kind == "either":
            busy[-1] = True
        elif kind == "open":
            busy.append(False)
        elif kind == "close":
            if len(busy) == 1:
                return False
            last_group_busy = busy.pop()
            busy[-1] = busy[-1] or last_group_busy
        before = kind
    return len(busy) == 1 and loose <= MOST_OPEN


def _most(times: str) -> int:
    if times == "?":
        return 1
    if times in {"*", "+"} or times.endswith(",}"):
        return FEW + 1
    return int(times[1:-1].rpartition(",")[2])


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
