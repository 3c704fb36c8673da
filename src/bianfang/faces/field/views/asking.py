"""What the phone asks for apart from commands: the start, natural villages, one number.

Long answers are compressed: nothing in them echoes what another site could make the phone send.
"""

from uuid import UUID

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from bianfang.faces.field import asked, bundle, places, reading, start
from bianfang.faces.field.api import Answer, FieldRequest, field_api
from bianfang.outreach.visits.actions.calling import give_number
from bianfang.register.phones.actions import note_emptied, register_phone


@gzip_page
@field_api("POST")
def begin(request: FieldRequest) -> Answer:
    """Who I am and what is asked; the phone is known from now on, by the day."""
    told = reading.read_json(request)
    phone_id = asked.key_of(told, "phone_id")
    name = told.get("phone_name")
    register_phone(
        actor=request.actor, phone_id=phone_id, name=name if isinstance(name, str) else ""
    )
    return start.prepare(request.actor, request.user)


@gzip_page
@field_api("POST")
def hamlet(request: FieldRequest, hamlet_id: UUID) -> Answer:
    """The households of one natural village, as far as the phone does not know them."""
    area = places.get_hamlet(request.actor, hamlet_id)
    known = asked.known_marks(reading.read_json(request))
    return bundle.prepare(request.actor, area, known)


@field_api("POST")
def number(request: FieldRequest) -> Answer:
    """One number for a visit by phone; the look is written down."""
    resident_id = asked.key_of(reading.read_json(request), "resident_id")
    return {"phone": give_number(actor=request.actor, resident_id=resident_id)}


@csrf_exempt
@field_api("POST", is_open=True, is_last=True)
def wiped(request: FieldRequest) -> Answer:
    """The phone says that nothing is left on it; told twice is told once.

    It needs neither sign-in nor token: whose account was closed gets no more of them, and nothing
    that is said here rests on who says it.
    """
    note_emptied(phone_id=asked.key_of(reading.read_json(request), "phone_id"))
    return {}
