"""Help pages: one per section, in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from bianfang.faces.desk import helptexts
from bianfang.faces.desk.pages import desk_page, show
from bianfang.kernel.errors import NotFoundError


@desk_page()
def section(request: HttpRequest, name: str) -> HttpResponse:
    """One help page, with links to the others."""
    chosen = helptexts.find_section(name)
    if chosen is None:
        raise NotFoundError(name)
    language = "en" if get_language() == "en" else "zh"
    return show(
        request,
        "desk/help/page.html",
        title=chosen.title,
        text=f"desk/help/{chosen.name}_{language}.html",
        sections=helptexts.SECTIONS,
        chosen=chosen.name,
    )
