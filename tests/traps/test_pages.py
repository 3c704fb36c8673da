from pathlib import Path

import pytest
from django.template import Context, Engine, Origin, Template, engines
from django.template.backends.django import DjangoTemplates

from tests.traps.pages import SOURCES, UndefinedVariableError


def page(source: str, *, folder: str = SOURCES) -> Template:
    name = str(Path(folder) / "bianfang" / "page.html")
    return Template(source, origin=Origin(name, template_name="page.html"), engine=_engine())


def _engine() -> Engine:
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    return backend.engine


@pytest.mark.parametrize("asked", ["{{ missing }}", "{{ row.missing }}", "{{ missing|upper }}"])
def test_a_variable_that_is_not_there_fails_and_is_named(asked: str) -> None:
    with pytest.raises(UndefinedVariableError, match=r"bianfang/page.html asks for .*missing"):
        page(asked).render(Context({"row": object()}))


def test_a_variable_that_is_there_is_shown_even_when_empty() -> None:
    assert page("<{{ name }}{{ none }}>").render(Context({"name": "", "none": None})) == "<None>"


def test_a_condition_may_ask_whether_a_variable_is_there() -> None:
    assert page("{% if missing %}yes{% else %}no{% endif %}").render(Context()) == "no"


def test_templates_of_other_projects_are_left_alone() -> None:
    assert page("<{{ missing }}>", folder="elsewhere").render(Context()) == "<>"
