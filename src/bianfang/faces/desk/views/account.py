"""One's own account: posts, password, two-step sign-in."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.phone_lines import phone_lines
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.register.people import queries as people


@desk_page()
def account(request: DeskRequest) -> HttpResponse:
    """Who I am here: the posts that give my rights, and how my sign-in is protected."""
    posts = people.list_effective_posts(
        town_id=request.actor.town_id, staff_id=request.user.id, day=clock.today()
    )
    return show(
        request,
        "desk/account/account.html",
        title=_("My account"),
        staff=request.user,
        posts=posts,
        phones=phone_lines(request, request.user.id),
    )
