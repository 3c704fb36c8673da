"""A template that names what the view did not give shows nothing and nobody notices: it fails."""

import sys
from pathlib import Path
from typing import NoReturn

from django.template import Context, engines
from django.template.backends.django import DjangoTemplates

SOURCES = str(Path(__file__).resolve().parents[2] / "src")


class UndefinedVariableError(AssertionError):
    """A template asks for a variable that is not there."""


class Undefined(str):
    """Stands where Django would print nothing; templates of other projects get their nothing."""

    __slots__ = ()

    def __mod__(self, variable: object) -> str:
        context = sys._getframe(1).f_locals.get("context")
        template = context.render_context.template if isinstance(context, Context) else None
        origin = getattr(template, "origin", None)
        if origin is not None and str(origin.name).startswith(SOURCES):
            _fail(str(origin.name), variable)
        return ""


def lay() -> None:
    """Set it on every engine."""
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            engine.engine.string_if_invalid = Undefined("%s")


def _fail(template: str, variable: object) -> NoReturn:
    msg = f"{Path(template).relative_to(SOURCES)} asks for {variable}, which is not there"
    raise UndefinedVariableError(msg)
