"""Addresses of the ledger and the two lists."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.views.decorators.http import require_POST

from bianfang.faces.desk.views import ledger
from bianfang.mechanisms.ledger.enums import ListKind


class ListKindConverter:
    """The name of a list in an address."""

    regex = "|".join(ListKind.values)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(ListKindConverter, "list_kind")

ledger_urls: list[URLPattern | URLResolver] = [
    path("visits/", ledger.visit_ledger, name="visits"),
    path("demands/", ledger.demand_list, name="demands"),
    path("closed/", ledger.closed_list, name="closed"),
    path("<list_kind:kind>/paper/", ledger.paper, name="paper"),
    path("<list_kind:kind>/export/", require_POST(ledger.export), name="export"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("ledger/", include((ledger_urls, "ledger")))]
