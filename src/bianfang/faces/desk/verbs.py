"""The words of the journal: what each verb and each kind of thing is called."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from bianfang.mechanisms.channels.enums import ChannelKind
from bianfang.mechanisms.channels.enums import Verb as ChannelVerb
from bianfang.mechanisms.longterm.enums import Verb as MeasureVerb
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.enums import Verb as AssignmentVerb
from bianfang.outreach.campaigns.enums import Verb as CampaignVerb
from bianfang.outreach.demands.enums import DayUnit, Outcome
from bianfang.outreach.demands.enums import Verb as DemandVerb
from bianfang.outreach.demands.queries.history import FACT_WORDS
from bianfang.outreach.halfyear.enums import Verb as ItemVerb
from bianfang.outreach.lookback.enums import RESULT_LABELS, CheckWay
from bianfang.outreach.lookback.enums import Verb as LookBackVerb
from bianfang.outreach.meetings.enums import ItemOutcome
from bianfang.outreach.meetings.enums import Verb as MeetingVerb
from bianfang.outreach.photos.enums import Verb as PhotoVerb
from bianfang.outreach.visits.enums import Verb as VisitVerb
from bianfang.outreach.visits.enums import VisitMode, VisitOutcome
from bianfang.register.households.enums import FactKind, FactSource, HeldField, LivingStatus
from bianfang.register.households.enums import Verb as HeldVerb
from bianfang.register.people.enums import Role
from bianfang.register.phones.enums import Verb as PhoneVerb
from bianfang.register.rolls.enums import Verb as RollVerb

KINDS: dict[str, str | Promise] = {
    "area": _("Area"),
    "unit": _("Unit"),
    "staff": _("Staff member"),
    "post": _("Post"),
    "household": _("Household"),
    "resident": _("Resident"),
    "rollimport": _("Roll import"),
    "leadergroup": _("Leader group"),
    "responsibility": _("Responsibility"),
    "checklist": _("Checklist"),
    "round": _("Round"),
    "visit": _("Visit"),
    "forum": _("Group talk"),
    "demand": _("Demand"),
    "category": _("Category"),
    "halfyearlist": _("Half-year list"),
    "carryover": _("Item of a half-year list"),
    "lookback": _("Look-back"),
    "longtermmeasure": _("Long-term measure"),
    "deadlinerule": _("Deadline rule"),
    "meeting": _("Joint meeting"),
    "campaign": _("Campaign"),
    "leaflet": _("Leaflet"),
    "fieldphone": pgettext_lazy("device", "Phone"),
    "town": _("Township"),
}

PAGES = {"staff": "staff:detail", "unit": "units:detail"}
"""The page of a thing, where every reader of the journal may open it."""

_ENUMS: tuple[type[TextChoices], ...] = (
    AssignmentVerb,
    VisitVerb,
    DemandVerb,
    LookBackVerb,
    MeetingVerb,
    RollVerb,
    MeasureVerb,
    ChannelVerb,
    ItemVerb,
    CampaignVerb,
    HeldVerb,
    PhotoVerb,
    PhoneVerb,
)


def _labels(enums: Iterable[type[TextChoices]]) -> dict[str, str | Promise]:
    return {member.value: member.label for enum in enums for member in enum}


VERBS: dict[str, str | Promise] = {
    "town_founded": _("Town founded"),
    "area_created": _("Area added"),
    "areas_created_from_roll": _("Areas added from the roll"),
    "area_renamed": _("Area renamed"),
    "area_closed": _("Area ended"),
    "unit_created": _("Unit added"),
    "unit_closed": _("Unit closed"),
    "staff_created": _("Account made"),
    "staff_created_in_bulk": _("Accounts made"),
    "staff_edited": _("Account changed"),
    "staff_activated": _("Account opened"),
    "staff_deactivated": _("Account closed"),
    "password_set": _("Password set"),
    "post_given": _("Post given"),
    "post_ended": _("Post ended"),
    "substitute_set": _("Substitute named"),
    "substitute_cleared": _("Substitute no longer stands in"),
    "household_created": _("Household added"),
    "household_edited": _("Household changed"),
    "living_status_set": _("Living status set"),
    "household_ended": _("Household taken off the register"),
    "households_moved": _("Households moved"),
    "head_set": _("Head changed"),
    "resident_added": _("Person added"),
    "resident_edited": _("Person changed"),
    "resident_moved": _("Person moved"),
    "resident_ended": _("Person taken off the register"),
    "fact_stated": _("Fact stated"),
    **_labels(_ENUMS),
}


def _status(value: Any) -> object:
    return LivingStatus(value).label if value in LivingStatus.values else value


def _fact_kind(value: Any) -> object:
    return FactKind(value).label


def _fact_source(value: Any) -> object:
    own = FACT_WORDS["source"][1]
    return FactSource(value).label if value in FactSource.values else own(value)


def _outcome(value: Any) -> object:
    """What a visit, a demand or an item of a meeting came to: one word of the journal for all."""
    kinds = (Outcome, VisitOutcome, ItemOutcome)
    return next((kind(value).label for kind in kinds if value in kind.values), value)


def _switched(value: Any) -> object:
    return _("Yes") if value else _("No")


_Worded = tuple[str | Promise, Callable[[Any], object]]
FACTS: dict[str, _Worded] = {
    **FACT_WORDS,
    "name": (_("Name"), str),
    "number": (_("Number"), str),
    "old": (_("Before"), _status),
    "new": (_("Now"), _status),
    "successor": (_("Successor"), str),
    "on": (_("Day"), str),
    "duty": (_("Duty"), lambda value: Duty(value).label),
    "mode": (_("How"), lambda value: VisitMode(value).label),
    "outcome": (_("Outcome"), _outcome),
    "file": (_("File"), str),
    "checklist": (_("Checklist"), str),
    "starts_on": (_("First day"), str),
    "role": (_("Role"), lambda value: Role(value).label if value in Role.values else value),
    "kind": (_("Kind"), _fact_kind),
    "source": (_("Source"), _fact_source),
    "households": (_("Households"), str),
    "areas": (_("Areas"), str),
    "accounts": (_("Accounts"), str),
    "posts": (_("Posts"), str),
    "year": (_("Year"), str),
    "half": (_("Half"), str),
    "title": (_("Name of the look-back"), str),
    "seed": (_("Seed"), str),
    "population": (_("Population"), str),
    "sample": (_("Sample"), str),
    "checker": (_("Checker"), str),
    "checks": (_("Checks"), str),
    "way": (_("Way"), lambda value: CheckWay(value).label),
    "passed": (RESULT_LABELS["passed"], str),
    "failed": (RESULT_LABELS["failed"], str),
    "category": (_("Problem"), str),
    "area": (_("Place"), str),
    "demands": (_("Demands"), str),
    "review_on": (_("Looked at again on"), str),
    "demand": (_("Demand"), str),
    "days_given": (_("Number of days"), str),
    "counted_in": (_("Counted in"), lambda value: DayUnit(value).label),
    "resolutions": (_("Resolutions"), str),
    "month": (_("Month"), str),
    "percent": (_("Percent"), str),
    "former": (_("Before"), str),
    "behind_points": (_("Orange from so many points behind"), str),
    "silent_months": (_("Red after so many months without an entry"), str),
    "channel": (_("Channel"), lambda value: ChannelKind(value).label),
    "hours": (_("Work time"), str),
    "address": (_("Address of this system"), str),
    "mail": (_("E-mail"), _switched),
    "is_on": (_("Switched on"), _switched),
    "created": (_("New"), str),
    "changed": (_("Changed"), str),
    "field": (_("What"), lambda value: HeldField(value).label),
}
"""What of an entry's facts is shown, and how; ids and technical words are left out."""


def facts_in_words(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The particulars of an entry, labelled; what has no words is left out."""
    for key, value in facts.items():
        if key in FACTS and isinstance(value, str | int):
            label, worded = FACTS[key]
            yield str(label), _safely(worded, value)


def facts_line(facts: Mapping[str, Any]) -> str:
    """The particulars of an entry in one line."""
    parts = [f"{label} {value}" for label, value in facts_in_words(facts)]
    return pgettext("between facts", "; ").join(parts)


def _safely(worded: Callable[[Any], object], value: Any) -> str:
    """A value that its words do not know is shown as it stands."""
    try:
        return str(worded(value))
    except ValueError:
        return str(value)


def verb_label(verb: str) -> str:
    """What was done, in words; an unknown verb as it stands."""
    return str(VERBS.get(verb, verb.replace("_", " ")))


def kind_label(kind: str) -> str:
    """What it was done to."""
    return str(KINDS.get(kind, kind))


ACCESSES: dict[str, str | Promise] = {
    "identity_number": _("Identity number and phone"),
    "roll_export": _("Roll exported"),
    "phone_number": _("Phone number"),
}


def access_label(what: str) -> str:
    """What was looked at, in words."""
    return str(ACCESSES.get(what, what.replace("_", " ")))
