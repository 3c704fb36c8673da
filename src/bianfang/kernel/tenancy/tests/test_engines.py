from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.core.checks import Error
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import Town, TownModel, TownQuerySet, town_key

pytestmark = pytest.mark.django_db(transaction=True)


class Well(TownModel):
    """A throw-away table that others link to."""

    name = models.CharField(max_length=10)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        app_label = "not_installed"
        db_table = "tenancy_test_well"
        constraints: ClassVar = [town_key("test_well")]

    def __str__(self) -> str:
        return self.name


class Bucket(TownModel):
    """Links to a well from its making on; a second link is added later."""

    well = TownForeignKey(Well, null=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        app_label = "not_installed"
        db_table = "tenancy_test_bucket"

    def __str__(self) -> str:
        return str(self.pk)


@pytest.fixture
def towns() -> Iterator[tuple[Town, Town]]:
    with connection.schema_editor() as editor:
        editor.create_model(Well)
        editor.create_model(Bucket)
    yield tuple(Town.objects.create(slug=slug) for slug in ("here", "there"))  # type: ignore[misc]  # two towns
    with connection.schema_editor() as editor:
        editor.delete_model(Bucket)
        editor.delete_model(Well)


def added_link(**options: Any) -> TownForeignKey:
    field = TownForeignKey(Well, null=True, **options)
    field.set_attributes_from_name("spare")
    field.model = Bucket
    return field


def raw_id(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex


def set_spare(bucket: Bucket, well: Well) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_test_bucket SET spare_id = %s WHERE id = %s",
            [raw_id(well.id), raw_id(bucket.id)],
        )


def test_a_link_of_a_new_table_stays_in_its_town(towns: tuple[Town, Town]) -> None:
    here, there = towns
    near, far = (Well.objects.create(town=town, name=town.slug) for town in towns)

    Bucket.objects.create(town=here, well=near)
    Bucket.objects.create(town=there, well=far)
    with pytest.raises(IntegrityError):
        Bucket.objects.create(town=here, well=far)
    with pytest.raises(IntegrityError):
        Bucket.objects.create(town=here, well_id=new_id())


def test_a_link_added_later_stays_in_its_town_and_keeps_the_rows(
    towns: tuple[Town, Town],
) -> None:
    here, _there = towns
    near, far = (Well.objects.create(town=town, name=town.slug) for town in towns)
    bucket = Bucket.objects.create(town=here, well=near)

    with connection.schema_editor() as editor:
        editor.add_field(Bucket, added_link())

    set_spare(bucket, near)
    with pytest.raises(IntegrityError):
        set_spare(bucket, far)
    with pytest.raises(IntegrityError):
        Bucket.objects.create(town=here, well=far)
    assert Bucket.objects.in_town(here.id).get().well_id == near.id


def test_a_link_without_a_constraint_is_left_without_one(towns: tuple[Town, Town]) -> None:
    here, _there = towns
    far = Well.objects.create(town=towns[1], name="far")
    bucket = Bucket.objects.create(town=here)

    with connection.schema_editor() as editor:
        editor.add_field(Bucket, added_link(db_constraint=False))

    set_spare(bucket, far)


def test_what_is_linked_to_cannot_be_deleted(towns: tuple[Town, Town]) -> None:
    well = Well.objects.create(town=towns[0], name="deep")
    Bucket.objects.create(town=towns[0], well=well)

    with pytest.raises(IntegrityError):
        well.delete()
    with pytest.raises(IntegrityError):
        Well.objects.in_town(towns[0].id).delete()
    assert Well.objects.in_town(towns[0].id).exists()


def test_reading_a_link_and_joining_over_it_name_the_town(towns: tuple[Town, Town]) -> None:
    here, _there = towns
    near = Well.objects.create(town=here, name="near")
    Bucket.objects.create(town=here, well=near)
    rows = Bucket.objects.in_town(here.id)

    joined = rows.filter(well__name="near").select_related("well")

    assert str(joined.query).count('."town_id" = ') == 2
    assert joined.get().well == rows.get().well == near


def test_a_row_never_leaves_its_town(towns: tuple[Town, Town]) -> None:
    here, there = towns
    well = Well.objects.create(town=here, name="near")
    well.town, well.name = there, "far"

    with pytest.raises(DatabaseError):
        well.save(force_update=True)

    stored = Well.objects.in_town(here.id).get()
    assert stored.name == "near"
    with pytest.raises(Well.DoesNotExist):
        well.refresh_from_db()


def test_rows_of_several_towns_are_updated_and_deleted_by_town(towns: tuple[Town, Town]) -> None:
    near, far = (Well.objects.create(town=town, name="old") for town in towns)
    near.name, far.name = "near", "far"

    assert Well.objects.bulk_update([near, far], ["name"]) == 2
    assert near.delete() == (1, {"not_installed.Well": 1})
    assert not Well.objects.in_town(near.town_id).exists()
    assert Well.objects.in_town(far.town_id).get().name == "far"


def test_a_link_to_a_table_without_its_town_key_is_found_by_the_check() -> None:
    class Loose(TownModel):
        class Meta:
            app_label = "not_installed"

        def __str__(self) -> str:
            return "loose"

    class Tied(TownModel):
        loose = TownForeignKey(Loose)
        well = TownForeignKey(Well)

        class Meta:
            app_label = "not_installed"

        def __str__(self) -> str:
            return "tied"

    found = [problem for field in Tied._meta.local_fields for problem in field.check()]

    ours = [problem for problem in found if str(problem.id).startswith("bianfang.")]
    assert [type(problem) for problem in ours] == [Error]
    assert "Loose needs UniqueConstraint" in ours[0].msg
