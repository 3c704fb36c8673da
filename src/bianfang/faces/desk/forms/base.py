"""What all forms share: the look of their controls, their parts, common kinds of field."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise

Parts = tuple[tuple[str | Promise, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under a heading."""

    title: str | Promise
    fields: list[BoundField]


class DeskForm(forms.Form):
    """Base of all forms that write. `parts` groups fields; what it leaves out comes first.

    `must` names fields that are marked as compulsory although the domain, not the form, asks.
    """

    parts: ClassVar[Parts] = ()
    must: ClassVar[tuple[str, ...]] = ()

    @property
    def sections(self) -> list[Section]:
        """The fields in their parts."""
        grouped = {name for _title, names in self.parts for name in names}
        loose = [self[name] for name in self.fields if name not in grouped]
        named = [
            Section(title, [self[name] for name in names if name in self.fields])
            for title, names in self.parts
        ]
        return [Section("", loose), *[section for section in named if section.fields]]


class DayField(forms.DateField):
    """A calendar day, picked or typed as 2026-11-24, 2026/11/24 or 2026年11月24日."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"]
        super().__init__(label=label, widget=widget, input_formats=formats, **kwargs)


class LongText(forms.CharField):
    """Several lines of text."""

    def __init__(self, label: Any, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class IdChoice(forms.TypedChoiceField):
    """One of the things offered, by its id; None where nothing is chosen."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, coerce=UUID, empty_value=None, **kwargs)

    def offer(self, things: Any, *, nothing: str | Promise = "—") -> None:
        """Set what can be chosen, now or when it is asked for: pairs of an id and a text."""
        if callable(things):
            self.choices = lambda: _offered(things(), nothing)
        else:
            self.choices = _offered(things, nothing)


def _offered(things: Any, nothing: str | Promise) -> list[tuple[str, Any]]:
    return [("", nothing), *((str(key), text) for key, text in things)]


def dress(field: forms.Field) -> None:
    """Give a control the classes of the style sheet."""
    widget = field.widget
    if field.label and widget.attrs.get("placeholder") == field.label:
        del widget.attrs["placeholder"]
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return
    if isinstance(widget, forms.CheckboxInput):
        widget.attrs["class"] = "form-check-input"
    elif isinstance(widget, forms.Select):
        widget.attrs["class"] = "form-select"
    else:
        widget.attrs["class"] = "form-control"


def words_of(choices: Any) -> dict[str, Any]:
    """The word for each value, of plain choices and of those under headings."""
    words: dict[str, Any] = {}
    for key, text in choices:
        words |= dict(text) if isinstance(text, list | tuple) else {key: text}
    return words
