"""My work: everything that waits for me, and what I answer for."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest


@desk_page()
def work(request: DeskRequest) -> HttpResponse:
    """The whole list, group by group."""
    return show(request, "desk/work.html", title=_("My work"))
