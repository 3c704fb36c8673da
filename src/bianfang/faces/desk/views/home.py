"""The overview: the 3/5/3 frame in figures, what waits for me, what is due, coverage."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk import overview
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.register.people.enums import Permission


@desk_page()
def home(request: DeskRequest) -> HttpResponse:
    """The first page after signing in."""
    actor = request.actor
    sees_demands = actor.may(Permission.VIEW_DEMANDS) or bool(actor.unit_ids)
    todo_count, todo = overview.todo_lines(request)
    resolutions = overview.count_resolutions(request)
    now = overview.round_now(request)
    cards = overview.cards(request, now)
    return show(
        request,
        "desk/home.html",
        title=_("Overview"),
        cards=cards,
        clarities=overview.clarities(cards, now),
        tiles=overview.tiles(request) if sees_demands else [],
        round_now=now,
        todo=todo,
        todo_count=todo_count + resolutions,
        resolutions=resolutions,
        due=overview.due_this_week(request) if sees_demands else [],
        mechanisms=overview.mechanisms(request, cards),
        may_visit=actor.may(Permission.RECORD_VISIT),
        sees_demands=sees_demands,
    )
