"""What a request that is not as it should be gets: status, code, sentence; never an error."""

import json
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import reverse

from bianfang.faces.field import api, reading
from bianfang.faces.field.tests.factories import BACKEND, Phone
from bianfang.kernel.errors import DomainError, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.visits.models import Visit

JSON = "application/json"
POSTS = ("commands", "known")


@pytest.mark.parametrize("name", POSTS)
def test_who_is_not_signed_in_is_told_so_and_not_led_to_a_page(name: str, db: None) -> None:
    answer = Client().post(reverse(f"field:{name}"), "{}", content_type=JSON)

    assert (answer.status_code, answer.json()) == (401, {"code": "sign_in"})


def test_the_token_needs_no_sign_in_and_opens_the_way(town: SmallTown) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get(reverse("field:csrf")).json()["signed_in"] is False
    client.force_login(town.staff["secretary"], backend=BACKEND)

    without = client.post(reverse("field:known"), '{"ids": []}', content_type=JSON)
    told = client.get(reverse("field:csrf"))
    given = client.post(
        reverse("field:known"),
        '{"ids": []}',
        content_type=JSON,
        headers={"X-CSRFToken": told.json()["csrf"]},
    )

    assert (without.status_code, without.json()) == (403, {"code": "csrf"})
    assert told.json()["signed_in"] is True
    assert told["Cache-Control"] == "no-store"
    assert (given.status_code, given.json()) == (200, {"missing": []})


def test_at_the_desk_a_missing_token_is_still_a_page(town: SmallTown) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.staff["secretary"], backend=BACKEND)

    answer = client.post(reverse("households:find"), {"number": "1"})

    assert answer.status_code == 403
    assert "<html" in answer.content.decode()


def test_another_method_is_refused(phone: Phone) -> None:
    answer = phone.client.get(reverse("field:commands"))

    assert (answer.status_code, answer.json()["code"]) == (405, "bad_request")


def test_records_of_another_person_are_not_taken(town: SmallTown, phone: Phone) -> None:
    other = Phone(town, "worker")
    batch = other.batch(other.command())

    answer = phone.post("commands", batch)

    assert (answer.status_code, answer.json()) == (403, {"code": "other_person"})
    assert Visit.objects.in_town(town.town.id).count() == 0


BROKEN = {
    "nothing": b"",
    "no JSON": b"{",
    "no object": b"[1]",
    "no UTF-8": b'{"ids": ["\xff"]}',
    "a well of brackets": b"[" * 100_000,
    "deep": b'{"ids": [' + b"[" * 20 + b"]" * 20 + b"]}",
    "a NUL sign": b'{"ids": ["\\u0000"]}',
    "a NUL sign in a name": b'{"\\u0000": 1}',
    "a raw NUL sign": b'{"ids": ["\x00"]}',
    "half a pair": b'{"ids": ["\\ud800"]}',
    "no number": b'{"ids": NaN}',
    "a number without end": b'{"ids": 1e999}',
    "an endless whole number": b'{"ids": ' + b"9" * 5_000 + b"}",
    "no list": b'{"ids": 5}',
    "no ids": b'{"ids": ["x"]}',
    "an unknown field": b'{"ids": [], "more": 1}',
    "a missing field": b"{}",
}


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_whatever_is_sent_gets_a_sentence(body: bytes, name: str, phone: Phone) -> None:
    answer = phone.post(name, body)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert answer.json()["message"]


def test_signs_beyond_the_first_plane_are_text_like_any_other(phone: Phone) -> None:
    """As `json.dumps` writes them: two halves that belong together."""
    answer = phone.post("commands", phone.batch(phone.command(note="𠮷家"))).json()

    assert answer["answers"][0]["state"] == "accepted"


def test_only_json_is_read(phone: Phone) -> None:
    for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "x"):
        answer = phone.client.post(reverse("field:known"), b"{}", content_type=kind)

        assert answer.status_code == 400


def test_what_is_too_large_is_to_be_sent_in_parts(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = phone.post("commands", phone.batch(*[{}] * 201))
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000)
    long = phone.post("known", {"ids": [str(new_id())] * 50})

    assert [(one.status_code, one.json()["code"]) for one in (many, long)] == [
        (413, "too_large")
    ] * 2


def test_a_body_beyond_what_django_takes_is_too_large_as_well(phone: Phone, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    answer = phone.post("known", {"ids": [str(new_id())]})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("frame", "named"),
    [
        ({"person_id": "x"}, "person_id"),
        ({"phone_id": None}, "phone_id"),
        ({"last_accepted": 5}, "last_accepted"),
        ({"commands": {}}, "commands"),
        ({"commands": [5]}, "commands-0"),
        ({"commands": [{"id": "x"}]}, "commands-0-id"),
        ({"more": 1}, "more"),
    ],
)
def test_a_frame_that_cannot_be_answered_one_by_one_is_refused_whole(
    frame: dict[str, Any], named: str, town: SmallTown, phone: Phone
) -> None:
    answer = phone.post("commands", {**phone.batch(phone.command()), **frame})

    assert answer.status_code == 400
    assert answer.json()["message"].startswith(f"{named}: ")
    assert Visit.objects.in_town(town.town.id).count() == 0


def test_an_empty_batch_is_answered(phone: Phone) -> None:
    told = phone.send()

    assert told["answers"] == []
    assert told["is_last_known"] is True
    assert told["time"].endswith("+08:00")


def test_what_lies_out_of_scope_or_is_not_mine_has_its_status() -> None:
    told = [
        json.loads(api.refused(api._as_refusal(error)).content)
        for error in (
            NotFoundError("a"),
            NotAllowedError("b"),
            DomainError("c"),
            SuspiciousOperation(),
        )
    ]

    assert told.pop()["code"] == "bad_request"
    assert told == [
        {"code": "not_found", "message": "a"},
        {"code": "not_allowed", "message": "b"},
        {"code": "bad_request", "message": "c"},
    ]
