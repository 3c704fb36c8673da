"""Channels: hours, robots, the last messages; and one's own e-mail."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bianfang.faces.desk import choices
from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge, Kind
from bianfang.faces.desk.forms.channels import NewRobotForm, OwnMailForm, RobotForm, RulesForm
from bianfang.faces.desk.forms.offers import offer
from bianfang.faces.desk.pages import (
    Crumb,
    attempt,
    attempt_and_tell,
    desk_page,
    done,
    show,
    show_form,
)
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import Listing
from bianfang.mechanisms.channels import queries
from bianfang.mechanisms.channels.actions import setting, telling
from bianfang.mechanisms.channels.actions.setting import RobotInput
from bianfang.mechanisms.channels.enums import STATE_LABELS
from bianfang.mechanisms.channels.models import Delivery
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Channels")
FAILED = "failed"
_BADGES: dict[str, Kind] = {
    "queued": "waiting",
    "sending": "active",
    "sent": "done",
    "failed": "late",
    "replaced": "void",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A message: whose, what it told, how it ended."""

    delivery: Delivery
    to: str
    state: Badge


@desk_page(Permission.MANAGE_CHANNELS)
def overview(request: DeskRequest) -> HttpResponse:
    """What is switched on, and what left or failed lately; its text is numbers and a link."""
    only_failed = request.GET.get("show") == FAILED
    page = queries.page_deliveries(
        actor=request.actor, failed=only_failed, token=request.GET.get(PAGE, "")
    )
    return show(
        request,
        "desk/channels/list.html",
        title=TITLE,
        rules=queries.rules_of(request.actor.town_id),
        has_mail_server=queries.has_mail_server(),
        robots=list(queries.list_robots(actor=request.actor)),
        lines=[Line(delivery=each, to=_to(each), state=_badge(each.state)) for each in page.rows],
        only_failed=only_failed,
        listing=Listing(
            rows=page.rows,
            heads=[],
            next_href=same_page(request, **{PAGE: page.next_token}) if page.next_token else "",
            previous_href=(
                same_page(request, **{PAGE: page.previous_token}) if page.previous_token else ""
            ),
        ),
    )


@desk_page(Permission.MANAGE_CHANNELS)
def rules(request: DeskRequest) -> HttpResponse:
    """Hours of work time, the address in the link, e-mail on or off."""
    now = queries.rules_of(request.actor.town_id)
    names = ("base_url", "opens", "closes", "mail_on")
    form = RulesForm(request.POST or None, initial={name: getattr(now, name) for name in names})
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: setting.set_rules(actor=request.actor, **given)):
            return done(request, _("From the next message on it is so."), _back(request))
    return _form(
        request,
        form,
        title=_("Hours and address"),
        explain=_(
            "Outside these hours a digest waits for the next working morning. "
            "Safety hazards are told at once, at any hour."
        ),
    )


@desk_page(Permission.MANAGE_CHANNELS)
def add(request: DeskRequest) -> HttpResponse:
    """Name the robot of a unit's group."""
    form = NewRobotForm(request.POST or None)
    offer(form, "unit_id", choices.units(request))
    if form.is_valid():
        given = dict(form.cleaned_data)
        unit_id, kind = given.pop("unit_id"), given.pop("kind")
        if attempt(
            form,
            lambda: setting.add_robot(
                actor=request.actor, unit_id=unit_id, kind=kind, given=RobotInput(**given)
            ),
        ):
            return done(request, _("Sealed. Send a test to see whether it works."), _back(request))
    return _form(request, form, title=_("New group robot"), explain=_PRIVACY)


@desk_page(Permission.MANAGE_CHANNELS)
def edit(request: DeskRequest, robot_id: UUID) -> HttpResponse:
    """Switch a robot on or off, or seal another address."""
    robot = queries.get_robot(actor=request.actor, robot_id=robot_id)
    form = RobotForm(request.POST or None, initial={"is_on": robot.is_on})
    if form.is_valid():
        given = RobotInput(**form.cleaned_data)
        if attempt(
            form,
            lambda: setting.change_robot(actor=request.actor, robot_id=robot_id, given=given),
        ):
            return done(request, _("Saved."), _back(request))
    title = f"{robot.get_kind_display()} · {robot.unit.name}"
    return _form(request, form, title=title, explain=_PRIVACY)


@require_POST
@desk_page(Permission.MANAGE_CHANNELS)
def test(request: DeskRequest, robot_id: UUID) -> HttpResponse:
    """Send a test; it appears among the last messages with how it ended."""
    return attempt_and_tell(
        request,
        lambda: telling.send_test(actor=request.actor, robot_id=robot_id),
        done=_("A test is on its way; see below how it ends."),
        back=_back(request),
    )


@desk_page()
def own_mail(request: DeskRequest) -> HttpResponse:
    """My own address and whether the digest goes there; nobody else sees it."""
    own = queries.find_own_address(actor=request.actor)
    start = {"address": own.address, "is_on": own.is_on} if own else {}
    form = OwnMailForm(request.POST or None, initial=start)
    back = address(chosen_path(request), "desk:account")
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: setting.set_own_address(actor=request.actor, **given)):
            return done(request, _("Saved."), back)
    is_on = queries.rules_of(request.actor.town_id).mail_on
    return show_form(
        request,
        form,
        title=_("Digest by e-mail"),
        button=_("Save"),
        back=back,
        crumbs=[Crumb(_("My account"), back)],
        explain=_("The address is sealed.")
        if is_on
        else _("The address is sealed. E-mail is not in use in this town yet."),
    )


_PRIVACY = gettext_lazy(
    "The group is told numbers of the unit and a link, never names or what was asked."
)


def _form(
    request: DeskRequest,
    form: RulesForm | RobotForm,
    *,
    title: str,
    explain: str | Promise,
) -> HttpResponse:
    back = _back(request)
    return show_form(
        request,
        form,
        title=title,
        button=_("Save"),
        back=back,
        crumbs=[Crumb(TITLE, back)],
        explain=explain,
    )


def _back(request: DeskRequest) -> str:
    return address(chosen_path(request), "channels:list")


def _to(delivery: Delivery) -> str:
    if delivery.robot:
        return f"{delivery.robot.unit.name}"
    return delivery.staff.name if delivery.staff else ""


def _badge(state: str) -> Badge:
    return Badge(STATE_LABELS[state], _BADGES[state])
