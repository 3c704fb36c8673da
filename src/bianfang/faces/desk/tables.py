"""Lists: columns that sort, one page of rows, links to the pages beside it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

from bianfang.faces.desk.addresses import PAGE, same_page
from bianfang.kernel.paging import take_page

M = TypeVar("M", bound=Model)
SORT = "sort"
ROWS = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A head of the table; `sort` names the fields it sorts by, none for a column that does not."""

    label: str | Promise
    key: str = ""
    sort: tuple[str, ...] = ()
    css: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """A column as it is drawn: its link turns the order round, or sorts by it first."""

    label: str | Promise
    css: str
    href: str
    direction: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing(Generic[M]):
    """One page of a list."""

    rows: list[M]
    heads: list[Head]
    next_href: str
    previous_href: str

    @property
    def has_more(self) -> bool:
        """Whether there are pages beside this one."""
        return bool(self.next_href or self.previous_href)


def sorting_heads(
    request: HttpRequest,
    columns: Iterable[tuple[str | Promise, str, Sequence[str]]],
    *,
    chosen: str,
    ascending: Collection[str],
) -> list[Head]:
    """Heads of a list with named orders: label, class, and the orders that the column offers.

    A click sorts by the column, another one turns it round where there is a way round.
    """
    heads = []
    for label, css, sorts in columns:
        turned = next((sort for sort in sorts if sort != chosen), "")
        direction = ""
        if chosen in sorts:
            direction = "ascending" if chosen in ascending else "descending"
        href = same_page(request, **{SORT: str(turned)}) if turned else ""
        heads.append(Head(label=label, css=css, href=href, direction=direction))
    return heads


def take_listing(
    request: HttpRequest,
    queryset: "QuerySet[M]",
    *,
    columns: Sequence[Column],
    default: str,
    last: str = "id",
    size: int = ROWS,
) -> Listing[M]:
    """The page of rows that the query string asks for.

    `sort=key` and `sort=-key` name a column; `default` does where the query string does not. `last`
    is a unique field that settles ties.
    """
    chosen = _chosen_sort(request, columns, default)
    page = take_page(
        queryset,
        order=_order(columns, chosen, last),
        token=request.GET.get(PAGE, ""),
        size=size,
    )
    return Listing(
        rows=page.rows,
        heads=[_head(request, column, chosen) for column in columns],
        next_href=same_page(request, **{PAGE: page.next_token}) if page.next_token else "",
        previous_href=(
            same_page(request, **{PAGE: page.previous_token}) if page.previous_token else ""
        ),
    )


def _chosen_sort(request: HttpRequest, columns: Sequence[Column], default: str) -> str:
    asked = request.GET.get(SORT, "")
    known = {column.key for column in columns if column.sort}
    return asked if asked.removeprefix("-") in known else default


def _order(columns: Sequence[Column], chosen: str, last: str) -> list[str]:
    key, is_down = chosen.removeprefix("-"), chosen.startswith("-")
    fields = next(column.sort for column in columns if column.key == key)
    ordered = [_flipped(name) if is_down else name for name in fields]
    if last in {name.lstrip("-") for name in ordered}:
        return ordered
    return [*ordered, f"-{last}" if is_down else last]


def _flipped(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _head(request: HttpRequest, column: Column, chosen: str) -> Head:
    if not column.sort:
        return Head(label=column.label, css=column.css, href="", direction="")
    is_chosen = chosen.removeprefix("-") == column.key
    is_down = is_chosen and chosen.startswith("-")
    direction = ("descending" if is_down else "ascending") if is_chosen else ""
    turned = column.key if is_down or not is_chosen else f"-{column.key}"
    return Head(
        label=column.label,
        css=column.css,
        href=same_page(request, **{SORT: turned}),
        direction=direction,
    )
