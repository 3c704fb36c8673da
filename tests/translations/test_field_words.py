"""The phone page speaks the server's words for its codes, in both languages."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db.models import TextChoices
from django.utils import translation

from bianfang.kernel.codes.people_codes import Relation
from bianfang.outreach.campaigns.enums import FieldKind
from bianfang.outreach.demands.enums import (
    DemandKind,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Theme,
)
from bianfang.outreach.visits.enums import TargetOutcome, TopicKind, VisitMode, VisitOutcome
from bianfang.register.households.enums import ContactTime, LivingStatus, Priority

FIELD = Path(__file__).resolve().parents[2] / "frontend/field"
WORDS = FIELD / "src/ui/words/enums.json"
START = FIELD / "tests/examples/start.json"
CODES: dict[str, Iterable[TextChoices]] = {
    "mode": (VisitMode.DAY, VisitMode.EVENING, VisitMode.PHONE),
    "outcome": VisitOutcome,
    "standing": TargetOutcome,
    "living_status": LivingStatus,
    "contact_time": ContactTime,
    "priority": Priority,
    "relation": Relation,
    "route": Route,
    "theme": Theme,
    "kind": DemandKind,
    "ending": (Outcome.SOLVED, Outcome.EXPLAINED),
    "reply_mode": ReplyMode,
    "satisfaction": Satisfaction,
}


def test_the_example_of_the_start_has_every_kind_of_question_and_topic() -> None:
    """It is what the phone's own tests read: a kind that is missing there would be refused."""
    start = json.loads(START.read_text("utf-8"))

    asked = {field["kind"] for one in start["campaigns"] for field in one["fields"]}
    assert asked == set(FieldKind.values)
    assert {topic["kind"] for topic in start["topics"]} == set(TopicKind.values)


def test_no_kind_of_code_is_missing_or_unknown() -> None:
    assert set(json.loads(WORDS.read_text("utf-8"))) == set(CODES)


@pytest.mark.parametrize(("language", "key"), [("zh-hans", "zh"), ("en", "en")])
@pytest.mark.parametrize("kind", CODES)
def test_codes_have_the_words_of_the_server(kind: str, language: str, key: str) -> None:
    spoken = json.loads(WORDS.read_text("utf-8"))[kind]

    with translation.override(language):
        expected = {each.value: str(each.label) for each in CODES[kind]}

    assert {code: words[key] for code, words in spoken.items()} == expected
