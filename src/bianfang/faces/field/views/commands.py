"""What the phone brings home, and what it asks after a server came back from a backup."""

from bianfang.faces.field import batch, reading
from bianfang.faces.field.api import Answer, FieldRequest, Refusal, bad_request, field_api
from bianfang.kernel import clock
from bianfang.kernel.operations import queries as operations
from bianfang.outreach.campaigns.actions import fieldwork

MOST_ASKED = 5_000


@field_api("POST")
def commands(request: FieldRequest) -> Answer:
    """Carry out each command once and answer all in the order sent."""
    sent = batch.read_batch(reading.read_json(request))
    if sent.person_id != request.actor.staff_id:
        raise Refusal(403, "other_person")
    good = [one.visit for one in sent.commands if one.visit]
    done = iter(fieldwork.take_visits(actor=request.actor, commands=good))
    last = sent.last_accepted
    return {
        "time": clock.local(clock.now()).isoformat(timespec="seconds"),
        "is_last_known": last is None
        or operations.is_known(actor=request.actor, operation_id=last),
        "answers": [
            batch.write_answer(one, next(done) if one.visit else None) for one in sent.commands
        ],
    }


@field_api("POST")
def known(request: FieldRequest) -> Answer:
    """Which of the person's own accepted commands the server does not know."""
    with reading.Part(reading.read_json(request)) as asked:
        ids = asked.keys("ids", most=MOST_ASKED)
    if asked.errors:
        raise bad_request(next(iter(asked.errors.values())))
    missing = operations.list_missing(actor=request.actor, ids=ids)
    return {"missing": [str(one) for one in missing]}
