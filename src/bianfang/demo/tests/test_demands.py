import re
from collections import Counter
from datetime import date, timedelta

import pytest

from bianfang.demo.demands import DemandBook, build_demands
from bianfang.demo.people import DemoHousehold, build_households
from bianfang.demo.texts.categories import CATEGORIES, CATEGORY_BY_CODE, THEMES
from bianfang.demo.texts.demands import DEMAND_TEXTS, DUPLICATE_TEXTS
from bianfang.demo.texts.measures import MEASURE_TEXTS
from bianfang.demo.timeline import Timeline, build_timeline
from bianfang.demo.town import DemoTown, build_town

Households = tuple[DemoHousehold, ...]


def test_127_demands_116_solved_and_11_carried_over(book: DemandBook) -> None:
    outcomes = Counter(demand.outcome for demand in book.demands)

    assert len(book.demands) == 127
    assert outcomes == {"solved": 116, "": 11}
    assert sum(bool(demand.carry_over_reason) for demand in book.demands) == 11


def test_routes_and_rounds_share_the_demands(book: DemandBook) -> None:
    assert Counter(demand.route for demand in book.demands) == {
        "onsite": 58,
        "timed": 52,
        "meeting": 17,
    }
    assert Counter(demand.round for demand in book.demands) == {1: 71, 2: 56}
    assert {demand.round for demand in book.demands if demand.is_open} == {1, 2}


def test_all_five_themes_and_the_taxonomy_of_the_founding_text_occur(book: DemandBook) -> None:
    themes = {demand.theme for demand in book.demands}
    categories = {demand.category for demand in book.demands}

    assert themes == {theme.code for theme in THEMES}
    assert categories >= {"employment", "medical", "education", "pension"}
    assert {demand.kind for demand in book.demands} == {"request", "problem", "suggestion"}


def test_every_demands_category_exists_and_belongs_to_its_theme(book: DemandBook) -> None:
    for demand in book.demands:
        assert CATEGORY_BY_CODE[demand.category].theme == demand.theme
    for duplicate in book.duplicates:
        assert duplicate.category in CATEGORY_BY_CODE


def test_categories_are_unique_with_both_names_and_an_existing_unit(town: DemoTown) -> None:
    units = {unit.code for unit in town.units}

    assert len({category.code for category in CATEGORIES}) == len(CATEGORIES)
    for category in CATEGORIES:
        assert category.zh
        assert category.en.isascii()
        assert category.unit in units
        assert 1 <= category.sla_days <= 30


def test_long_term_measures_are_for_places_and_in_known_hands(town: DemoTown) -> None:
    staff = {person.username for person in town.staff}

    assert {CATEGORY_BY_CODE[code].theme for code in MEASURE_TEXTS} <= {"environment", "projects"}
    assert {text.owner for text in MEASURE_TEXTS.values()} <= staff


def test_each_community_has_demands_and_they_come_from_many_hamlets(book: DemandBook) -> None:
    counted = Counter(demand.community_key for demand in book.demands)

    assert len(counted) == 12
    assert min(counted.values()) >= 7
    assert len({demand.hamlet_key for demand in book.demands}) > 50


def test_no_household_brings_two_demands(book: DemandBook) -> None:
    brought = [demand.household_number for demand in book.demands]
    brought += [duplicate.household_number for duplicate in book.duplicates]

    assert len(set(brought)) == len(brought)


def test_proposers_live_in_households_that_are_visited(
    book: DemandBook, households: Households
) -> None:
    by_number = {household.number: household for household in households}
    for demand in book.demands:
        household = by_number[demand.household_number]
        assert household.status != "vacant"
        assert demand.proposer in household.residents
        assert demand.hamlet_key == household.hamlet_key
    for duplicate in book.duplicates:
        assert duplicate.proposer in by_number[duplicate.household_number].residents


def test_calls_go_to_households_that_are_away(book: DemandBook, households: Households) -> None:
    status = {household.number: household.status for household in households}
    called = [demand for demand in book.demands if demand.mode == "phone"]

    assert len(called) >= 10
    assert {status[demand.household_number] for demand in called} == {"away"}


def test_the_story_of_the_qin_household_is_told_in_the_first_round(
    book: DemandBook, households: Households
) -> None:
    (qin,) = [household for household in households if household.story == "qin"]
    (demand,) = [demand for demand in book.demands if demand.key == "child_support_qin"]

    assert demand.household_number == qin.number
    assert demand.unit == "livelihood_center"
    assert demand.round == 1


def test_onsite_demands_end_on_the_day_they_are_heard(book: DemandBook) -> None:
    for demand in book.demands:
        if demand.route == "onsite":
            assert demand.closed_on == demand.heard_on
            assert demand.handling_days == demand.sla_days == 0
            assert not demand.is_open


def test_solved_demands_keep_their_deadline_or_had_it_moved(book: DemandBook) -> None:
    for demand in book.demands:
        if demand.handling_days is None:
            continue
        if demand.extension is None:
            assert demand.handling_days <= demand.sla_days
        else:
            granted = demand.sla_days + demand.extension.extra_days
            assert demand.sla_days < demand.handling_days <= granted


def test_a_dozen_demands_had_their_deadline_moved_in_time(book: DemandBook) -> None:
    extended = [demand for demand in book.demands if demand.extension]

    assert len(extended) == 12
    for demand in extended:
        assert demand.extension_asked_on is not None
        assert demand.closed_on is None or demand.extension_asked_on < demand.closed_on


def test_dates_follow_each_other_and_end_before_the_showing(
    book: DemandBook, timeline: Timeline
) -> None:
    rounds = {round_.number: round_ for round_ in timeline}
    for demand in book.demands:
        round_ = rounds[demand.round]
        assert round_.starts_on <= demand.heard_on <= round_.ends_on
        assert all(step.on > demand.heard_on for step in demand.steps)
        if demand.closed_on and demand.written_off_on:
            assert demand.heard_on <= demand.closed_on < demand.written_off_on < timeline.as_of
            assert all(step.on <= demand.closed_on for step in demand.steps)


def test_who_checks_or_allows_is_never_who_handles(book: DemandBook, town: DemoTown) -> None:
    units = {person.username: person.unit for person in town.staff}
    for demand in book.demands:
        assert units[demand.owner] == demand.unit
        assert demand.owner not in {demand.reviewer, demand.approver}
        assert {demand.reviewer, demand.approver, demand.registered_by} <= set(units)


def test_solved_ones_have_result_and_reply_and_open_ones_neither(book: DemandBook) -> None:
    for demand in book.demands:
        has_ended = [bool(demand.result), bool(demand.reply), bool(demand.reply_mode)]
        assert has_ended == [not demand.is_open] * 3
        assert demand.content
        assert demand.measures
        if demand.is_open:
            assert demand.satisfaction == "not_asked"


def test_not_everybody_is_satisfied_or_asked(book: DemandBook) -> None:
    rated = Counter(demand.satisfaction for demand in book.demands if not demand.is_open)

    assert set(rated) == {"satisfied", "mostly", "unsatisfied", "not_asked", "no_answer"}
    assert rated["satisfied"] > 80


def test_open_demands_name_the_half_year_that_takes_them_over(book: DemandBook) -> None:
    reasons = [demand.carry_over_reason for demand in book.demands if demand.is_open]

    assert all("下半年" in reason for reason in reasons)
    assert build_timeline(as_of=date(2026, 11, 2)).next_half == (2027, 1)


def test_duplicates_are_heard_while_the_first_is_open(book: DemandBook) -> None:
    by_key = {demand.key: demand for demand in book.demands}

    assert len(book.duplicates) == 2
    for duplicate in book.duplicates:
        first = by_key[duplicate.into]
        assert first.closed_on is not None
        assert first.heard_on < duplicate.heard_on < first.closed_on
        assert duplicate.hamlet_key == first.hamlet_key
        assert duplicate.round == first.round


def test_group_talks_are_held_everywhere_and_bring_demands(
    book: DemandBook, timeline: Timeline
) -> None:
    rounds = {round_.number: round_ for round_ in timeline}
    forums = {forum.key: forum for forum in book.forums}

    assert len(forums) == len(book.forums) == 24
    for forum in book.forums:
        assert rounds[forum.round].starts_on < forum.held_on < rounds[forum.round].ends_on
    for demand in book.demands:
        assert bool(demand.forum_key) == (demand.mode == "forum") == (demand.source == "forum")
        if demand.forum_key:
            forum = forums[demand.forum_key]
            assert (forum.held_on, forum.area_key) == (demand.heard_on, demand.community_key)
    assert sum(bool(demand.forum_key) for demand in book.demands) >= 25


def test_texts_are_distinct_whole_sentences_without_numbers_of_people() -> None:
    texts = [*DEMAND_TEXTS, *(text for text, _ in DUPLICATE_TEXTS)]

    assert len({text.key for text in texts}) == len(texts)
    assert len({text.content for text in texts}) == len(texts)
    for text in texts:
        for sentence in (text.content, text.measures, text.reply, text.explained, text.still_open):
            assert not sentence or sentence.endswith("。")
            assert not re.search(r"[0-9]{5}", sentence)
        assert 15 <= len(text.content) <= 80


def test_the_same_seed_and_day_give_the_same_book(
    town: DemoTown, households: Households, timeline: Timeline, book: DemandBook
) -> None:
    assert build_demands(town=town, households=households, timeline=timeline) == book


@pytest.mark.parametrize(
    ("shown", "seed"),
    [(date(2025, 2, 14), 353), (date(2026, 10, 8), 11), (date(2028, 2, 29), 5)],
)
def test_counts_hold_for_any_day_and_seed(shown: date, seed: int) -> None:
    timeline = build_timeline(as_of=shown)
    book = build_demands(
        town=build_town(as_of=shown, seed=seed),
        households=build_households(as_of=timeline.roll_date, seed=seed),
        timeline=timeline,
        seed=seed,
    )

    assert len(book.demands) == 127
    assert sum(demand.is_open for demand in book.demands) == 11
    written_off = [demand.written_off_on for demand in book.demands if demand.written_off_on]
    assert max(written_off) < shown
    assert min(demand.heard_on for demand in book.demands) > timeline.roll_date
    assert timeline.roll_date == shown - timedelta(days=186)
