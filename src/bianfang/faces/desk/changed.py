"""When somebody else was faster: what stands now beside what was typed, and a second chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.forms import ChoiceField, Form

F = TypeVar("F", bound=Form)
VERSION = "version"


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field whose present value is not the typed one."""

    label: str
    now: str
    typed: str


def show_what_changed(form: F, now: Mapping[str, Any]) -> tuple[F, list[ChangedField]]:
    """The form again with all that was typed, saving over the present version; the differences."""
    differing = [
        ChangedField(str(field.label), _words(field, now[name]), _words(field, typed))
        for name, field in form.fields.items()
        if name != VERSION and (typed := form.cleaned_data.get(name)) != now[name]
    ]
    data = {**form.data, VERSION: str(now[VERSION])}
    return type(form)(data), differing


def _words(field: Any, value: Any) -> str:
    if isinstance(field, ChoiceField):
        choices: Any = field.choices
        words = dict(choices)
        return str(words.get(value, value))
    return "—" if value in (None, "") else str(value)
