"""Filter bars: a GET form that only parses, and a chip for each filter in force."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.addresses import AREA, same_page
from bianfang.faces.desk.forms.base import words_of
from bianfang.faces.desk.tables import SORT

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; its link takes it away."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of the query string that the form must carry along."""

    name: str
    value: str


class FilterForm(forms.Form):
    """Base of all filter bars: unknown values are ignored, never an error page."""

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request.GET or None, auto_id="filter_%s", **kwargs)
        self.request = request
        for field in self.fields.values():
            field.required = False
            _dress(field)
        self.is_valid()

    def value(self, name: str) -> Any:
        """What is asked for, None or "" where nothing is."""
        return getattr(self, "cleaned_data", {}).get(name) or ""

    @property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return [
            Chip(f"{field.label}: {_shown(field, value)}", same_page(self.request, **{name: None}))
            for name, field in self.fields.items()
            if (value := self.value(name))
        ]

    @property
    def kept(self) -> list[Kept]:
        """Sorting and area, which filtering does not change."""
        pairs = [(name, self.request.GET.get(name, "")) for name in (AREA, SORT)]
        return [Kept(name, value) for name, value in pairs if value]

    @property
    def reset_href(self) -> str:
        """The list without any filter."""
        return same_page(self.request, **dict.fromkeys(self.fields))


class SearchField(forms.CharField):
    """The search box of a list."""

    def __init__(self, placeholder: str | Promise) -> None:
        widget = forms.TextInput(attrs={"type": "search", "placeholder": placeholder})
        super().__init__(label=_("Search"), widget=widget, max_length=60)


class OptionField(forms.ChoiceField):
    """A choice of which none need be made; its first line names what is chosen."""

    def __init__(self, label: Any, choices: Any) -> None:
        super().__init__(label=label, choices=[("", _all_of(label)), *choices])


class DayFilter(forms.DateField):
    """A day of a period, of a year with which can be reckoned."""

    def __init__(self, label: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "title": label})
        bounds = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
        super().__init__(label=label, widget=widget, input_formats=["%Y-%m-%d"], validators=bounds)


def _all_of(label: str | Promise) -> str | Promise:
    return _AnyOf(label)


class _AnyOf(Promise):
    """The line of a filter that does not filter, in the language of the reader."""

    def __init__(self, label: str | Promise) -> None:
        self._label = label

    def __str__(self) -> str:
        return str(_("%(filter)s: all")) % {"filter": self._label}


def _dress(field: forms.Field) -> None:
    widget = field.widget
    widget.attrs.setdefault("aria-label", field.label)
    if isinstance(widget, forms.CheckboxInput):
        widget.attrs["class"] = "form-check-input"
    elif isinstance(widget, forms.Select):
        widget.attrs["class"] = "form-select"
    else:
        widget.attrs["class"] = "form-control"
    if isinstance(field, SearchField):
        widget.attrs["data-bf-search"] = ""


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(words_of(choices).get(value, value))
    if isinstance(field, forms.BooleanField):
        return str(_("yes"))
    return str(value)
