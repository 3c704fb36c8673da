"""The journal of changes, and the log of looks at protected data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk import verbs
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.filters import DayFilter, FilterForm, OptionField, SearchField
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import Column, Listing, take_listing
from bianfang.kernel.journal import queries as journal
from bianfang.register.people.enums import Permission, Role

WHEN = Column(key="at", label=_("When"), sort=("id",))


class ChangeFilter(FilterForm):
    """Which changes."""

    who = SearchField(_("Person"))
    kind = OptionField(_("Thing"), list(verbs.KINDS.items()))
    since = DayFilter(_("From"))
    until = DayFilter(_("To"))


class AccessFilter(FilterForm):
    """Which looks."""

    who = SearchField(_("Person"))
    since = DayFilter(_("From"))
    until = DayFilter(_("To"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row of the journal, in words."""

    at: datetime
    who: str
    role: str
    what: str
    thing: str
    href: str
    details: str
    reason: str


@desk_page(Permission.VIEW_JOURNAL)
def changes(request: DeskRequest) -> HttpResponse:
    """Who changed what and when; personal data never stands here."""
    filters = ChangeFilter(request)
    rows = journal.list_entries(
        actor=request.actor,
        who=filters.value("who"),
        kind=filters.value("kind"),
        since=filters.value("since") or None,
        until=filters.value("until") or None,
    )
    columns = (WHEN, *_heads(_("Who"), _("What"), _("Thing"), _("Particulars")))
    listing = take_listing(request, rows, columns=columns, default="-at")
    lines = [
        _line(request, row, verbs.verb_label(row.verb), verbs.facts_line(row.facts))
        for row in listing.rows
    ]
    return _page(request, _("Journal"), filters, listing, lines)


@desk_page(Permission.VIEW_JOURNAL)
def access(request: DeskRequest) -> HttpResponse:
    """Who looked at protected data, at whose, and why."""
    filters = AccessFilter(request)
    rows = journal.list_accesses(
        actor=request.actor,
        who=filters.value("who"),
        since=filters.value("since") or None,
        until=filters.value("until") or None,
    )
    columns = (WHEN, *_heads(_("Who"), _("Looked at"), _("Of"), _("Reason")))
    listing = take_listing(request, rows, columns=columns, default="-at")
    lines = [_line(request, row, verbs.access_label(row.what), "") for row in listing.rows]
    return _page(request, _("Access log"), filters, listing, lines)


def _page(
    request: DeskRequest,
    title: Any,
    filters: forms.Form,
    listing: Listing[Any],
    lines: list[Line],
) -> HttpResponse:
    return show(
        request,
        "desk/watch/journal.html",
        title=title,
        region="rows",
        filters=filters,
        listing=listing,
        lines=lines,
    )


def _heads(*labels: Any) -> list[Column]:
    return [Column(label=label) for label in labels]


def _line(request: DeskRequest, row: Any, what: str, details: str) -> Line:
    page = verbs.PAGES.get(row.target_kind, "")
    return Line(
        at=row.at,
        who=row.actor_name,
        role=str(Role(row.actor_role).label) if row.actor_role in Role.values else "",
        what=what,
        thing=verbs.kind_label(row.target_kind),
        href=address(chosen_path(request), page, row.target_id) if page else "",
        details=details,
        reason=row.reason,
    )
