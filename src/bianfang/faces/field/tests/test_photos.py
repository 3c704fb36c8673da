from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from bianfang.faces.field.tests.factories import Phone
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.photos.actions.pictures import MOST_BYTES
from bianfang.outreach.photos.models import Photo
from bianfang.outreach.photos.tests.factories import picture, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> None:
    settings.BIANFANG_UPLOADS = tmp_path


def send(phone: Phone, fields: Mapping[str, object], content: bytes = b"") -> Any:
    file = SimpleUploadedFile("photo.jpg", content or picture(), content_type="image/jpeg")
    form = {"operation_id": new_id(), "demand": "", "file": file, **fields}
    return phone.client.post("/field/api/photos/", form)


def test_a_photo_is_accepted_with_a_receipt(town: SmallTown, phone: Phone) -> None:
    made = visit(town, demands=1)
    operation = new_id()

    answer = send(phone, {"operation_id": operation, "visit_id": made.visit.id, "demand": "0"})

    (kept,) = Photo.objects.in_town(town.town.id)
    assert (answer.status_code, answer.json()) == (
        200,
        {"id": str(operation), "state": "accepted", "receipt": kept.receipt},
    )
    assert kept.demand_id == made.demands[0].id
    assert answer["Cache-Control"] == "no-store"


def test_a_repeat_gets_the_same_answer(town: SmallTown, phone: Phone) -> None:
    same = {"operation_id": new_id(), "visit_id": visit(town).visit.id}

    assert send(phone, same).json() == send(phone, same).json()
    assert Photo.objects.in_town(town.town.id).count() == 1


def test_other_content_under_the_same_operation_is_different(town: SmallTown, phone: Phone) -> None:
    same = {"operation_id": new_id(), "visit_id": visit(town).visit.id}
    send(phone, same)

    answer = send(phone, same, picture(colour="red"))

    assert (answer.status_code, answer.json()) == (409, {"code": "different"})


def test_what_is_no_picture_is_rejected_with_a_sentence(town: SmallTown, phone: Phone) -> None:
    made = visit(town).visit

    no_picture = send(phone, {"visit_id": made.id}, b"no picture")
    no_demand = send(phone, {"visit_id": made.id, "demand": "3"})

    assert (no_picture.status_code, no_picture.json()["state"]) == (200, "rejected")
    assert list(no_picture.json()["errors"]) == [""]
    assert list(no_demand.json()["errors"]) == ["demand"]


def test_a_visit_of_others_and_one_out_of_scope(town: SmallTown) -> None:
    made = visit(town).visit

    assert send(Phone(town, "worker"), {"visit_id": made.id}).status_code == 403
    assert send(Phone(town, "far_secretary"), {"visit_id": made.id}).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"operation_id": "x"},
        {"visit_id": "x"},
        {"demand": "-1"},
        {"demand": "²"},
        {"demand": "100"},
    ],
)
def test_what_cannot_be_understood_is_named(
    town: SmallTown, phone: Phone, wrong: dict[str, str]
) -> None:
    answer = send(phone, {"visit_id": visit(town).visit.id, **wrong})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_photo_without_its_file(town: SmallTown, phone: Phone) -> None:
    form = {"operation_id": new_id(), "visit_id": visit(town).visit.id, "demand": ""}

    assert phone.client.post("/field/api/photos/", form).status_code == 400


def test_too_much_is_not_even_read(town: SmallTown, phone: Phone) -> None:
    answer = send(phone, {"visit_id": visit(town).visit.id}, b"\0" * (MOST_BYTES + 200_000))

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
