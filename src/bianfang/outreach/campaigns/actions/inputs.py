"""What forms, files and other packages hand in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from bianfang.outreach.campaigns.enums import Subject
from bianfang.outreach.demands.enums import Theme


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignInput:
    """A campaign as it is planned, without its questions."""

    name: str
    theme: Theme | None
    starts_on: date | None
    ends_on: date | None
    area_ids: tuple[UUID, ...]
    purpose: str = ""
    category_id: UUID | None = None
    urgent_measures: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looks:
    """What a campaign looks at; settled when it is planned."""

    subject: Subject = Subject.HOUSEHOLD
    spot_word: str = ""
    size_unit: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotInput:
    """A spot as it is written down."""

    number: str
    area_id: UUID | None
    place: str = ""
    size: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingInput:
    """Answers to the questions of one version, as texts; `spot_id` where spots are looked at."""

    campaign_id: UUID
    version: int
    answers: Mapping[str, str] = field(default_factory=dict)
    spot_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LeafletInput:
    """A leaflet as it is written down."""

    topic: str
    title: str
    body: str
    source: str
    valid_from: date | None
    valid_to: date | None = None
