"""The filter bar of demands, and what it asks the list for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.addresses import AREA
from bianfang.faces.desk.area_choice import chosen_range
from bianfang.faces.desk.filters import DayFilter, FilterForm, Kept, OptionField, SearchField
from bianfang.faces.desk.forms.demand_rows import categories_offered
from bianfang.faces.desk.forms.offers import Groups
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import SORT
from bianfang.outreach.demands.enums import (
    DemandKind,
    DemandSort,
    Outcome,
    Route,
    Source,
    StateGroup,
    Theme,
)
from bianfang.outreach.demands.queries import categories
from bianfang.outreach.demands.queries.lists import DemandFilter, sorts_for
from bianfang.outreach.visits.queries import rounds
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission

GROUP, SIZE = "group", "size"
URGENT_FIRST = frozenset(
    {
        StateGroup.OPEN,
        StateGroup.HANDLING,
        StateGroup.DUE_THIS_WEEK,
        StateGroup.OVERDUE,
        StateGroup.CARRIED_OVER,
    }
)
"""Groups that are read by their deadlines unless another order is asked for."""


class DemandFilterForm(FilterForm):
    """Which demands; what is rarely asked for is folded away."""

    MORE = ("route", "source", "kind", "outcome", "round", "since", "until")

    text = SearchField(_("Number, words, proposer"))
    theme = OptionField(_("Theme"), Theme.choices)
    category = OptionField(_("Category"), ())
    unit = OptionField(_("Leading unit"), ())
    mine = forms.BooleanField(label=_("I am in charge"))
    route = OptionField(_("Handling"), Route.choices)
    source = OptionField(_("Source"), Source.choices)
    kind = OptionField(_("Kind"), DemandKind.choices)
    outcome = OptionField(_("Outcome"), Outcome.choices)
    round = OptionField(_("Round"), ())
    since = DayFilter(_("Registered from"))
    until = DayFilter(_("Registered to"))

    def __init__(self, request: DeskRequest) -> None:
        super().__init__(request)
        self._offer_categories(request)
        self._offer("unit", ((one.id, one.name) for one in people.list_units(actor=request.actor)))
        begun = rounds.list_rounds(actor=request.actor)
        self._offer("round", ((one.id, one.name) for one in begun))
        self.full_clean()

    @property
    def kept(self) -> list[Kept]:
        """The tab and the area, which filtering does not change; the order has its own control."""
        pairs = [(name, self.request.GET.get(name, "")) for name in (AREA, GROUP, SIZE)]
        return [Kept(name, value) for name, value in pairs if value]

    @property
    def first_fields(self) -> list[BoundField]:
        """What stands in the bar, before the order and the tick box."""
        return [self[name] for name in self.fields if name not in {*self.MORE, "mine"}]

    @property
    def mine_field(self) -> BoundField:
        """The tick box."""
        return self["mine"]

    @property
    def more_fields(self) -> list[BoundField]:
        """What is folded away."""
        return [self[name] for name in self.MORE]

    @property
    def is_open(self) -> bool:
        """Whether something folded away is in force."""
        return any(self.value(name) for name in self.MORE)

    @property
    def group(self) -> StateGroup:
        """The tab; what is still open unless another is asked for."""
        asked = self.request.GET.get(GROUP, "")
        return StateGroup(asked) if asked in StateGroup.values else StateGroup.OPEN

    @property
    def sort(self) -> DemandSort:
        """The order asked for if it fits the tab, else the usual one of the tab."""
        asked = self.request.GET.get(SORT, "")
        if asked in DemandSort.values and DemandSort(asked) in sorts_for(self.group):
            return DemandSort(asked)
        return DemandSort.DUE if self.group in URGENT_FIRST else DemandSort.NEWEST

    @property
    def sorts(self) -> list[tuple[str, str | Promise, bool]]:
        """The orders of this tab: value, words, whether it is in force."""
        return [(one.value, one.label, one is self.sort) for one in sorts_for(self.group)]

    @property
    def theme_chosen(self) -> Theme | None:
        """The theme whose page this is."""
        return Theme(self.value("theme")) if self.value("theme") else None

    def wanted(self, request: DeskRequest) -> DemandFilter:
        """What the list is narrowed to, in the chosen area."""
        route, source, kind, outcome = map(self.value, ("route", "source", "kind", "outcome"))
        return DemandFilter(
            group=self.group,
            theme=self.theme_chosen,
            category_id=self._id("category"),
            route=Route(route) if route else None,
            source=Source(source) if source else None,
            kind=DemandKind(kind) if kind else None,
            outcome=Outcome(outcome) if outcome else None,
            area=chosen_range(request, request.actor, Permission.VIEW_DEMANDS),
            unit_id=self._id("unit"),
            owner_id=request.actor.staff_id if self.value("mine") else None,
            round_id=self._id("round"),
            text=self.value("text"),
            registered_from=self.value("since") or None,
            registered_to=self.value("until") or None,
        )

    def _id(self, name: str) -> UUID | None:
        value = self.value(name)
        return UUID(value) if value else None

    def _offer(self, name: str, pairs: Iterable[tuple[UUID, str]]) -> None:
        self._add(name, [(str(key), text) for key, text in pairs])

    def _offer_categories(self, request: DeskRequest) -> None:
        """Under their themes; only those of the chosen theme on its page."""
        theme = self.theme_chosen
        found = categories.list_by_theme(actor=request.actor)
        groups: Groups = categories_offered({theme: found[theme]} if theme else found)
        listed = [(title, [(str(key), text) for key, text in pairs]) for title, pairs in groups]
        self._add("category", listed)

    def _add(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, OptionField)
        first: Any = field.choices
        field.choices = [*first, *choices]
