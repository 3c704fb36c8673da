"""The words of the journal: what each verb and each kind of thing is called."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.outreach.demands.enums import Verb as DemandVerb

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
    "town": _("Township"),
}

PAGES = {
    "staff": "staff:detail",
    "unit": "units:detail",
    "household": "households:detail",
    "rollimport": "rolls:detail",
    "checklist": "checklists:detail",
    "round": "rounds:detail",
    "visit": "visits:detail",
    "forum": "forums:detail",
    "demand": "demands:detail",
}
"""The page of a thing, where its kind has one."""

_ENUMS: tuple[type[TextChoices], ...] = (DemandVerb,)


def _labels(enums: Iterable[type[TextChoices]]) -> dict[str, str | Promise]:
    return {member.value: member.label for enum in enums for member in enum}


VERBS = _labels(_ENUMS)


def verb_label(verb: str) -> str:
    """What was done, in words; an unknown verb as it stands."""
    return str(VERBS.get(verb, verb.replace("_", " ")))


def kind_label(kind: str) -> str:
    """What it was done to."""
    return str(KINDS.get(kind, kind))


ACCESSES: dict[str, str | Promise] = {"identity_number": _("Identity number and phone")}


def access_label(what: str) -> str:
    """What was looked at, in words."""
    return str(ACCESSES.get(what, what.replace("_", " ")))
