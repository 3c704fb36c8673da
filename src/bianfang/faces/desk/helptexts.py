"""Which help page belongs to which pages."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GENERAL = "start"


@dataclass(frozen=True, slots=True)
class Section:
    """A help page: its name in the address, its title, the namespaces of the pages it explains."""

    name: str
    title: str | Promise
    namespaces: tuple[str, ...]


SECTIONS = (
    Section(GENERAL, _("Finding your way"), ("desk", "help")),
    Section("areas", _("Areas"), ("areas",)),
    Section("people", _("Units, staff, posts"), ("units", "staff")),
    Section("households", _("Households and residents"), ("households", "residents")),
    Section("rolls", _("Roll import"), ("rolls",)),
    Section("assignments", _("Who visits"), ("assignments",)),
    Section(
        "visits",
        _("Rounds and visits"),
        ("visits", "rounds", "checklists", "forums", "sheets", "campaigns", "leaflets"),
    ),
    Section(
        "demands",
        _("Demands"),
        (
            "demands",
            "meetings",
            "halfyear",
            "categories",
            "recurring",
            "measures",
            "lookbacks",
            "confirmations",
        ),
    ),
    Section("ledger", _("The ledger and the two lists"), ("ledger",)),
    Section("calendar", _("Work calendar"), ("calendar",)),
    Section("journal", _("Journal and access log"), ("journal",)),
    Section("account", _("Sign-in and password"), ("account",)),
)
_BY_NAME = {section.name: section for section in SECTIONS}
_BY_NAMESPACE = {space: section.name for section in SECTIONS for space in section.namespaces}


def section_of(namespace: str) -> str:
    """The help page of the pages in a namespace."""
    return _BY_NAMESPACE.get(namespace, GENERAL)


def find_section(name: str) -> Section | None:
    """The help page of that name, if there is one."""
    return _BY_NAME.get(name)
