import pytest

from bianfang.kernel.errors import FieldError, MoveError, NotAllowedError, NotFoundError
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.assignments.tests.factories import TODAY, SmallTown
from bianfang.outreach.visits.actions import checklists
from bianfang.outreach.visits.enums import TopicKind
from bianfang.outreach.visits.errors import ChecklistPublishedError
from bianfang.outreach.visits.models import Checklist
from bianfang.outreach.visits.queries import checklists as queries
from bianfang.outreach.visits.tests import factories


@pytest.fixture
def town(db: None) -> SmallTown:
    return towns.make_town()


@pytest.fixture
def draft(town: SmallTown) -> Checklist:
    return checklists.create_checklist(actor=town.clerk, name="遍访清单")


def add(town: SmallTown, checklist: Checklist, text: str) -> None:
    checklists.add_topic(actor=town.clerk, checklist_id=checklist.id, kind=TopicKind.ASK, text=text)


def texts(town: SmallTown, checklist: Checklist) -> list[str]:
    topics = queries.list_topics(actor=town.clerk, checklist=checklist)
    return [topic.text for topic in topics]


def test_a_checklist_begins_as_version_one_without_topics(
    town: SmallTown, draft: Checklist
) -> None:
    assert (draft.version, draft.published_on, texts(town, draft)) == (1, None, [])
    assert str(draft) == "遍访清单 v1"


@pytest.mark.parametrize("name", [" ", "清" * 61, "遍访清单"])
def test_a_checklist_has_a_short_name_of_its_own(
    town: SmallTown, draft: Checklist, name: str
) -> None:
    with pytest.raises(FieldError) as refused:
        checklists.create_checklist(actor=town.clerk, name=name)

    assert refused.value.field == "name"
    assert draft.name == "遍访清单"


def test_topics_come_in_the_order_they_were_put(town: SmallTown, draft: Checklist) -> None:
    add(town, draft, "就业")
    add(town, draft, "养老")

    assert texts(town, draft) == ["就业", "养老"]


def test_a_topic_can_be_changed_and_taken_off_before_publication(
    town: SmallTown, draft: Checklist
) -> None:
    add(town, draft, "就业")
    add(town, draft, "养老")
    first, second = queries.list_topics(actor=town.clerk, checklist=draft)

    checklists.edit_topic(
        actor=town.clerk, topic_id=second.id, kind=TopicKind.EXPLAIN, text="养老保障", hint="问社保"
    )
    checklists.remove_topic(actor=town.clerk, topic_id=first.id)
    add(town, draft, "燃气")

    assert texts(town, draft) == ["养老保障", "燃气"]
    assert queries.get_topic(actor=town.clerk, topic_id=second.id).hint == "问社保"


@pytest.mark.parametrize(
    ("text", "hint", "field"),
    [(" ", "", "text"), ("题" * 61, "", "text"), ("题", "提" * 201, "hint")],
)
def test_a_topic_is_a_short_line(
    town: SmallTown, draft: Checklist, text: str, hint: str, field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        checklists.add_topic(
            actor=town.clerk, checklist_id=draft.id, kind=TopicKind.ASK, text=text, hint=hint
        )

    assert refused.value.field == field


def test_a_checklist_stays_short(town: SmallTown, draft: Checklist) -> None:
    for number in range(checklists.LONGEST):
        add(town, draft, f"题{number}")

    with pytest.raises(FieldError, match=f"{checklists.LONGEST}"):
        add(town, draft, "再一题")


def test_an_empty_checklist_is_not_published(town: SmallTown, draft: Checklist) -> None:
    with pytest.raises(MoveError):
        checklists.publish_checklist(actor=town.clerk, checklist_id=draft.id)


def test_a_published_checklist_never_changes(town: SmallTown) -> None:
    published = factories.make_checklist(town)
    topic = queries.list_topics(actor=town.clerk, checklist=published)[0]

    assert published.published_on == TODAY
    with pytest.raises(ChecklistPublishedError):
        add(town, published, "再一题")
    with pytest.raises(ChecklistPublishedError):
        checklists.edit_intro(actor=town.clerk, checklist_id=published.id, intro="改")
    with pytest.raises(ChecklistPublishedError):
        checklists.edit_topic(
            actor=town.clerk, topic_id=topic.id, kind=TopicKind.ASK, text="改", hint=""
        )
    with pytest.raises(ChecklistPublishedError):
        checklists.remove_topic(actor=town.clerk, topic_id=topic.id)
    with pytest.raises(ChecklistPublishedError):
        checklists.publish_checklist(actor=town.clerk, checklist_id=published.id)


def test_a_new_version_copies_intro_and_topics_and_can_be_changed(town: SmallTown) -> None:
    published = factories.make_checklist(town)

    new = checklists.new_version(actor=town.clerk, checklist_id=published.id)
    checklists.edit_intro(actor=town.clerk, checklist_id=new.id, intro=" 打扰了 ")
    add(town, new, "反诈")

    assert (new.name, new.version, new.published_on) == (published.name, 2, None)
    assert texts(town, new) == [*texts(town, published), "反诈"]
    fresh = queries.get_checklist(actor=town.clerk, checklist_id=new.id)
    assert fresh.intro == "打扰了"


def test_only_one_version_is_in_work_at_a_time(town: SmallTown) -> None:
    published = factories.make_checklist(town)
    checklists.new_version(actor=town.clerk, checklist_id=published.id)

    with pytest.raises(MoveError):
        checklists.new_version(actor=town.clerk, checklist_id=published.id)


def test_checklists_are_listed_with_the_newest_version_first(town: SmallTown) -> None:
    published = factories.make_checklist(town)
    checklists.new_version(actor=town.clerk, checklist_id=published.id)

    rows = queries.list_checklists(actor=town.clerk)

    assert [row.version for row in rows] == [2, 1]


def test_checklists_are_the_visiting_offices(town: SmallTown, draft: Checklist) -> None:
    worker = town.actors["worker"]

    with pytest.raises(NotAllowedError):
        checklists.create_checklist(actor=worker, name="另一份")
    with pytest.raises(NotAllowedError):
        checklists.new_version(actor=worker, checklist_id=draft.id)
    with pytest.raises(NotAllowedError):
        checklists.publish_checklist(actor=worker, checklist_id=draft.id)


def test_checklists_of_another_town_do_not_exist(town: SmallTown) -> None:
    published = factories.make_checklist(town)
    topic = queries.list_topics(actor=town.clerk, checklist=published)[0]
    other = towns.make_town("second")

    with pytest.raises(NotFoundError):
        queries.get_checklist(actor=other.clerk, checklist_id=published.id)
    with pytest.raises(NotFoundError):
        queries.get_topic(actor=other.clerk, topic_id=topic.id)
