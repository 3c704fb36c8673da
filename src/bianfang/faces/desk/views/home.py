"""The overview: the 3/5/3 frame in figures, what waits for me, coverage."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest


@desk_page()
def home(request: DeskRequest) -> HttpResponse:
    """The first page after signing in."""
    return show(request, "desk/home.html", title=_("Overview"))
