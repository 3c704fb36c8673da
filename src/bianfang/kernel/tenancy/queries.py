"""Reads of towns; the only ones that are not inside a town."""

from django.db.models import QuerySet

from bianfang.kernel.tenancy.models import Town


def list_towns() -> "QuerySet[Town]":
    """All towns of this installation, by name."""
    return Town.objects.order_by("name", "id")


def find_town(name: str) -> Town | None:
    """The town of that name or short name, if it is here."""
    return Town.objects.filter(name=name).first() or Town.objects.filter(slug=name).first()
