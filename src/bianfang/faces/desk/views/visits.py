"""Visits: the list, one of them, and its correction."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import (
    campaign_page,
    demand_badges,
    photo_lines,
    staff_names,
    verbs,
    visit_badges,
    visit_desk,
)
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, place
from bianfang.faces.desk.checklist_questions import answers_part
from bianfang.faces.desk.filters import DayFilter, FilterForm, OptionField, SearchField
from bianfang.faces.desk.forms.visits import CorrectForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show
from bianfang.faces.desk.pieces import HistoryLine
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import Column, take_listing
from bianfang.faces.desk.visits_part import TITLE, part_tabs, reach_of_visits, short_place
from bianfang.kernel import clock
from bianfang.kernel.codes.people_codes import Relation
from bianfang.kernel.journal import queries as journal
from bianfang.kernel.tenancy.paths import within
from bianfang.outreach.campaigns.queries import findings
from bianfang.outreach.demands.queries import one as demand
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions import corrections
from bianfang.outreach.visits.actions.inputs import VisitCorrection
from bianfang.outreach.visits.enums import EntryChannel, TopicKind, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Topic, Visit, Visitor
from bianfang.outreach.visits.queries import checklists, rounds, visits
from bianfang.outreach.visits.queries.visits import VisitFilter
from bianfang.register.households import queries as households
from bianfang.register.households.queries import HouseholdFilter
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission, Role

MOST_LINES = 20
COLUMNS = (
    Column(key="when", label=gettext_lazy("When"), sort=("happened_at",)),
    Column(label=gettext_lazy("Household")),
    Column(label=gettext_lazy("Place")),
    Column(label=gettext_lazy("How")),
    Column(label=gettext_lazy("Who went")),
    Column(label=gettext_lazy("Topics told")),
    Column(label=gettext_lazy("Demands"), css="num"),
    Column(label=gettext_lazy("Outcome")),
)


class VisitFilterForm(FilterForm):
    """Which visits; what is rarely asked for is folded away."""

    MORE = ("visitor", "role", "channel", "topic", "from_day", "to_day", "demands", "facts")

    text = SearchField(gettext_lazy("Household number or head"))
    round = OptionField(gettext_lazy("Round"), [])
    mode = OptionField(gettext_lazy("How"), VisitMode.choices)
    outcome = OptionField(gettext_lazy("Outcome"), VisitOutcome.choices)
    visitor = OptionField(gettext_lazy("Who went"), [])
    role = OptionField(gettext_lazy("Role"), Role.choices)
    channel = OptionField(gettext_lazy("Written down by"), EntryChannel.choices)
    topic = OptionField(gettext_lazy("Topic told"), [])
    from_day = DayFilter(gettext_lazy("From"))
    to_day = DayFilter(gettext_lazy("To"))
    demands = forms.BooleanField(label=gettext_lazy("With demands"))
    facts = forms.BooleanField(label=gettext_lazy("With village facts"))

    def offer(self, name: str, pairs: Iterable[tuple[UUID, str]]) -> None:
        """Set what can be chosen, then read the query string again."""
        field = self.fields[name]
        assert isinstance(field, OptionField)
        choices: Any = field.choices
        field.choices = [*choices, *[(str(key), text) for key, text in pairs]]
        self.full_clean()

    def chosen_id(self, name: str) -> UUID | None:
        """The thing chosen, by its id."""
        value = self.value(name)
        return UUID(value) if value else None

    @property
    def first_fields(self) -> list[BoundField]:
        """What stands in the bar."""
        return [self[name] for name in self.fields if name not in self.MORE]

    @property
    def more_fields(self) -> list[BoundField]:
        """What is folded away."""
        return [self[name] for name in self.MORE if name in self.fields]

    @property
    def is_open(self) -> bool:
        """Whether something folded away is in force."""
        return any(self.value(name) for name in self.MORE)


@desk_page(Permission.VIEW_VISITS)
def visit_list(request: DeskRequest) -> HttpResponse:
    """The visits of one's areas, the newest first."""
    filters = _filters(request)
    rows = visits.list_visits(actor=request.actor, filters=_wanted(filters))
    rows = rows.filter(within(reach_of_visits(request)))
    listing = take_listing(request, rows, columns=COLUMNS, default="-when")
    return show(
        request,
        "desk/visits/list.html",
        title=TITLE,
        region="rows",
        tabs=part_tabs(request, "visits:list"),
        filters=filters,
        listing=listing,
        rows=[_row(request, visit) for visit in listing.rows],
        may_visit=request.actor.may(Permission.RECORD_VISIT),
        may_type=request.actor.may(Permission.ENTER_SHEETS),
    )


@desk_page(Permission.VIEW_VISITS)
def detail(request: DeskRequest, visit_id: UUID) -> HttpResponse:
    """One visit with all that it brought."""
    visit = visits.get_visit(actor=request.actor, visit_id=visit_id)
    today = clock.today()
    brought = demand.list_of_visits(actor=request.actor, visit_ids=[visit.id])
    return show(
        request,
        "desk/visits/detail.html",
        title=_("Visit: %(name)s") % {"name": visit.household.head_name or visit.household.number},
        crumbs=crumbs(request),
        visit=visit,
        place=place(request, visit.area_path),
        outcome=visit_badges.visit_outcome(visit.outcome),
        mode_icon=visit_badges.MODE_ICONS[VisitMode(visit.mode)],
        sees_forum=visit.forum is not None
        and request.actor.may_at(Permission.VIEW_VISITS, visit.forum.area_path),
        relation=_relation(visit.respondent_relation),
        visitors=visits.list_visitors(actor=request.actor, visit=visit),
        topics=visits.list_topics_of(actor=request.actor, visit=visit),
        demands=[(one, demand_badges.state(one, today)) for one in brought],
        **answers_part(visit),
        findings=[
            campaign_page.finding_line(request, each)
            for each in findings.list_of_visit(actor=request.actor, visit_id=visit.id)
        ],
        photos=photo_lines.photos_of_visit(request, visit),
        history=_history(request, visit.id),
        may_correct=policies.can_correct_visit(request.actor, visit),
    )


@desk_page(Permission.RECORD_VISIT, Permission.ENTER_SHEETS)
def correct(request: DeskRequest, visit_id: UUID) -> HttpResponse:
    """Put a visit right; the journal keeps what it was, and why."""
    visit = visits.get_visit(actor=request.actor, visit_id=visit_id)
    policies.check_can_correct_visit(request.actor, visit)
    went = list(visits.list_visitors(actor=request.actor, visit=visit))
    form = _correct_form(request, visit, went)
    is_valid = form.is_valid()
    if form.is_bound and staff_names.read_names(request.actor, form) and is_valid:
        correction = _correction(request, visit, form)
        if correction is not None and attempt(
            form,
            lambda: corrections.correct_visit(
                actor=request.actor,
                visit_id=visit.id,
                correction=correction,
                reason=form.cleaned_data["reason"],
            ),
        ):
            return done(request, _("The visit is corrected."), _here(request, visit))
    return show(
        request,
        "desk/visits/correct.html",
        title=_("Correct the visit"),
        crumbs=[*crumbs(request), Crumb(str(visit.household), _here(request, visit))],
        visit=visit,
        form=form,
        back=_here(request, visit),
        colleagues=people.list_staff(actor=request.actor, active=True),
    )


def crumbs(request: DeskRequest) -> list[Crumb]:
    """The way back to the list."""
    return [Crumb(_("Visits"), address(chosen_path(request), "visits:list"))]


def _filters(request: DeskRequest) -> VisitFilterForm:
    form = VisitFilterForm(request)
    begun = [one for one in rounds.list_rounds(actor=request.actor) if one.started_at]
    form.offer("round", [(one.id, one.name) for one in begun])
    form.offer("visitor", [(one.id, one.name) for one in people.list_staff(actor=request.actor)])
    asked = _topic_asked(request)
    if asked is None:
        del form.fields["topic"]
    else:
        form.offer("topic", [(asked.id, asked.text)])
    return form


def _topic_asked(request: DeskRequest) -> Topic | None:
    """Links from a round's page name a topic; nobody has to choose among all of them here."""
    try:
        topic_id = UUID(request.GET.get("topic", ""))
    except ValueError:
        return None
    return checklists.get_topic(actor=request.actor, topic_id=topic_id)


def _wanted(filters: VisitFilterForm) -> VisitFilter:
    def choice(name: str) -> Any:
        return filters.value(name) or None

    mode, outcome, role, channel = (choice(n) for n in ("mode", "outcome", "role", "channel"))
    return VisitFilter(
        round_id=filters.chosen_id("round"),
        mode=VisitMode(mode) if mode else None,
        outcome=VisitOutcome(outcome) if outcome else None,
        visitor_id=filters.chosen_id("visitor"),
        role=Role(role) if role else None,
        channel=EntryChannel(channel) if channel else None,
        topic_id=filters.chosen_id("topic"),
        with_demands=True if choice("demands") else None,
        with_facts=True if choice("facts") else None,
        text=filters.value("text"),
        from_day=choice("from_day"),
        to_day=choice("to_day"),
    )


def _row(request: DeskRequest, visit: Visit) -> dict[str, object]:
    return {
        "visit": visit,
        "place": short_place(request, visit.area_path),
        "icon": visit_badges.MODE_ICONS[VisitMode(visit.mode)],
        "outcome": visit_badges.visit_outcome(visit.outcome),
    }


def _relation(code: str) -> str:
    return str(Relation(code).label) if code in Relation.values else ""


def _history(request: DeskRequest, visit_id: UUID) -> list[HistoryLine]:
    entries = journal.list_about(town_id=request.actor.town_id, kind="visit", target_id=visit_id)
    return [
        HistoryLine(
            at=entry.at, who=entry.actor_name, what=verbs.verb_label(entry.verb), said=entry.reason
        )
        for entry in entries[:MOST_LINES]
    ]


def _correct_form(request: DeskRequest, visit: Visit, went: Iterable[Visitor]) -> CorrectForm:
    actor = request.actor
    names = {one.staff_id: one.staff.name for one in went}
    told = list(visits.list_topics_of(actor=actor, visit=visit))
    members = households.list_members(town_id=actor.town_id, household_id=visit.household_id)
    form = CorrectForm(
        request.POST or None,
        visitors={
            **names,
            **staff_names.usual_visitors(actor, visit.area_path, first_me=False),
        }.items(),
        topics=_topics(request, visit, {one.topic_id: one.topic.text for one in told}).items(),
        respondents=lambda: visit_desk.respondents(members),
        initial={
            "mode": visit.mode,
            "outcome": visit.outcome,
            "happened_at": visit_desk.moment_shown(visit.happened_at),
            "visitors": [str(key) for key in names],
            "topics": [str(one.topic_id) for one in told],
            "respondent_relation": visit.respondent_relation,
            "village_facts": visit.village_facts,
            "note": visit.note,
        },
    )
    if visit.forum_id:
        form.keep_mode()
    return form


def _topics(request: DeskRequest, visit: Visit, told: dict[UUID, str]) -> dict[UUID, str]:
    """Topics of the round's checklist, and those that were told."""
    if visit.round is None or visit.round.checklist_id is None:
        return told
    checklist = checklists.get_checklist(actor=request.actor, checklist_id=visit.round.checklist_id)
    listed = checklists.list_topics(actor=request.actor, checklist=checklist)
    return {one.id: one.text for one in listed if one.kind != TopicKind.ASK} | told


def _correction(request: DeskRequest, visit: Visit, form: CorrectForm) -> VisitCorrection | None:
    given = form.cleaned_data
    correction = VisitCorrection(
        mode=given.get("mode") or VisitMode(visit.mode),
        outcome=given["outcome"],
        happened_at=given["happened_at"],
        visitor_ids=visit_desk.all_visitors(given),
        topic_ids=tuple(given["topics"]),
        respondent_relation=given["respondent_relation"],
        village_facts=given["village_facts"],
        note=given["note"],
    )
    number = given["household_number"].strip()
    if not number or number == visit.household.number:
        return correction
    wanted = HouseholdFilter(text=number)
    rows = households.list_households(actor=request.actor, filters=wanted)
    other = rows.filter(number=number).first()
    if other is None:
        form.add_error("household_number", _("There is no such household in your area."))
        return None
    return replace(correction, household_id=other.id)


def _here(request: DeskRequest, visit: Visit) -> str:
    return address(chosen_path(request), "visits:detail", visit.id)
