from pathlib import Path

import pytest
from django.db import IntegrityError

from bianfang.kernel import storage
from bianfang.kernel.errors import FieldError, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.tests.factories import SmallTown, make_town
from bianfang.outreach.photos import policies, queries
from bianfang.outreach.photos.actions import keeping
from bianfang.outreach.photos.errors import NoPictureError, SentTwiceError
from bianfang.outreach.photos.models import Photo
from bianfang.outreach.photos.tests.factories import photo, picture, visit
from bianfang.outreach.visits.models import Visit

pytestmark = pytest.mark.django_db


def history(visit: Visit) -> list[tuple[str, str]]:
    rows = Entry.objects.in_town(visit.town_id).filter(target_id=visit.id)
    about = rows.filter(verb__startswith="photo").order_by("id")
    return list(about.values_list("verb", "reason"))


def test_a_photo_of_ones_own_visit_is_kept(town: SmallTown) -> None:
    made = visit(town).visit

    kept = photo(town.secretary, made, content=picture(size=(100, 50)))

    stored = Photo.objects.in_town(town.town.id).get(id=kept.id)
    assert (stored.width, stored.height, str(stored)) == (100, 50, "100 × 50")
    content = storage.read(stored.key)
    assert (stored.size, stored.digest) == (len(content), storage.digest_of(content))
    assert stored.key.endswith(".jpg")
    assert stored.receipt.startswith("P-")
    assert list(queries.list_of_visit(actor=town.secretary, visit_id=made.id)) == [stored]
    assert history(made) == [("photo_added", "")]


def test_nothing_says_where_or_when_a_photo_was_taken() -> None:
    assert {field.name for field in Photo._meta.get_fields()} == {
        "id", "town", "visit", "demand", "operation_id", "sent_digest", "key", "digest", "size",
        "width", "height", "added_by", "added_at", "removed_by", "removed_at",
    }  # fmt: skip


def test_a_photo_shows_the_demand_at_its_place(town: SmallTown) -> None:
    made = visit(town, demands=2)

    kept = photo(town.secretary, made.visit, place=1)

    second = made.demands[1]
    assert kept.demand_id == second.id
    assert list(queries.list_of_demand(actor=town.clerk, demand_id=second.id)) == [kept]
    assert list(queries.list_of_demand(actor=town.clerk, demand_id=made.demands[0].id)) == []


def test_a_place_without_a_demand_is_refused(town: SmallTown, files: Path) -> None:
    with pytest.raises(FieldError) as refused:
        photo(town.secretary, visit(town, demands=1).visit, place=1)

    assert refused.value.field == "demand"
    assert not files.exists()


def test_the_same_operation_keeps_one_photo(town: SmallTown, files: Path) -> None:
    made, operation = visit(town).visit, new_id()

    first = photo(town.secretary, made, operation_id=operation)
    again = photo(town.secretary, made, operation_id=operation)

    assert first.id == again.id
    assert Photo.objects.in_town(town.town.id).count() == 1
    assert len(list(files.iterdir())) == 1


def test_the_same_operation_with_other_content_is_refused(town: SmallTown) -> None:
    made, operation = visit(town, demands=1).visit, new_id()
    photo(town.secretary, made, operation_id=operation)

    with pytest.raises(SentTwiceError):
        photo(town.secretary, made, operation_id=operation, content=picture(colour="red"))
    with pytest.raises(SentTwiceError):
        photo(town.secretary, made, operation_id=operation, place=0)
    with pytest.raises(SentTwiceError):
        photo(town.secretary, visit(town).visit, operation_id=operation)


def test_a_seventh_photo_is_refused_and_a_repeat_of_the_sixth_is_not(town: SmallTown) -> None:
    made, operation = visit(town).visit, new_id()
    for _place in range(keeping.MOST_OF_A_VISIT - 1):
        photo(town.secretary, made)
    sixth = photo(town.secretary, made, operation_id=operation)

    with pytest.raises(FieldError, match="6"):
        photo(town.secretary, made)

    assert photo(town.secretary, made, operation_id=operation).id == sixth.id


@pytest.mark.parametrize("who", ["clerk", "worker", "leader"])
def test_only_who_wrote_the_visit_down_adds_photos(town: SmallTown, who: str) -> None:
    with pytest.raises(NotAllowedError):
        photo(town.actors[who], visit(town).visit)


@pytest.mark.parametrize("who", ["far_secretary", "handler", "officer"])
def test_a_visit_out_of_scope_is_not_there(town: SmallTown, who: str) -> None:
    with pytest.raises(NotFoundError):
        photo(town.actors[who], visit(town).visit)


def test_what_is_no_picture_leaves_nothing(town: SmallTown, files: Path) -> None:
    made = visit(town).visit

    with pytest.raises(NoPictureError):
        photo(town.secretary, made, content=b"no picture")

    assert Photo.objects.in_town(town.town.id).count() == 0
    assert not files.exists()


def test_a_file_without_its_row_does_not_stay(
    town: SmallTown, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(Photo, "save", refuse)

    with pytest.raises(IntegrityError):
        photo(town.secretary, visit(town).visit)

    assert list(files.iterdir()) == []


@pytest.mark.parametrize("who", ["secretary", "clerk"])
def test_a_photo_is_removed_for_a_reason(
    town: SmallTown, files: Path, who: str, django_capture_on_commit_callbacks: object
) -> None:
    made, operation = visit(town).visit, new_id()
    kept = photo(town.secretary, made, operation_id=operation)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        keeping.remove_photo(actor=town.actors[who], photo_id=kept.id, reason=" 拍到了旁人 ")

    assert list(files.iterdir()) == []
    assert list(queries.list_of_visit(actor=town.secretary, visit_id=made.id)) == []
    assert history(made) == [("photo_added", ""), ("photo_removed", "拍到了旁人")]
    assert photo(town.secretary, made, operation_id=operation).removed_at is not None
    with pytest.raises(NotFoundError):
        keeping.remove_photo(actor=town.actors[who], photo_id=kept.id, reason="再一次")


def test_a_removed_photo_makes_room(town: SmallTown) -> None:
    made = visit(town).visit
    kept = [photo(town.secretary, made) for _place in range(keeping.MOST_OF_A_VISIT)]
    keeping.remove_photo(actor=town.secretary, photo_id=kept[0].id, reason="模糊")

    assert photo(town.secretary, made).removed_at is None


def test_a_removal_needs_a_reason(town: SmallTown) -> None:
    kept = photo(town.secretary, visit(town).visit)

    for reason in ("", " 。 ", "长" * 401):
        with pytest.raises(FieldError):
            keeping.remove_photo(actor=town.secretary, photo_id=kept.id, reason=reason)


def test_nobody_else_removes_it(town: SmallTown) -> None:
    kept = photo(town.secretary, visit(town).visit)

    with pytest.raises(NotAllowedError):
        keeping.remove_photo(actor=town.worker, photo_id=kept.id, reason="不合适")
    with pytest.raises(NotFoundError):
        keeping.remove_photo(actor=town.far_secretary, photo_id=kept.id, reason="不合适")
    assert not policies.can_remove_photo(town.leader, kept)


def test_who_handles_a_demand_sees_its_photo_and_no_other_of_the_visit(town: SmallTown) -> None:
    made = visit(town, demands=1)
    of_demand = photo(town.secretary, made.visit, place=0)
    of_visit = photo(town.secretary, made.visit)
    demand = made.demands[0]
    demand.unit = town.units["civil"]
    demand.save(update_fields=["unit"])

    assert queries.get_photo(actor=town.handler, photo_id=of_demand.id) == of_demand
    with pytest.raises(NotFoundError):
        queries.get_photo(actor=town.handler, photo_id=of_visit.id)
    with pytest.raises(NotFoundError):
        queries.get_photo(actor=make_town("second", code="0002").clerk, photo_id=of_demand.id)
