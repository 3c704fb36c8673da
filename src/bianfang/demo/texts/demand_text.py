"""The shape of one demand's wording, from its first words to its reply."""

from dataclasses import dataclass
from typing import Literal

DemandKind = Literal["request", "problem", "suggestion"]
VisitMode = Literal["day", "evening", "phone", "forum"]
Route = Literal["onsite", "timed", "meeting"]
Satisfaction = Literal["not_asked", "satisfied", "mostly", "unsatisfied", "no_answer"]
# Who could believably ask; "qin" is the household of the founding text.
Proposer = Literal[
    "any",
    "elder",
    "elder_alone",
    "elder_couple",
    "migrant",
    "dibao",
    "disabled",
    "parent",
    "one_parent",
    "grandparents",
    "farmer",
    "family",
    "qin",
]

# Besides a unit's code: the committees of the proposer's own village, the office of the community.
OWN_VILLAGE = "village"
OWN_COMMUNITY = "community"


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionText:
    """Why a deadline moves, by how many working days, and what the resident is told."""

    reason: str
    told: str
    extra_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandText:
    """One demand; without a reply it is still open, and `still_open` says why.

    An empty unit means the category's own unit, or the village's committees when settled on site.
    """

    key: str
    category: str
    kind: DemandKind
    mode: VisitMode
    route: Route
    content: str
    measures: str
    proposer: Proposer = "any"
    unit: str = ""
    explained: str = ""
    extension: ExtensionText | None = None
    days: int = 0  # working days from hearing to solution
    reply: str = ""
    satisfaction: Satisfaction = "not_asked"
    still_open: str = ""  # "{half}" stands for the half-year whose list takes it over
