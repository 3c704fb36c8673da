"""What a resident says of the handling: noted by somebody, or by the code on the receipt slip.

Nobody is asked to say anything, and nobody is reminded of it.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import MoveError
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import answers, checks, reopening
from bianfang.outreach.demands.enums import CONTENT, ConfirmWay, Satisfaction
from bianfang.outreach.demands.errors import TooManyCodesError
from bianfang.outreach.demands.models import Confirmation, Demand, WrongCode
from bianfang.outreach.demands.queries import confirmations, one
from bianfang.outreach.demands.queries.confirmations import Coded
from bianfang.outreach.demands.workflow import ANSWERED, DemandState

MOST_WRONG = 10
"""Wrong codes from one place in an hour."""
MOST_WRONG_ALONE = 200
"""Wrong codes without a person of the staff, in the whole town, in an hour."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@transaction.atomic
def note_answer(
    *,
    actor: Actor,
    demand_id: UUID,
    answer: Satisfaction | None,
    way: ConfirmWay | None,
    word: str = "",
) -> Confirmation:
    """Note what a resident says of what was answered, or why there is no word of his.

    Not satisfied with what was written off asks for its reopening. A proposer whose demand was
    merged speaks of the original; that counts in no figure.
    """
    demand, original = one.get_with_original(actor=actor, demand_id=demand_id)
    policies.check_can_note_answer(actor, demand, original, way)
    errors: checks.Errors = {}
    if way is ConfirmWay.CODE:
        errors["way"] = _("A code is typed in where codes are taken.")
    checks.refuse_if(errors | _answer_errors(answer, way, word))
    assert answer is not None
    return _confirm(actor, Coded(demand=demand, about=original or demand), answer, way, word)


@transaction.atomic
def find_by_code(*, actor: Actor, code: str, source: str = "") -> Coded | None:
    """The demand to which a code leads, whoever's area it lies in: the code is the key.

    None where it leads nowhere; that is counted, which a refusal would undo. `source` names where
    it was typed, for who is no person of the staff.
    """
    policies.check_can_take_codes(actor)
    place = str(actor.staff_id) if actor.staff_id else source
    _refuse_guessing(actor, place)
    found = confirmations.find_coded(town_id=actor.town_id, typed=code)
    if found is None and confirmations.is_whole_code(code):
        rows = WrongCode.objects.in_town(actor.town_id)
        rows.filter(at__lt=clock.now() - DAY).delete()
        rows.create(town_id=actor.town_id, at=clock.now(), source=place)
    return found


@transaction.atomic
def confirm_by_code(
    *,
    actor: Actor,
    code: str,
    answer: Satisfaction | None,
    word: str = "",
    source: str = "",
) -> Confirmation | None:
    """Keep what the holder of a code says; None where the code leads nowhere (`find_by_code`)."""
    found = find_by_code(actor=actor, code=code, source=source)
    if found is None:
        return None
    checks.refuse_if(_answer_errors(answer, ConfirmWay.CODE, word))
    assert answer is not None
    return _confirm(actor, found, answer, ConfirmWay.CODE, word)


def _confirm(
    actor: Actor, coded: Coded, answer: Satisfaction, way: ConfirmWay | None, word: str
) -> Confirmation:
    about = confirmations.lock(coded.about)
    demand = about if coded.demand.id == about.id else coded.demand
    if DemandState(about.state) not in ANSWERED:
        raise MoveError(_("It has not been answered yet; there is nothing to say of it."))
    made = answers.new_answer(actor, demand, about, answer, way, word)
    answers.keep_answer(actor, made)
    if answer is Satisfaction.UNSATISFIED and about.state == DemandState.WRITTEN_OFF:
        reopening.raise_request(actor, made)
    elif answer in CONTENT:
        _take_back(actor, demand, about)
    return made


def _take_back(actor: Actor, demand: Demand, about: Demand) -> None:
    """Whoever asked for reopening and is satisfied after all no longer asks for it."""
    waiting = confirmations.find_open_request(actor=actor, demand=about)
    if waiting and waiting.confirmation.demand_id == demand.id:
        reopening.settle_request(actor, about)


def _answer_errors(answer: Satisfaction | None, way: ConfirmWay | None, word: str) -> checks.Errors:
    errors = checks.too_long(word=(word, answers.MOST_WORDS))
    needs_why = answer is Satisfaction.NOT_ASKED
    sentences: dict[str, tuple[bool, Promise]] = {
        "answer": (answer is None, _("Choose what the resident says.")),
        "way": (way is None and not needs_why, _("Choose how the word came.")),
        "word": (needs_why and not word.strip(), _("Say why nobody was asked.")),
    }
    return errors | {name: words for name, (is_wrong, words) in sentences.items() if is_wrong}


def _refuse_guessing(actor: Actor, place: str) -> None:
    """Few wrong codes from one place; of those that nobody of the staff types, few in all."""
    rows = WrongCode.objects.in_town(actor.town_id).filter(at__gte=clock.now() - HOUR)
    if rows.filter(source=place).count() >= MOST_WRONG:
        raise TooManyCodesError
    if actor.is_system and rows.count() >= MOST_WRONG_ALONE:
        raise TooManyCodesError
