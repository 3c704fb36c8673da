"""Demands inside the form of a visit or group talk: as many rows as needed, empty ones ignored."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DeskForm, IdChoice, LongText
from bianfang.faces.desk.forms.offers import Groups, Later, Pairs, offer, offer_grouped
from bianfang.outreach.demands.actions.drafts import AnyInput
from bianfang.outreach.demands.actions.inputs import DemandInput, OnsiteInput
from bianfang.outreach.demands.enums import (
    DemandKind,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Theme,
)
from bianfang.outreach.demands.models import Category

ROWS = "demand-rows"
MOST = 12
LATER = "later"
SUGGESTED = {route.value: route for route in (Route.TIMED, Route.MEETING)}
"""What whoever writes it down may think right; accepting it decides."""


class DemandRow(DeskForm):
    """One demand: what is asked, its category, and whether it was settled on the spot."""

    content = LongText(_("Demand content"), rows=2, required=False)
    category = IdChoice(_("Category"), required=False)
    route = forms.ChoiceField(
        label=_("Handling"),
        choices=[
            (LATER, _("To be decided")),
            (Route.TIMED.value, Route.TIMED.label),
            (Route.MEETING.value, Route.MEETING.label),
            (Route.ONSITE.value, _("Settled on the spot")),
        ],
        widget=forms.RadioSelect,
        initial=LATER,
        required=False,
    )
    resident = IdChoice(_("Who asks"), required=False)
    kind = forms.TypedChoiceField(
        label=_("Kind"),
        choices=DemandKind.choices,
        coerce=DemandKind,
        empty_value=DemandKind.REQUEST,
        initial=DemandKind.REQUEST,
        required=False,
    )
    urgent = forms.BooleanField(label=_("Safety hazard, urgent"), required=False)
    outcome = forms.TypedChoiceField(
        label=_("How it ended"),
        choices=[(one.value, one.label) for one in (Outcome.SOLVED, Outcome.EXPLAINED)],
        coerce=Outcome,
        empty_value=Outcome.SOLVED,
        initial=Outcome.SOLVED,
        required=False,
    )
    result = LongText(_("What was done"), rows=2, required=False)
    reply = LongText(_("What the resident was told"), rows=2, required=False)
    reply_mode = forms.TypedChoiceField(
        label=_("Told"),
        choices=ReplyMode.choices,
        coerce=ReplyMode,
        empty_value=ReplyMode.IN_PERSON,
        initial=ReplyMode.IN_PERSON,
        required=False,
    )
    satisfaction = forms.TypedChoiceField(
        label=_("What the resident says of it"),
        choices=Satisfaction.choices,
        coerce=Satisfaction,
        empty_value=Satisfaction.NOT_ASKED,
        initial=Satisfaction.NOT_ASKED,
        required=False,
    )

    alike: Sequence[object] | None = None
    """Earlier demands that may be the same, where they were looked for."""

    def __init__(
        self, *args: Any, categories: Groups, people: Pairs | Later, asked_by: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_grouped(self, "category", categories)
        offer(self, "resident", people)
        self.fields["resident"].label = asked_by

    @property
    def is_onsite(self) -> bool:
        """Whether the fields of a result are shown open."""
        return bool(self["route"].value() == Route.ONSITE.value)

    @property
    def anchor(self) -> str:
        """Where the row stands on the page."""
        return f"demand-{int(str(self.prefix).rpartition('-')[2]) + 1}"

    @property
    def trigger(self) -> str:
        """What lets the page look for the same: words, a little later, or the category."""
        words, kind = self["content"].id_for_label, self["category"].id_for_label
        return f"input delay:700ms from:#{words}, change from:#{kind}"

    @property
    def is_empty(self) -> bool:
        """Nothing was said and nothing was done."""
        given = self.cleaned_data
        return not any(given.get(name) for name in ("content", "category", "result", "reply"))

    def to_input(self, **more: UUID | None) -> AnyInput:
        """What the row tells, as the domain takes it."""
        given = self.cleaned_data
        demand = DemandInput(
            content=given["content"],
            category_id=given["category"],
            kind=given["kind"],
            urgent=given["urgent"],
            suggested_route=SUGGESTED.get(given["route"]),
            **{"resident_id": given["resident"], **more},
        )
        if given["route"] != Route.ONSITE:
            return demand
        return OnsiteInput(
            demand=demand,
            result=given["result"],
            reply=given["reply"],
            outcome=given["outcome"],
            reply_mode=given["reply_mode"],
            satisfaction=given["satisfaction"],
        )


def prefix(place: int) -> str:
    """The beginning of the names in one row."""
    return f"demands-{place}"


def row_count(data: QueryDict) -> int:
    """How many rows were sent."""
    sent = data.get(ROWS, "1")
    return min(int(sent), MOST) if sent.isascii() and sent.isdigit() else 1


def typed(data: QueryDict, *, before: str = "") -> dict[str, Any]:
    """What was sent so far, as initial values: a form that is only made longer shows no errors."""
    start = f"{before}-" if before else ""
    return {
        key.removeprefix(start): values if len(values) > 1 else values[0]
        for key, values in data.lists()
        if key.startswith(start) and values
    }


def refuse_rows(
    form: forms.Form,
    rows: Sequence[DemandRow],
    errors: Mapping[str, str | Promise],
    names: Mapping[str, str] | None = None,
) -> None:
    """Put each sentence beside its field: of the form, or of the demand that it names."""
    for key, sentence in errors.items():
        target, name = _target(form, rows, key)
        name = (names or {}).get(name, name)
        target.add_error(name if name in target.fields else None, str(sentence))


def _target(form: forms.Form, rows: Sequence[DemandRow], key: str) -> tuple[forms.Form, str]:
    parts = key.split("-", 2)
    if len(parts) == 3 and parts[0] == "demands" and parts[1].isdigit():
        return rows[int(parts[1])], parts[2]
    return form, key


def categories_offered(by_theme: Mapping[Theme, Iterable[Category]]) -> Groups:
    """The categories under their themes, in the reader's language."""
    is_english = get_language() == "en"
    return [
        (theme.label, [(one.id, one.name_en if is_english else one.name) for one in found])
        for theme, found in by_theme.items()
    ]
