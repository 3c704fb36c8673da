"""Rounds: planned, made ready, started, watched, finished."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bianfang.faces.desk import choices, round_progress, visit_badges
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.forms.rounds import CancelForm, ConfigureForm, PlanForm
from bianfang.faces.desk.pages import attempt, attempt_and_tell, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.visits_part import (
    TITLE,
    part_tabs,
    reach_of_visits,
    round_crumbs,
    round_tabs,
)
from bianfang.kernel import clock
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions import rounds as actions
from bianfang.outreach.visits.models import Round
from bianfang.outreach.visits.queries import checklists, rounds
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.people.enums import Permission

BEGUN = (RoundState.ACTIVE, RoundState.FINISHED)
COMPARED = 4


@desk_page(Permission.VIEW_VISITS)
def round_list(request: DeskRequest) -> HttpResponse:
    """All rounds, and the last ones side by side."""
    found = list(rounds.list_rounds(actor=request.actor))
    begun = [one for one in found if one.state in BEGUN][:COMPARED][::-1]
    lines = round_progress.compared(request, begun, reach_of_visits(request)) if begun else []
    sums = [share for _name, share in lines[-1].cells] if lines else []
    whole = dict(zip([one.id for one in begun], sums, strict=True)) if sums else {}
    return show(
        request,
        "desk/rounds/list.html",
        title=TITLE,
        tabs=part_tabs(request, "rounds:list"),
        rows=[(one, visit_badges.round_state(one), whole.get(one.id)) for one in found],
        begun=begun,
        lines=lines,
        may_manage=policies.can_manage_rounds(request.actor),
    )


@desk_page(Permission.VIEW_VISITS)
def detail(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """One round: what is missing before it starts, or how far it is."""
    round_ = rounds.get_round(actor=request.actor, round_id=round_id)
    if round_.state in BEGUN:
        return _progress(request, round_)
    is_draft = round_.state == RoundState.DRAFT
    return show(
        request,
        "desk/rounds/draft.html",
        title=round_.name,
        crumbs=round_crumbs(request),
        round=round_,
        state=visit_badges.round_state(round_),
        is_draft=is_draft,
        readiness=rounds.round_readiness(actor=request.actor, round=round_) if is_draft else None,
        topics=_topics(request, round_),
        may_manage=policies.can_manage_rounds(request.actor) and is_draft,
    )


def _progress(request: DeskRequest, round_: Round) -> HttpResponse:
    reach = reach_of_visits(request)
    progress = round_progress.read_progress(request, round_, reach)
    is_active = round_.state == RoundState.ACTIVE
    return show(
        request,
        "desk/rounds/progress.html",
        title=round_.name,
        crumbs=round_crumbs(request),
        tabs=round_tabs(request, round_, "rounds:detail"),
        round=round_,
        state=visit_badges.round_state(round_),
        is_active=is_active,
        progress=progress,
        days_left=(round_.due_on - clock.today()).days,
        change_count=rounds.list_round_changes(actor=request.actor, round=round_).count(),
        may_manage=policies.can_manage_rounds(request.actor) and is_active,
        may_visit=request.actor.may(Permission.RECORD_VISIT) and is_active,
    )


@desk_page(Permission.MANAGE_ROUNDS)
def add(request: DeskRequest) -> HttpResponse:
    """Plan the next round."""
    form = PlanForm(request.POST or None, initial={"starts_on": clock.today()})
    if form.is_valid():
        round_ = attempt(
            form, lambda: actions.create_round(actor=request.actor, **form.cleaned_data)
        )
        if round_:
            said = _("%(round)s is planned. Now set what is asked and how it is handled.")
            return done(request, said % {"round": round_.name}, _here(request, round_))
    return show_form(
        request,
        form,
        title=_("Plan a round"),
        button=_("Plan it"),
        back=address(chosen_path(request), "rounds:list"),
        crumbs=round_crumbs(request),
        explain=_("One complete pass: every natural village, every resident household."),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def edit(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """Change name and days."""
    round_ = rounds.get_round(actor=request.actor, round_id=round_id)
    now = {"name": round_.name, "starts_on": round_.starts_on, "due_on": round_.due_on}
    form = PlanForm(request.POST or None, initial=now)
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_round(actor=request.actor, round_id=round_.id, **form.cleaned_data),
    ):
        return done(request, _("The plan is changed."), _here(request, round_))
    return show_form(
        request,
        form,
        title=_("Name and days of %(round)s") % {"round": round_.name},
        button=_("Save"),
        back=_here(request, round_),
        crumbs=round_crumbs(request, round_),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def configure(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """Set what is asked and how it is handled."""
    round_ = rounds.get_round(actor=request.actor, round_id=round_id)
    published = [
        (one.id, str(one))
        for one in checklists.list_checklists(actor=request.actor)
        if one.published_on
    ]
    form = ConfigureForm(
        request.POST or None,
        checklists=published,
        units=choices.units(request),
        initial={
            "checklist": round_.checklist_id or (published[0][0] if published else None),
            "coordinator": round_.coordinator_id,
            "timed_days": round_.timed_days or 10,
        },
    )
    if form.is_valid():
        given = form.cleaned_data
        if attempt(
            form,
            lambda: actions.configure_round(
                actor=request.actor,
                round_id=round_.id,
                checklist_id=given["checklist"],
                coordinator_id=given["coordinator"],
                timed_days=given["timed_days"],
            ),
        ):
            return done(request, _("What and how are set."), _here(request, round_))
    return show_form(
        request,
        form,
        title=_("What and how of %(round)s") % {"round": round_.name},
        button=_("Save"),
        back=_here(request, round_),
        crumbs=round_crumbs(request, round_),
    )


@require_POST
@desk_page(Permission.MANAGE_ROUNDS)
def start(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """Freeze the households and begin."""
    round_ = rounds.get_round(actor=request.actor, round_id=round_id)
    return attempt_and_tell(
        request,
        lambda: actions.start_round(actor=request.actor, round_id=round_.id),
        done=_("%(round)s has started.") % {"round": round_.name},
        back=_here(request, round_),
    )


@require_POST
@desk_page(Permission.MANAGE_ROUNDS)
def finish(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """End the round; refused while anybody is left."""
    round_ = rounds.get_round(actor=request.actor, round_id=round_id)
    return attempt_and_tell(
        request,
        lambda: actions.finish_round(actor=request.actor, round_id=round_.id),
        done=_("%(round)s is finished: every household has been reached.") % {"round": round_.name},
        back=_here(request, round_),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def cancel(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """Give up a plan."""
    round_ = rounds.get_round(actor=request.actor, round_id=round_id)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(
            form,
            lambda: actions.cancel_round(actor=request.actor, round_id=round_.id, reason=reason),
        ):
            back = address(chosen_path(request), "rounds:list")
            return done(request, _("The plan is given up."), back)
    return show_form(
        request,
        form,
        title=_("Give up %(round)s") % {"round": round_.name},
        button=_("Give it up"),
        back=_here(request, round_),
        crumbs=round_crumbs(request, round_),
        is_serious=True,
    )


def _topics(request: DeskRequest, round_: Round) -> int:
    if round_.checklist is None:
        return 0
    return checklists.list_topics(actor=request.actor, checklist=round_.checklist).count()


def _here(request: DeskRequest, round_: Round) -> str:
    return address(chosen_path(request), "rounds:detail", round_.id)
