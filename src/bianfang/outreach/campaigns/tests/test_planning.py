from collections.abc import Callable
from datetime import timedelta

import pytest

from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.campaigns.actions import asking, planning
from bianfang.outreach.campaigns.actions.inputs import Looks
from bianfang.outreach.campaigns.definition import Choice, Field
from bianfang.outreach.campaigns.enums import FieldKind, Subject, Verb
from bianfang.outreach.campaigns.models import Campaign, Definition
from bianfang.outreach.campaigns.queries import campaigns
from bianfang.outreach.campaigns.tests import factories
from bianfang.outreach.campaigns.workflow import CampaignState
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown

NOTE = Field(key="", label=" 说明什么 ", kind=FieldKind.TEXT)
DANGER = Field(
    key="",
    label="险情",
    kind=FieldKind.CHOICE,
    choices=(Choice(value="a", label="无"), Choice(value="b", label="有", urgent_days=1)),
)


def verbs(campaign: Campaign) -> list[str]:
    found = Entry.objects.about(town_id=campaign.town_id, kind="campaign", target_id=campaign.id)
    return sorted(entry.verb for entry in found)


def asked(town: SmallTown, campaign: Campaign) -> Definition:
    stored = campaigns.get_campaign(actor=town.clerk, campaign_id=campaign.id)
    return campaigns.get_definition(actor=town.clerk, campaign=stored)


def test_a_template_brings_questions_and_what_is_looked_at(town: SmallTown) -> None:
    campaign = factories.drafted(town, "farmland_patches")

    assert campaign.state == CampaignState.DRAFT
    assert campaign.has_spots
    assert (campaign.spot_word, campaign.size_unit) == ("图斑", "亩")
    assert [one.key for one in asked(town, campaign).fields][:2] == ["problem", "status"]
    assert verbs(campaign) == [Verb.PLANNED]


def test_a_campaign_of_ones_own_begins_without_questions(town: SmallTown) -> None:
    looks = Looks(subject=Subject.SPOT, spot_word="井", size_unit="米")

    campaign = planning.plan_campaign(actor=town.clerk, campaign=factories.plan(town), looks=looks)

    assert asked(town, campaign).fields == ()
    assert (campaign.spot_word, campaign.size_unit) == ("井", "米")
    assert str(campaign) == "燃气排查"
    assert str(asked(town, campaign)) == "v1"


def test_an_area_inside_another_one_is_not_kept_twice(town: SmallTown) -> None:
    both = (town.place.upper.id, town.place.north.id, town.place.south.id)

    campaign = factories.drafted(town, area_ids=both)

    rows = campaigns.list_areas(actor=town.clerk, campaign=campaign)
    assert [str(one) for one in rows] == [town.place.north.path, town.place.south.path]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": " "}, {"name"}),
        ({"name": "长" * 41}, {"name"}),
        ({"theme": None}, {"theme"}),
        ({"starts_on": None, "ends_on": None}, {"starts_on", "ends_on"}),
        ({"ends_on": MONDAY - timedelta(days=1)}, {"ends_on"}),
        ({"area_ids": ()}, {"areas"}),
        ({"urgent_measures": "长" * 201}, {"urgent_measures"}),
        ({"category_id": new_id()}, {"category"}),
    ],
)
def test_wrong_particulars_are_named(
    town: SmallTown, changes: dict[str, object], wrong: set[str]
) -> None:
    with pytest.raises(FieldErrors) as refused:
        factories.drafted(town, **changes)

    assert set(refused.value.errors) == wrong


@pytest.mark.parametrize(
    ("looks", "wrong"),
    [
        (Looks(subject=Subject.SPOT), {"spot_word"}),
        (Looks(subject=Subject.SPOT, spot_word="长" * 21, size_unit="长" * 11),
         {"spot_word", "size_unit"}),
    ],
)  # fmt: skip
def test_spots_need_a_word(town: SmallTown, looks: Looks, wrong: set[str]) -> None:
    with pytest.raises(FieldErrors) as refused:
        planning.plan_campaign(actor=town.clerk, campaign=factories.plan(town), looks=looks)

    assert set(refused.value.errors) == wrong


def test_changing_replaces_particulars_and_areas(town: SmallTown) -> None:
    campaign = factories.running(town)

    planning.change_campaign(
        actor=town.clerk,
        campaign_id=campaign.id,
        campaign=factories.plan(town, name="新名", area_ids=(town.place.south.id,)),
    )

    stored = campaigns.get_campaign(actor=town.clerk, campaign_id=campaign.id)
    rows = campaigns.list_areas(actor=town.clerk, campaign=stored)
    assert stored.name == "新名"
    assert [one.area_id for one in rows] == [town.place.south.id]
    assert verbs(campaign) == [Verb.CHANGED, Verb.PLANNED, Verb.STARTED]


def test_a_running_campaign_keeps_what_urgent_answers_need(town: SmallTown) -> None:
    campaign = factories.running(town)
    without = factories.plan(town, category_id=None, urgent_measures=" ")

    with pytest.raises(FieldErrors) as refused:
        planning.change_campaign(actor=town.clerk, campaign_id=campaign.id, campaign=without)

    assert set(refused.value.errors) == {"category", "urgent_measures"}


def test_a_campaign_without_urgent_answers_needs_no_category(town: SmallTown) -> None:
    campaign = factories.running(town, "living_environment", category_id=None, urgent_measures="")
    without = factories.plan(town, category_id=None, urgent_measures="")

    planning.change_campaign(actor=town.clerk, campaign_id=campaign.id, campaign=without)


def test_starting_asks_for_questions_and_for_what_is_urgent(town: SmallTown) -> None:
    empty = planning.plan_campaign(actor=town.clerk, campaign=factories.plan(town))
    careless = factories.drafted(town, category_id=None)

    for campaign in (empty, careless):
        with pytest.raises(MoveError):
            planning.start_campaign(actor=town.clerk, campaign_id=campaign.id)


def test_closing_ends_it(town: SmallTown) -> None:
    campaign = factories.running(town)

    closed = planning.close_campaign(actor=town.clerk, campaign_id=campaign.id)

    assert (closed.state, closed.closed_on) == (CampaignState.CLOSED, MONDAY)
    with pytest.raises(MoveError):
        planning.start_campaign(actor=town.clerk, campaign_id=campaign.id)


ACTS: list[Callable[[SmallTown, Campaign], object]] = [
    lambda town, one: planning.plan_campaign(actor=town.secretary, campaign=factories.plan(town)),
    lambda town, one: planning.change_campaign(
        actor=town.secretary, campaign_id=one.id, campaign=factories.plan(town)
    ),
    lambda town, one: planning.start_campaign(actor=town.secretary, campaign_id=one.id),
    lambda town, one: planning.close_campaign(actor=town.secretary, campaign_id=one.id),
    lambda town, one: asking.put_field(
        actor=town.secretary, campaign_id=one.id, field=NOTE, version=1
    ),
    lambda town, one: asking.remove_field(
        actor=town.secretary, campaign_id=one.id, key="what", version=1
    ),
]


@pytest.mark.parametrize("act", ACTS)
def test_only_the_visiting_office_keeps_campaigns(
    town: SmallTown, act: Callable[[SmallTown, Campaign], object]
) -> None:
    campaign = factories.drafted(town)

    with pytest.raises(NotAllowedError):
        act(town, campaign)


def test_of_another_town_it_does_not_exist(town: SmallTown) -> None:
    campaign = factories.drafted(town)
    other = demands.make_town("second", code="0002")

    with pytest.raises(NotFoundError):
        planning.start_campaign(actor=other.clerk, campaign_id=campaign.id)
    with pytest.raises(NotFoundError):
        campaigns.get_campaign(actor=other.clerk, campaign_id=campaign.id)


def test_questions_are_put_changed_and_taken_off_in_a_draft(town: SmallTown) -> None:
    campaign = planning.plan_campaign(actor=town.clerk, campaign=factories.plan(town))

    for label in ("一", "二"):
        asking.put_field(
            actor=town.clerk,
            campaign_id=campaign.id,
            field=Field(key="", label=label, kind=FieldKind.TEXT),
            version=1,
        )
    asking.put_field(
        actor=town.clerk,
        campaign_id=campaign.id,
        field=Field(key="q1", label=" 三 ", kind=FieldKind.TEXT),
        version=1,
    )
    asking.remove_field(actor=town.clerk, campaign_id=campaign.id, key="q2", version=1)

    assert [(one.key, one.label) for one in asked(town, campaign).fields] == [("q1", "三")]
    assert asked(town, campaign).version == 1


def test_while_it_runs_a_change_makes_a_new_version(town: SmallTown) -> None:
    campaign = factories.running(town)

    new = asking.put_field(actor=town.clerk, campaign_id=campaign.id, field=NOTE, version=1)

    old = Definition.objects.in_town(town.town.id).get(campaign=campaign, version=1)
    assert new.version == asked(town, campaign).version == 2
    assert len(new.fields) == len(old.fields) + 1
    with pytest.raises(MoveError):
        asking.put_field(actor=town.clerk, campaign_id=campaign.id, field=NOTE, version=1)


def test_an_unknown_question_is_not_changed(town: SmallTown) -> None:
    campaign = factories.drafted(town)
    strange = Field(key="else", label="别的", kind=FieldKind.TEXT)

    with pytest.raises(NotFoundError):
        asking.put_field(actor=town.clerk, campaign_id=campaign.id, field=strange, version=1)
    with pytest.raises(NotFoundError):
        asking.remove_field(actor=town.clerk, campaign_id=campaign.id, key="else", version=1)


def test_a_running_campaign_keeps_a_question_and_gets_no_urgent_one_unprepared(
    town: SmallTown,
) -> None:
    campaign = factories.running(town, "living_environment", category_id=None)
    for version, key in enumerate(("spot", "count"), start=1):
        asking.remove_field(actor=town.clerk, campaign_id=campaign.id, key=key, version=version)

    with pytest.raises(MoveError):
        asking.remove_field(actor=town.clerk, campaign_id=campaign.id, key="help", version=3)
    with pytest.raises(FieldErrors) as refused:
        asking.put_field(actor=town.clerk, campaign_id=campaign.id, field=DANGER, version=3)
    assert set(refused.value.errors) == {"choices"}
