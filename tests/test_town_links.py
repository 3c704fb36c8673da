from uuid import UUID

import pytest
from django.db import IntegrityError, connection, models, transaction

from bianfang.kernel.numbering.models import Series
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import Town
from bianfang.register.people.models import Post, Staff
from tests.rows import make_linked, make_row, town_links

LINKS = town_links()


def make_town(slug: str) -> Town:
    return Town.objects.create(name=f"town {slug}", slug=slug)


@pytest.mark.django_db
@pytest.mark.parametrize("link", LINKS, ids=str)
def test_no_link_leads_into_another_town(link: TownForeignKey) -> None:
    here, there = make_town("here"), make_town("there")
    row, stranger = make_linked(link, here), make_linked(link, there)
    rows: models.QuerySet[models.Model] = models.QuerySet(link.model)
    rows = rows.filter(town=here, pk=row.pk)

    connection.check_constraints()
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        point_at(rows, link, getattr(stranger, link.attname))


def point_at(rows: "models.QuerySet[models.Model]", link: TownForeignKey, target: UUID) -> None:
    """PostgreSQL refuses the statement, SQLite the commit: both are asked here."""
    with transaction.atomic():
        rows.update(**{link.attname: target})
        connection.check_constraints()


def test_the_house_has_links_to_try() -> None:
    assert {"households", "visits", "demands"} <= {link.model._meta.app_label for link in LINKS}


@pytest.mark.django_db(transaction=True)
def test_a_commit_with_a_link_into_another_town_is_refused() -> None:
    here, there = make_town("here"), make_town("there")
    post, stranger = make_row(Post, here), make_row(Staff, there)

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.in_town(here.id).filter(id=post.id).update(staff=stranger)


@pytest.mark.django_db
def test_reading_a_link_names_the_town() -> None:
    here = make_town("here")
    post = Post.objects.in_town(here.id).get(id=make_row(Post, here).id)

    assert post.staff.town_id == here.id
    assert Series.objects.in_town(here.id).count() == 0
