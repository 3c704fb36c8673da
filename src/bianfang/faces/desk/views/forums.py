"""Group talks: the list, one of them, and writing one down."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import alike, demand_badges, forum_desk, verbs
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, place
from bianfang.faces.desk.forms import demand_rows
from bianfang.faces.desk.forum_desk import ForumDesk, open_forum
from bianfang.faces.desk.pages import Crumb, desk_page, done, show
from bianfang.faces.desk.pieces import HistoryLine
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import Column, take_listing
from bianfang.faces.desk.visits_part import TITLE, part_tabs, reach_of_visits
from bianfang.kernel import clock
from bianfang.kernel.errors import DomainError, FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.journal import queries as journal
from bianfang.kernel.tenancy.paths import within
from bianfang.outreach.demands.actions import outings
from bianfang.outreach.demands.queries import one as demand
from bianfang.outreach.visits.models import Forum
from bianfang.outreach.visits.queries import forums
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission

MOST_LINES = 20
NAMES = {"proposer_name": "resident", "household": "resident"}
"""Where a refusal about the proposer stands."""
COLUMNS = (
    Column(key="when", label=gettext_lazy("When"), sort=("held_at",)),
    Column(label=gettext_lazy("Subject")),
    Column(label=gettext_lazy("Area")),
    Column(label=gettext_lazy("Place of the talk")),
    Column(label=gettext_lazy("Who held it")),
    Column(label=gettext_lazy("Attendance"), css="num"),
    Column(label=gettext_lazy("Round")),
)


@desk_page(Permission.VIEW_VISITS)
def forum_list(request: DeskRequest) -> HttpResponse:
    """The group talks of one's areas, the newest first."""
    rows = forums.list_forums(actor=request.actor).filter(within(reach_of_visits(request)))
    listing = take_listing(request, rows, columns=COLUMNS, default="-when")
    return show(
        request,
        "desk/forums/list.html",
        title=TITLE,
        tabs=part_tabs(request, "forums:list"),
        listing=listing,
        rows=[
            (forum, place(request, forum.area_path) or forum.area.name) for forum in listing.rows
        ],
        may_record=request.actor.may(Permission.RECORD_VISIT),
    )


@desk_page(Permission.VIEW_VISITS)
def detail(request: DeskRequest, forum_id: UUID) -> HttpResponse:
    """One group talk: who came, what was asked."""
    forum = forums.get_forum(actor=request.actor, forum_id=forum_id)
    today = clock.today()
    brought = demand.list_of_forum(actor=request.actor, forum_id=forum.id)
    return show(
        request,
        "desk/forums/detail.html",
        title=forum.subject,
        crumbs=_crumbs(request),
        forum=forum,
        place=place(request, forum.area_path) or forum.area.name,
        attendees=[
            (visit, place(request, visit.area_path))
            for visit in forums.list_attendees(actor=request.actor, forum=forum)
        ],
        demands=[(one, demand_badges.state(one, today)) for one in brought],
        history=_history(request, forum),
    )


@desk_page(Permission.RECORD_VISIT)
def add(request: DeskRequest) -> HttpResponse:
    """Write a group talk down: each household that came counts as visited in full."""
    if alike.is_asked(request) and request.htmx:
        prefix = demand_rows.prefix(alike.row_asked(request))
        return alike.part(request, forum_desk.said(request, request.POST, prefix))
    desk = open_forum(request, request.POST if request.method == "POST" else None)
    if alike.is_asked(request):
        forum_desk.show_alike(request, desk, request.POST)
    if desk.form.is_bound and desk.is_valid():
        forum = _store(desk)
        if forum is not None:
            here = address(chosen_path(request), "forums:detail", forum.id)
            return done(request, _("The group talk is written down."), here)
    return show(
        request,
        "desk/forums/add.html",
        title=_("Write down a group talk"),
        crumbs=_crumbs(request),
        desk=desk,
        form=desk.form,
        is_kept=request.method == "POST",
        colleagues=people.list_staff(actor=request.actor, active=True),
    )


def _store(desk: ForumDesk) -> Forum | None:
    """Hand it in; what the domain refuses is put beside its field."""
    rows = desk.filled_rows
    try:
        both = outings.record_forum_with_demands(
            actor=desk.actor,
            forum=desk.to_input(),
            demands=[
                row.to_input(resident_id=None, household_id=row.cleaned_data["resident"])
                for row in rows
            ],
        )
    except (NotFoundError, NotAllowedError):
        raise
    except FieldErrors as refused:
        demand_rows.refuse_rows(desk.form, rows, refused.errors, NAMES)
    except DomainError as refused:
        desk.form.add_error(None, str(refused))
    else:
        return both.forum
    return None


def _history(request: DeskRequest, forum: Forum) -> list[HistoryLine]:
    entries = journal.list_about(town_id=request.actor.town_id, kind="forum", target_id=forum.id)
    return [
        HistoryLine(
            at=entry.at, who=entry.actor_name, what=verbs.verb_label(entry.verb), said=entry.reason
        )
        for entry in entries[:MOST_LINES]
    ]


def _crumbs(request: DeskRequest) -> list[Crumb]:
    return [Crumb(_("Group talks"), address(chosen_path(request), "forums:list"))]
