"""A demand that no visit brought: who asks, what is asked, and whether it was settled at once."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.forms.base import DeskForm, IdChoice, LongText
from bianfang.faces.desk.forms.demands import choice
from bianfang.outreach.demands.actions.inputs import DemandInput
from bianfang.outreach.demands.enums import (
    DemandKind,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Source,
)

REGISTER, OTHER = "register", "other"
LATER = "later"
OFFICE_SOURCES = [
    (each.value, each.label) for each in Source if each not in {Source.VISIT, Source.FORUM}
]
ENDINGS = [(each.value, each.label) for each in (Outcome.SOLVED, Outcome.EXPLAINED)]


class NewDemandForm(DeskForm):
    """One form for both ways: to be handled, or said, done and answered in one go."""

    must = ("content", "category_id")
    demand_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    source = choice(
        gettext_lazy("Source"),
        Source,
        choices=OFFICE_SOURCES,
        initial=Source.WALK_IN,
        widget=forms.RadioSelect,
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Proposer"),
        choices=[
            (REGISTER, gettext_lazy("A household on the register")),
            (OTHER, gettext_lazy("Not on the register")),
        ],
        required=False,
        initial=REGISTER,
    )
    household_number = forms.CharField(
        label=gettext_lazy("Find the household"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Name, pinyin, household number, phone or identity number"),
    )
    household_id = IdChoice(gettext_lazy("Household"), required=False, widget=forms.RadioSelect)
    area_id = IdChoice(gettext_lazy("Place"), required=False)
    proposer_name = forms.CharField(
        label=gettext_lazy("Name of the proposer"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Empty means the head of the household."),
    )
    content = LongText(gettext_lazy("Demand content"), rows=3, required=False)
    category_id = IdChoice(gettext_lazy("Category"), required=False)
    route = forms.ChoiceField(
        label=gettext_lazy("Handling"),
        choices=[
            (LATER, gettext_lazy("To be handled")),
            (Route.ONSITE.value, gettext_lazy("Settled on the spot")),
        ],
        required=False,
        initial=LATER,
    )
    result = LongText(gettext_lazy("What was done"), rows=2, required=False)
    reply = LongText(gettext_lazy("What the resident was told"), rows=2, required=False)
    outcome = choice(
        gettext_lazy("How it ended"),
        Outcome,
        choices=ENDINGS,
        initial=Outcome.SOLVED,
        required=False,
        empty_value=Outcome.SOLVED,
        widget=forms.RadioSelect,
    )
    reply_mode = choice(
        gettext_lazy("How the resident was told"),
        ReplyMode,
        initial=ReplyMode.IN_PERSON,
        required=False,
        empty_value=ReplyMode.IN_PERSON,
    )
    satisfaction = choice(
        gettext_lazy("What the resident says of it"),
        Satisfaction,
        initial=Satisfaction.NOT_ASKED,
        required=False,
        empty_value=Satisfaction.NOT_ASKED,
    )
    kind = choice(
        gettext_lazy("Kind"),
        DemandKind,
        initial=DemandKind.REQUEST,
        required=False,
        empty_value=DemandKind.REQUEST,
        widget=forms.RadioSelect,
    )
    urgent = forms.BooleanField(
        label=gettext_lazy("Safety hazard, urgent"),
        required=False,
        help_text=gettext_lazy("Who is in charge and the head of the unit are told at once."),
    )
    proposer_phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Kept sealed; shown to the handlers for a reason that is kept."),
    )

    @property
    def is_other(self) -> bool:
        """Somebody who is not looked for on the register."""
        return bool(self["who"].value() == OTHER)

    @property
    def is_on_site(self) -> bool:
        """Result and reply belong to it."""
        return bool(self["route"].value() == Route.ONSITE.value)

    def clean(self) -> dict[str, Any]:
        """What was typed as a result is not thrown away silently."""
        given = super().clean() or {}
        has_ending = bool(given.get("result") or given.get("reply"))
        if has_ending and given.get("route") != Route.ONSITE:
            self.add_error(
                "route",
                _("Result or reply are filled in: choose “Settled on the spot”, or empty them."),
            )
        return given

    def to_input(self, household_id: UUID | None) -> DemandInput:
        """What was said, as the domain takes it."""
        given = self.cleaned_data
        return DemandInput(
            content=given["content"],
            category_id=given["category_id"],
            source=given["source"],
            kind=given["kind"],
            household_id=household_id,
            area_id=None if household_id else given["area_id"],
            proposer_name=given["proposer_name"],
            proposer_phone=given["proposer_phone"],
            urgent=given["urgent"],
            demand_id=given["demand_id"],
        )

    def ending(self) -> dict[str, Any]:
        """Result and reply of what was settled on the spot."""
        names = ("result", "reply", "outcome", "reply_mode", "satisfaction")
        return {name: self.cleaned_data[name] for name in names}
