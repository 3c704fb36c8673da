"""Rounds, and whether one may start."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.assignments.queries.gaps import Gap, list_gaps
from bianfang.outreach.visits.models import Round, RoundChange
from bianfang.outreach.visits.queries.checklists import list_topics
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.households.enums import LivingStatus
from bianfang.register.households.models import Household


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """What is missing before a round can start, part by part; and hints that stop nothing."""

    who: tuple[Gap, ...]
    what: tuple[str, ...]
    how: tuple[str, ...]
    otherwise: tuple[str, ...]
    hints: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.sentences

    @property
    def sentences(self) -> list[str]:
        """Everything that is missing, in the order WHO, WHAT, HOW."""
        gaps = [gap.sentence for gap in self.who]
        return [*gaps, *self.what, *self.how, *self.otherwise]


def active_round(town_id: UUID) -> Round | None:
    """The round that is going on, if there is one; there is never a second."""
    rows = Round.objects.in_town(town_id).filter(state=RoundState.ACTIVE)
    return rows.select_related("checklist").first()


def get_round(*, actor: Actor, round_id: UUID) -> Round:
    """A round with its checklist and coordinating unit."""
    rows = Round.objects.visible_to(actor).select_related("checklist", "coordinator")
    return _only(rows, round_id)


def get_round_for_update(*, actor: Actor, round_id: UUID) -> Round:
    """A round, locked."""
    rows = Round.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    return _only(rows, round_id)


def list_rounds(*, actor: Actor) -> "QuerySet[Round]":
    """All rounds of the town, the newest first, cancelled plans too."""
    rows = Round.objects.visible_to(actor).select_related("checklist", "coordinator")
    return rows.order_by("-number", "-id")


def list_round_numbers(*, town_id: UUID) -> list[int]:
    """The numbers of the rounds that have begun, in order."""
    rows = Round.objects.in_town(town_id).begun().order_by("number")
    return list(rows.values_list("number", flat=True))


def list_round_changes(*, actor: Actor, round: Round) -> "QuerySet[RoundChange]":
    """What changed in the register since the round started, the newest first."""
    rows = RoundChange.objects.visible_to(actor).filter(round=round)
    return rows.select_related("household").order_by("-id")


def round_readiness(*, actor: Actor, round: Round, day: date | None = None) -> Readiness:
    """Whether WHO, WHAT and HOW are complete, with a sentence for each thing that is missing."""
    counts = _household_counts(actor.town_id)
    return Readiness(
        who=tuple(list_gaps(actor=actor, day=day or clock.today())),
        what=tuple(_what(actor, round)),
        how=tuple(_how(round)),
        otherwise=tuple(_otherwise(round, counts["counted"])),
        hints=tuple(_hints(counts["unknown"])),
    )


def _what(actor: Actor, round: Round) -> list[str]:
    checklist = round.checklist
    if checklist is None:
        return [_("What is asked: choose a checklist.")]
    if not checklist.published_on:
        facts = {"checklist": checklist.name}
        return [_("What is asked: the checklist %(checklist)s is not published yet.") % facts]
    if not list_topics(actor=actor, checklist=checklist):
        return [
            _("What is asked: the checklist %(checklist)s is empty.")
            % {"checklist": checklist.name}
        ]
    return []


def _how(round: Round) -> list[str]:
    missing = []
    if round.coordinator is None:
        missing.append(_("How it is handled: name the unit that coordinates the handling."))
    elif round.coordinator.closed_on:
        facts = {"unit": round.coordinator.name}
        missing.append(_("How it is handled: %(unit)s was closed; name another unit.") % facts)
    if round.timed_days is None:
        missing.append(_("How it is handled: set the working days for timed handling."))
    return missing


def _otherwise(round: Round, counted: int) -> list[str]:
    missing = []
    other = active_round(round.town_id)
    if other is not None and other.id != round.id:
        missing.append(_("%(round)s is still going on; finish it first.") % {"round": other.name})
    if not counted:
        missing.append(_("There is no resident household on the register; import the roll first."))
    return missing


def _hints(unknown: int) -> list[str]:
    if not unknown:
        return []
    sentence = _(
        "Households whose living status is not known: %(count)d. They are not to be visited "
        "in this round unless their status is set before it starts."
    )
    return [sentence % {"count": unknown}]


def _household_counts(town_id: UUID) -> dict[str, int]:
    rows = Household.objects.in_town(town_id)
    unknown = rows.on_register().filter(living_status=LivingStatus.UNKNOWN)
    return {"counted": rows.counted().count(), "unknown": unknown.count()}


def _only(rows: "QuerySet[Round]", round_id: UUID) -> Round:
    found = rows.filter(id=round_id).first()
    if found is None:
        raise NotFoundError(_("There is no such round in your town."))
    return found
