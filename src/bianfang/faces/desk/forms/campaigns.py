"""Campaigns: what they are, what they ask, spots, answers; leaflets."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.forms.base import DayField, DeskForm, IdChoice, LongText, Parts, dress
from bianfang.faces.desk.forms.demands import choice
from bianfang.faces.desk.forms.offers import Groups, Later, Pairs, offer, offer_grouped
from bianfang.faces.desk.forms.visits import Ticks
from bianfang.outreach.campaigns.actions.inputs import (
    CampaignInput,
    FindingInput,
    LeafletInput,
    Looks,
    SpotInput,
)
from bianfang.outreach.campaigns.definition import MOST_CHOICES, Choice, Field
from bianfang.outreach.campaigns.enums import FieldKind, Subject
from bianfang.outreach.campaigns.models import Campaign, Definition
from bianfang.outreach.demands.enums import Theme


class CampaignForm(DeskForm):
    """A campaign without its questions."""

    must = ("name", "theme", "starts_on", "ends_on", "areas")
    parts: ClassVar[Parts] = (
        (_("The campaign"), ("name", "theme", "starts_on", "ends_on", "purpose", "areas")),
        (_("What it looks at"), ("subject", "spot_word", "size_unit")),
        (_("Where an answer is urgent"), ("category_id", "urgent_measures")),
    )

    name = forms.CharField(label=_("Name"), max_length=40, required=False)
    theme = choice(_("Theme"), Theme, required=False, empty_value=None)
    starts_on = DayField(_("Starts on"), required=False)
    ends_on = DayField(_("Ends on"), required=False)
    purpose = LongText(
        _("What it is for"), rows=2, required=False, help_text=_("Visitors read it above the list.")
    )
    areas = Ticks(_("Areas it covers"))
    subject = choice(
        _("Looks at"), Subject, initial=Subject.HOUSEHOLD, widget=forms.RadioSelect, required=False,
        empty_value=Subject.HOUSEHOLD,
    )  # fmt: skip
    spot_word = forms.CharField(
        label=_("What a spot is called"),
        max_length=20,
        required=False,
        help_text=_("Only for numbered spots."),
    )
    size_unit = forms.CharField(
        label=_("Unit of the size"),
        max_length=10,
        required=False,
        help_text=_("Only where spots have a size."),
    )
    category_id = IdChoice(_("Category of its demands"), required=False)
    urgent_measures = forms.CharField(
        label=_("To be done at once"),
        max_length=200,
        required=False,
        help_text=_("Stands as measures in each urgent demand."),
    )

    def __init__(self, *args: Any, areas: Pairs, categories: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticks = self.fields["areas"]
        assert isinstance(ticks, Ticks)
        ticks.offer(areas)
        offer_grouped(self, "category_id", categories)

    def keep_looks(self) -> None:
        """What it looks at is settled."""
        for name in ("subject", "spot_word", "size_unit"):
            del self.fields[name]

    def to_input(self) -> CampaignInput:
        """The particulars as the domain takes them."""
        given = self.cleaned_data
        return CampaignInput(
            name=given["name"],
            theme=given["theme"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            area_ids=tuple(given["areas"]),
            purpose=given["purpose"],
            category_id=given["category_id"],
            urgent_measures=given["urgent_measures"],
        )

    def looks(self) -> Looks | None:
        """What it looks at; None where a template says so."""
        given = self.cleaned_data
        if "subject" not in given:
            return None
        return Looks(
            subject=given["subject"], spot_word=given["spot_word"], size_unit=given["size_unit"]
        )


def first_values(campaign: Campaign, area_ids: Iterable[UUID]) -> dict[str, Any]:
    """A stored campaign as the form begins with it."""
    return {
        "name": campaign.name,
        "theme": campaign.theme,
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
        "purpose": campaign.purpose,
        "areas": [str(key) for key in area_ids],
        "category_id": campaign.category_id,
        "urgent_measures": campaign.urgent_measures,
    }


class QuestionForm(DeskForm):
    """One question; of the answers of a list as many lines as a list may have."""

    must = ("label",)

    version = forms.IntegerField(widget=forms.HiddenInput)
    label = forms.CharField(label=_("Question"), max_length=60, required=False)
    kind = choice(_("Answer"), FieldKind, initial=FieldKind.CHOICE, widget=forms.RadioSelect)
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    unit = forms.CharField(
        label=_("Unit"), max_length=10, required=False, help_text=_("For numbers.")
    )
    places = forms.IntegerField(
        label=_("Decimals"), required=False, initial=2, help_text=_("For numbers with decimals.")
    )
    is_status = forms.BooleanField(
        label=_("Spots are listed and counted by this answer"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(MOST_CHOICES):
            number = {"number": place + 1}
            self.fields[f"choice_{place}"] = forms.CharField(
                label=_("Answer %(number)d") % number, max_length=40, required=False
            )
            self.fields[f"urgent_{place}"] = forms.IntegerField(
                label=_("Urgent within working days"), required=False
            )
            self.fields[f"recheck_{place}"] = forms.IntegerField(
                label=_("Another look after days"), required=False
            )
            self.fields[f"done_{place}"] = forms.BooleanField(
                label=_("Nothing left to do"), required=False
            )

        for lines in self.choice_lines:
            for one in lines:
                dress(one.field)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What every question has."""
        names = ("label", "kind", "required", "unit", "places", "is_status")
        return [self[name] for name in names]

    @property
    def choice_lines(self) -> list[list[forms.BoundField]]:
        """The answers of a list, a line each."""
        parts = ("choice", "urgent", "recheck", "done")
        return [[self[f"{part}_{place}"] for part in parts] for place in range(MOST_CHOICES)]

    def to_field(self, old: Field | None) -> Field:
        """The question as the domain takes it; an answer that stays in its line keeps its value."""
        given = self.cleaned_data
        field = Field(
            key=old.key if old else "",
            label=given["label"].strip(),
            kind=given["kind"],
            required=given["required"],
            places=2 if given["places"] is None else given["places"],
            unit=given["unit"].strip(),
            is_status=given["is_status"],
            choices=self._choices(old) if given["kind"] is FieldKind.CHOICE else (),
        )
        same_words = old is not None and old.label == field.label
        return replace(field, label_en=old.label_en) if old and same_words else field

    def _choices(self, old: Field | None) -> tuple[Choice, ...]:
        given, before = self.cleaned_data, old.choices if old else ()
        taken = {one.value for one in before}
        found = []
        for place in range(MOST_CHOICES):
            label = given[f"choice_{place}"].strip()
            if not label:
                continue
            known = before[place] if place < len(before) else None
            value = known.value if known else _free(taken)
            taken.add(value)
            found.append(
                Choice(
                    value=value,
                    label=label,
                    label_en=known.label_en if known and known.label == label else "",
                    urgent_days=given[f"urgent_{place}"],
                    recheck_days=given[f"recheck_{place}"],
                    done=given[f"done_{place}"],
                )
            )
        return tuple(found)


def _free(taken: set[str]) -> str:
    return next(value for number in range(1, 99) if (value := f"c{number}") not in taken)


def question_values(field: Field | None, version: int) -> dict[str, Any]:
    """A stored question as the form begins with it."""
    values: dict[str, Any] = {"version": version}
    if field is None:
        return values
    for name in ("label", "kind", "required", "unit", "places", "is_status"):
        values[name] = getattr(field, name)
    for place, one in enumerate(field.choices):
        values |= {
            f"choice_{place}": one.label,
            f"urgent_{place}": one.urgent_days,
            f"recheck_{place}": one.recheck_days,
            f"done_{place}": one.done,
        }
    return values


class SpotForm(DeskForm):
    """One spot."""

    must = ("number", "area_id")

    number = forms.CharField(label=_("Number"), max_length=30, required=False)
    area_id = IdChoice(_("Village or natural village"), required=False)
    place = forms.CharField(label=_("Where it lies"), max_length=120, required=False)
    size = forms.DecimalField(label=_("Size"), required=False, max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, areas: Pairs | Later, size_unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area_id", areas)
        if size_unit:
            self.fields["size"].help_text = size_unit

    def to_input(self) -> SpotInput:
        """The spot as the domain takes it."""
        return SpotInput(**self.cleaned_data)


class SpotsFileForm(DeskForm):
    """An office's workbook of spots."""

    file = forms.FileField(
        label=_("Workbook"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("An .xlsx file in the form of the template; a known number is updated."),
    )


class FindingForm(DeskForm):
    """The questions of one version, as its definition says; nothing has to be filled in."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        asked: Definition,
        spot_word: str = "",
        spots: Pairs | Later | None = None,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"version": asked.version, **(initial or {})}
        super().__init__(*args, **kwargs)
        if spots is not None:
            self.fields["spot"] = IdChoice(spot_word, required=False)
            offer(self, "spot", spots)
        self._asked: Sequence[Field] = asked.fields
        for one in asked.fields:
            self.fields[one.key] = _control(one)

    @property
    def visible(self) -> list[forms.BoundField]:
        """What is drawn, in the order of the questions."""
        return [self[name] for name in self.fields if name != "version"]

    def answers(self) -> dict[str, str]:
        """What was answered, as texts."""
        given = self.cleaned_data
        texts = {one.key: str(given.get(one.key) or "").strip() for one in self._asked}
        return {key: text for key, text in texts.items() if text}

    @property
    def is_empty(self) -> bool:
        """Nothing was answered and no spot chosen."""
        return not self.answers() and not self.cleaned_data.get("spot")

    def to_input(self, campaign: Campaign) -> FindingInput:
        """The answers as the domain takes them, with the version that was looked at."""
        return FindingInput(
            campaign_id=campaign.id,
            version=self.cleaned_data["version"] or 0,
            answers=self.answers(),
            spot_id=self.cleaned_data.get("spot"),
        )


def _control(asked: Field) -> forms.Field:
    label = f"{asked.name} ({asked.unit})" if asked.unit else asked.name
    common: dict[str, Any] = {"label": label, "required": False}
    if asked.kind is FieldKind.CHOICE:
        choices = [("", "—"), *((one.value, one.name) for one in asked.choices)]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    if asked.kind is FieldKind.DAY:
        return DayField(**common)
    mode = {FieldKind.WHOLE: "numeric", FieldKind.DECIMAL: "decimal"}.get(asked.kind, "text")
    widget = forms.TextInput(attrs={"inputmode": mode})
    return forms.CharField(max_length=120, widget=widget, **common)


class LeafletForm(DeskForm):
    """What is shown to residents on a topic."""

    must = ("topic", "title", "body", "source", "valid_from")

    topic = forms.CharField(
        label=_("Topic"),
        max_length=60,
        required=False,
        help_text=_("In the words of the checklist, so that the visit form links to it."),
        widget=forms.TextInput(attrs={"list": "topics", "autocomplete": "off"}),
    )
    title = forms.CharField(label=_("Heading"), max_length=60, required=False)
    body = LongText(
        _("Text"),
        rows=12,
        required=False,
        help_text=_("A paragraph a line. A line with 问: is a question, one with 答: its answer."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=120, required=False, help_text=_("The rule it follows.")
    )
    valid_from = DayField(_("In force from"), required=False)
    valid_to = DayField(_("In force until"), required=False)

    def to_input(self) -> LeafletInput:
        """The leaflet as the domain takes it."""
        return LeafletInput(**self.cleaned_data)
