from collections import Counter

from bianfang.demo.demands import DemandBook
from bianfang.demo.people import TO_BE_VISITED, DemoHousehold
from bianfang.demo.texts.topics import TOPICS
from bianfang.demo.timeline import Timeline
from bianfang.demo.town import DemoTown
from bianfang.demo.visits import DemoVisit, is_in_hardship, plan_visits

Households = tuple[DemoHousehold, ...]
Visits = tuple[DemoVisit, ...]

SETTLING = {"met", "declined"}


def test_every_household_is_settled_once_in_each_round(
    visits: Visits, households: Households
) -> None:
    due = {household.number for household in households if household.status != "vacant"}
    for number in (1, 2):
        settled = [
            visit.household_number
            for visit in visits
            if visit.round == number and visit.outcome in SETTLING
        ]
        assert len(settled) == TO_BE_VISITED
        assert set(settled) == due


def test_an_attempt_in_vain_comes_before_the_visit(visits: Visits) -> None:
    settled = {
        (visit.round, visit.household_number): visit.on
        for visit in visits
        if visit.outcome in SETTLING
    }
    attempts = [visit for visit in visits if visit.outcome not in SETTLING]

    assert len(attempts) > 500
    for visit in attempts:
        assert visit.on < settled[visit.round, visit.household_number]
        assert not visit.topics
        assert not visit.respondent


def test_migrant_households_are_mostly_called_or_met_in_the_evening(
    visits: Visits, households: Households
) -> None:
    away = {household.number for household in households if household.status == "away"}
    modes = Counter(visit.mode for visit in visits if visit.household_number in away)

    assert modes["phone"] > modes["evening"] > modes["day"] > 0


def test_times_fit_the_mode(visits: Visits) -> None:
    for visit in visits:
        if visit.mode == "evening":
            assert visit.at.hour >= 18
        if visit.mode == "day":
            assert 8 <= visit.at.hour <= 17


def test_visits_lie_within_their_round(visits: Visits, timeline: Timeline) -> None:
    rounds = {round_.number: round_ for round_ in timeline}
    for visit in visits:
        assert rounds[visit.round].starts_on <= visit.on <= rounds[visit.round].ends_on


def test_visitors_of_several_units_come_together(visits: Visits, town: DemoTown) -> None:
    units = {person.username: person.unit for person in town.staff}
    roles = {person.username: person.role for person in town.staff}
    together = [visit for visit in visits if len({units[name] for name in visit.visitors}) > 1]

    assert len(together) > len(visits) / 2
    for visit in visits:
        assert len(set(visit.visitors)) == len(visit.visitors) >= 1
    counted = Counter(roles[name] for visit in visits for name in visit.visitors)
    assert counted["principal_leader"] >= 100
    assert counted["leader"] >= 300


def test_the_party_secretary_comes_to_the_qin_household(
    visits: Visits, households: Households
) -> None:
    (qin,) = [household for household in households if household.story == "qin"]
    met = [
        visit for visit in visits if visit.household_number == qin.number and visit.outcome == "met"
    ]

    assert len(met) == 2
    assert all("secretary" in visit.visitors for visit in met)
    assert "加重" in met[0].note


def test_each_demand_is_heard_in_a_visit_of_its_day(visits: Visits, book: DemandBook) -> None:
    heard = {key: visit for visit in visits for key in visit.demand_keys}

    for demand in book.demands:
        if demand.source == "visit":
            visit = heard.pop(demand.key)
            assert visit.household_number == demand.household_number
            assert (visit.on, visit.at, visit.mode) == (
                demand.heard_on,
                demand.heard_at,
                demand.mode,
            )
            assert visit.round == demand.round
            assert visit.outcome == "met"
    assert set(heard) == {duplicate.key for duplicate in book.duplicates}


def test_topics_told_are_on_the_checklist_of_the_round(visits: Visits) -> None:
    rounds = {topic.code: topic.rounds for topic in TOPICS}
    for visit in visits:
        assert all(visit.round in rounds[code] for code in visit.topics)
    assert sum(bool(visit.topics) for visit in visits) > 2 * TO_BE_VISITED * 0.99


def test_every_checklist_line_has_both_languages() -> None:
    for topic in TOPICS:
        assert topic.zh
        assert topic.hint_zh
        assert topic.en.isascii()
        assert topic.hint_en.isascii()
    assert {topic.kind for topic in TOPICS} == {"ask", "explain", "campaign"}


def test_every_village_brings_back_a_fact_in_each_round(visits: Visits) -> None:
    told = {(visit.round, visit.household_number[:4]) for visit in visits if visit.village_facts}

    assert len(told) == 2 * 66


def test_whoever_declines_gives_no_reason_and_is_asked_nothing(visits: Visits) -> None:
    declined = [visit for visit in visits if visit.outcome == "declined"]

    assert 5 <= len(declined) <= 60
    for visit in declined:
        assert (visit.note, visit.respondent) == ("", "")
        assert (visit.topics, visit.demand_keys) == ((), ())


def test_households_in_hardship_are_visited_first(visits: Visits, households: Households) -> None:
    hardship = {household.number for household in households if is_in_hardship(household)}
    first_quarter = [visit for visit in visits if visit.round == 1][:3200]

    assert sum(visit.household_number in hardship for visit in first_quarter) > len(hardship) * 0.9


def test_the_same_seed_and_day_give_the_same_visits(
    town: DemoTown,
    households: Households,
    book: DemandBook,
    timeline: Timeline,
    visits: Visits,
) -> None:
    again = plan_visits(town=town, households=households, book=book, timeline=timeline)

    assert again == visits
