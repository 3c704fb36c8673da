"""Leaflets: the list, writing one, showing it in large type, printing it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bianfang.faces.desk import campaign_page
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.campaign_page import SEEING
from bianfang.faces.desk.forms.campaigns import LeafletForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.visits_part import TITLE, part_tabs
from bianfang.kernel import clock
from bianfang.outreach.campaigns import policies
from bianfang.outreach.campaigns.actions import leaflets as actions
from bianfang.outreach.campaigns.models import Leaflet
from bianfang.outreach.campaigns.queries import leaflets
from bianfang.outreach.visits.queries import checklists
from bianfang.register.people.enums import Permission


@desk_page(SEEING)
def leaflet_list(request: DeskRequest) -> HttpResponse:
    """All leaflets by topic."""
    rows = leaflets.list_leaflets(actor=request.actor)
    return show(
        request,
        "desk/leaflets/list.html",
        title=TITLE,
        tabs=part_tabs(request, "campaigns:list"),
        lists=campaign_page.list_tabs(request, "leaflets:list"),
        rows=[(one, _validity(one)) for one in rows],
        may_manage=policies.can_manage_campaigns(request.actor),
    )


@desk_page(SEEING)
def detail(request: DeskRequest, leaflet_id: UUID) -> HttpResponse:
    """To be shown to a resident: large type, nothing about a person."""
    return _show(request, leaflet_id, "desk/leaflets/detail.html")


@desk_page(SEEING)
def paper(request: DeskRequest, leaflet_id: UUID) -> HttpResponse:
    """One A4 page, to be left behind."""
    return _show(request, leaflet_id, "desk/leaflets/paper.html")


@desk_page(Permission.MANAGE_ROUNDS)
def add(request: DeskRequest) -> HttpResponse:
    """Write a leaflet."""
    form = LeafletForm(request.POST or None, initial={"valid_from": clock.today()})
    return _write(request, form, None)


@desk_page(Permission.MANAGE_ROUNDS)
def edit(request: DeskRequest, leaflet_id: UUID) -> HttpResponse:
    """Change a leaflet."""
    leaflet = leaflets.get_leaflet(actor=request.actor, leaflet_id=leaflet_id)
    names = ("topic", "title", "body", "source", "valid_from", "valid_to")
    form = LeafletForm(
        request.POST or None, initial={name: getattr(leaflet, name) for name in names}
    )
    return _write(request, form, leaflet)


def _show(request: DeskRequest, leaflet_id: UUID, template: str) -> HttpResponse:
    leaflet = leaflets.get_leaflet(actor=request.actor, leaflet_id=leaflet_id)
    return show(
        request,
        template,
        title=leaflet.title,
        crumbs=_crumbs(request),
        leaflet=leaflet,
        blocks=leaflets.blocks_of(leaflet.body),
        validity=_validity(leaflet),
        may_manage=policies.can_manage_campaigns(request.actor),
    )


def _write(request: DeskRequest, form: LeafletForm, leaflet: Leaflet | None) -> HttpResponse:
    path = chosen_path(request)
    if form.is_valid():
        made = attempt(
            form,
            lambda: actions.save_leaflet(
                actor=request.actor,
                leaflet=form.to_input(),
                leaflet_id=leaflet.id if leaflet else None,
            ),
        )
        if made:
            here = address(path, "leaflets:detail", made.id)
            return done(request, _("The leaflet is written down."), here)
    return show(
        request,
        "desk/leaflets/write.html",
        title=_("Change the leaflet") if leaflet else _("Write a leaflet"),
        crumbs=_crumbs(request),
        form=form,
        topics=checklists.list_topic_words(actor=request.actor),
        back=address(path, "leaflets:list"),
    )


def _validity(leaflet: Leaflet) -> Badge:
    today = clock.today()
    if leaflet.valid_from > today:
        return Badge(_("Not yet in force"), "waiting")
    if leaflet.valid_to is not None and leaflet.valid_to < today:
        return Badge(_("No longer in force"), "void")
    return Badge(pgettext("leaflet", "In force"), "done")


def _crumbs(request: DeskRequest) -> list[Crumb]:
    path = chosen_path(request)
    return [
        *campaign_page.crumbs(request),
        Crumb(_("Leaflets"), address(path, "leaflets:list")),
    ]
