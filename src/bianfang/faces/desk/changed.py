"""When somebody else was faster: what stands now beside what was typed, and a second chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.forms import ChoiceField, Form

from bianfang.faces.desk.forms.base import words_of

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
    data = {**form.data, VERSION: str(now[VERSION])}
    return type(form)(data), differences(form, now)


def differences(form: Form, now: Mapping[str, Any]) -> list[ChangedField]:
    """The typed values that are not what stands now, of the fields that `now` names."""
    return [
        ChangedField(str(field.label), _words(field, now[name]), _words(field, typed))
        for name, field in form.fields.items()
        if name in now and name != VERSION and (typed := form.cleaned_data.get(name)) != now[name]
    ]


def _words(field: Any, value: Any) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(field, ChoiceField):
        return str(words_of(field.choices).get(str(value), value))
    return str(value)
