"""The form of a visit: what it offers for one household, what it hands to the domain."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bianfang.faces.desk import staff_names, visit_campaigns
from bianfang.faces.desk.alike import ALIKE
from bianfang.faces.desk.forms import demand_rows
from bianfang.faces.desk.forms.demand_rows import DemandRow
from bianfang.faces.desk.forms.offers import Later, Pairs
from bianfang.faces.desk.forms.visits import Ids, VisitForm
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.people_codes import Relation
from bianfang.kernel.ids import new_id
from bianfang.outreach.campaigns.models import Leaflet
from bianfang.outreach.campaigns.queries import leaflets
from bianfang.outreach.demands.queries import categories
from bianfang.outreach.visits.actions.inputs import HouseholdChanges, VisitInput
from bianfang.outreach.visits.enums import TopicKind, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Round, Topic
from bianfang.outreach.visits.queries import checklists, forms, rounds
from bianfang.register.households import policies as register_policies
from bianfang.register.households import queries as households
from bianfang.register.households.enums import ContactTime, LivingStatus
from bianfang.register.households.models import Household, Resident

DAYTIME = range(6, 18)
ADD = "add_demand"
Relations = list[tuple[str, str | Promise]]


class VisitDesk:
    """One household's form with its rows of demands, and what stands beside it.

    The form as it is opened, sent, or only made longer by a row. What it offers is read when it is
    drawn: a good form that was sent goes straight to the domain.
    """

    def __init__(self, actor: Actor, household: Household, data: QueryDict | None) -> None:
        self.actor, self.household = actor, household
        sent = data if data is not None and not {ADD, ALIKE} & data.keys() else None
        self.form = VisitForm(
            sent,
            visitors=self._usual_visitors,
            topics=lambda: [(one.id, one.text) for one in self.topics if one not in self.asked],
            respondents=lambda: respondents(self.members),
            initial=_first(actor, household) if data is None else demand_rows.typed(data),
        )
        if not register_policies.can_edit_register(actor, household.area_path):
            self.form.without_changes()
        self.rows = read_rows(
            actor,
            data,
            sent,
            lambda: [(one.id, one.name) for one in self.members],
            _("Who asks"),
        )
        self.parts = visit_campaigns.read_parts(actor, household, data, sent)

    @cached_property
    def members(self) -> list[Resident]:
        """Who lives there."""
        return households.list_members(town_id=self.actor.town_id, household_id=self.household.id)

    @cached_property
    def round(self) -> Round | None:
        """The round that is going on."""
        return rounds.active_round(self.actor.town_id)

    @cached_property
    def topics(self) -> list[Topic]:
        """What the round's checklist says, in its order."""
        if self.round is None or self.round.checklist is None:
            return []
        return list(checklists.list_topics(actor=self.actor, checklist=self.round.checklist))

    @cached_property
    def has_questions(self) -> bool:
        """Whether the round's checklist asks questions, which are asked on the phone page."""
        checklist = self.round.checklist if self.round else None
        return checklist is not None and forms.has_form(checklist=checklist)

    @property
    def filled_rows(self) -> list[DemandRow]:
        """Rows that tell something; asked for once all rows are valid."""
        return [row for row in self.rows if not row.is_empty]

    @property
    def are_parts_wrong(self) -> bool:
        """Only what campaigns ask has to be mended."""
        return not self.form.errors and any(part.form.errors for part in self.parts)

    @cached_property
    def leaflets(self) -> list[Leaflet]:
        """What can be shown of the topics, in their order."""
        found = leaflets.leaflets_of(actor=self.actor, topics=[one.text for one in self.topics])
        return [leaflet for one in self.topics for leaflet in found.get(one.text, ())]

    @property
    def filled_parts(self) -> list[visit_campaigns.Part]:
        """Campaigns that were answered; asked for once all forms are valid."""
        return [part for part in self.parts if part.is_filled]

    @property
    def asked(self) -> list[Topic]:
        """What the checklist says to ask about."""
        return [topic for topic in self.topics if topic.kind == TopicKind.ASK]

    def _usual_visitors(self) -> Ids:
        return staff_names.usual_visitors(
            self.actor, self.household.area_path, first_me=True
        ).items()

    def is_valid(self) -> bool:
        """Look at the form and at all rows, so that one answer names everything."""
        are_good = [row.is_valid() for row in self.rows]
        are_good += [part.form.is_valid() for part in self.parts]
        is_good = self.form.is_valid()
        is_known = staff_names.read_names(self.actor, self.form)
        return is_good and is_known and all(are_good)

    def to_input(self) -> VisitInput:
        """The visit as the domain takes it."""
        given = self.form.cleaned_data
        return VisitInput(
            household_id=self.household.id,
            mode=given["mode"],
            outcome=given["outcome"],
            happened_at=given["happened_at"],
            visitor_ids=all_visitors(given),
            topic_ids=tuple(given["topics"]),
            respondent_relation=given["respondent_relation"],
            village_facts=given["village_facts"],
            note=given["note"],
            visit_id=given["visit_id"],
            changes=_changes(self.household, given, self.form.data),
        )

    def proposer_id(self) -> UUID | None:
        """Who was spoken with, where the relation tells which member that is."""
        relation = self.form.cleaned_data["respondent_relation"]
        if not relation:
            return None
        fitting = [one for one in self.members if one.relation == relation]
        return fitting[0].id if len(fitting) == 1 else None


def read_rows(
    actor: Actor,
    data: QueryDict | None,
    sent: QueryDict | None,
    people: Pairs | Later,
    asked_by: str,
) -> list[DemandRow]:
    """The rows of demands: one to begin with, one more when asked for."""
    count = 1 if data is None else demand_rows.row_count(data)
    if data is not None and ADD in data:
        count = min(count + 1, demand_rows.MOST)
    offered = demand_rows.categories_offered(categories.list_by_theme(actor=actor))
    return [
        DemandRow(
            sent,
            prefix=demand_rows.prefix(place),
            categories=offered,
            people=people,
            asked_by=asked_by,
            initial=demand_rows.typed(data, before=demand_rows.prefix(place)) if data else None,
        )
        for place in range(count)
    ]


def respondents(members: Sequence[Resident]) -> Relations:
    """The relations in this household with the names they stand for, then any other person."""
    names: dict[str, list[str]] = defaultdict(list)
    for member in members:
        if member.relation in Relation.values:
            names[member.relation].append(member.name)
    known: Relations = [
        (code, f"{Relation(code).label} {'、'.join(people)}") for code, people in names.items()
    ]
    if Relation.OTHER.value not in names:
        known.append((Relation.OTHER.value, Relation.OTHER.label))
    return known


def all_visitors(given: dict[str, Any]) -> tuple[UUID, ...]:
    """Those ticked and those named, each once."""
    return tuple(dict.fromkeys([*given["visitors"], *given["others"]]))


def moment_shown(moment: datetime) -> datetime:
    """A moment by the town's clock, to the minute."""
    return clock.local(moment).replace(second=0, microsecond=0)


def _first(actor: Actor, household: Household) -> dict[str, Any]:
    now = moment_shown(clock.now())
    return {
        "visit_id": new_id(),
        "mode": VisitMode.DAY if now.hour in DAYTIME else VisitMode.EVENING,
        "outcome": VisitOutcome.MET,
        "happened_at": now,
        "visitors": [str(actor.staff_id)],
        "living_status": household.living_status,
        "status_reason": household.status_reason,
        "contact_time": household.contact_time,
        "door": household.door,
    }


def _changes(
    household: Household, given: dict[str, Any], sent: Mapping[str, Any]
) -> HouseholdChanges | None:
    """Only what differs from the register; nothing where the fields were not sent at all."""
    if "door" not in given or "door" not in sent:
        return None
    status, time, door = given["living_status"], given["contact_time"], given["door"].strip()
    has_status = bool(status) and status != household.living_status
    changes = HouseholdChanges(
        living_status=LivingStatus(status) if has_status else None,
        status_reason=given["status_reason"] if has_status else "",
        contact_time=ContactTime(time) if time and time != household.contact_time else None,
        door=door if door != household.door else None,
        phone=given["phone"].strip() or None,
    )
    return None if changes == HouseholdChanges() else changes
