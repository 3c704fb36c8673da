"""The two rounds: checklists, starts, every visit on its day, group talks, finishes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.script import Script, moment
from bianfang.demo.forums import DemoForum
from bianfang.demo.texts import answers
from bianfang.demo.texts.topics import CHECKLIST_INTRO, CHECKLIST_NAME, TIMED_DAYS, TOPICS
from bianfang.demo.timeline import DemoRound, Timeline
from bianfang.demo.visits import DemoVisit
from bianfang.kernel.codes.people_codes import find_relation
from bianfang.kernel.errors import DomainError
from bianfang.kernel.xlsforms.example import example_workbook
from bianfang.outreach.visits.actions import checklists, forms, recording
from bianfang.outreach.visits.actions import rounds as rounds_actions
from bianfang.outreach.visits.actions.inputs import AnswersInput, ForumInput, VisitInput
from bianfang.outreach.visits.enums import EntryChannel, TopicKind, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Checklist
from bianfang.outreach.visits.queries import checklists as checklist_queries

CLERK, SHEET_CLERK = "visits.1", "visits.2"
MORNING, EVENING, NIGHT = time(8, 0), time(21, 45), time(22, 30)
COORDINATOR = "visits_office"
WRITING_EVERY = 4


@dataclass(kw_only=True)
class Rounds:
    """Plans both rounds; `round_ids` and `topics` fill as they are played."""

    ground: Ground
    households: Mapping[str, UUID]
    timeline: Timeline
    script: Script
    round_ids: dict[int, UUID] = field(default_factory=dict)
    topics: dict[int, dict[str, UUID]] = field(default_factory=dict)
    _checklist: Checklist | None = None

    def plan(self, visits: Sequence[DemoVisit]) -> None:
        """Plan the starts, the plain visits by the evening they are written down, the finishes."""
        last = {round_.number: round_.ends_on for round_ in self.timeline}
        quiet: dict[tuple[int, date], list[DemoVisit]] = defaultdict(list)
        for visit in visits:
            if not visit.demand_keys:
                evening = min(_writing_day(visit.on), last[visit.round])
                quiet[visit.round, evening].append(visit)
        for round_ in self.timeline:
            self._plan_frame(round_)
        for (_, day), of_day in sorted(quiet.items()):
            self.script.plan(moment(day, EVENING), partial(self._write_down, of_day))

    def _plan_frame(self, round_: DemoRound) -> None:
        first = moment(round_.starts_on, MORNING)
        self.script.plan(first, partial(self._start, round_))
        self.script.plan(moment(round_.ends_on, NIGHT), partial(self._finish, round_))

    def _start(self, round_: DemoRound) -> None:
        actor = self.ground.actor(CLERK)
        checklist = self._publish_checklist(round_.number)
        made = rounds_actions.create_round(
            actor=actor, name=round_.name_zh, starts_on=round_.starts_on, due_on=round_.ends_on
        )
        rounds_actions.configure_round(
            actor=actor,
            round_id=made.id,
            checklist_id=checklist.id,
            coordinator_id=self.ground.units[COORDINATOR],
            timed_days=TIMED_DAYS,
        )
        rounds_actions.start_round(actor=actor, round_id=made.id)
        self.round_ids[round_.number] = made.id

    def _finish(self, round_: DemoRound) -> None:
        rounds_actions.finish_round(
            actor=self.ground.actor(CLERK), round_id=self.round_ids[round_.number]
        )

    def _publish_checklist(self, number: int) -> Checklist:
        """The first version, or a new one with the topics of that round; old topics go."""
        actor = self.ground.actor(CLERK)
        if self._checklist is None:
            made = checklists.create_checklist(
                actor=actor, name=CHECKLIST_NAME[0], intro=CHECKLIST_INTRO[0]
            )
        else:
            made = checklists.new_version(actor=actor, checklist_id=self._checklist.id)
            for topic in checklist_queries.list_topics(actor=actor, checklist=made):
                checklists.remove_topic(actor=actor, topic_id=topic.id)
        self.topics[number] = {
            text.code: checklists.add_topic(
                actor=actor,
                checklist_id=made.id,
                kind=TopicKind(text.kind),
                text=text.zh,
                hint=text.hint_zh,
            ).id
            for text in TOPICS
            if number in text.rounds
        }
        if number == answers.ASKED_IN_ROUND:
            forms.load_form(
                actor=actor,
                checklist_id=made.id,
                file_name=answers.WORKBOOK_NAME,
                content=example_workbook(),
            )
        self._checklist = checklists.publish_checklist(actor=actor, checklist_id=made.id)
        return self._checklist

    def _write_down(self, visits: Sequence[DemoVisit]) -> None:
        by_writer: dict[str, list[DemoVisit]] = defaultdict(list)
        for visit in visits:
            by_writer[SHEET_CLERK if visit.is_on_paper else visit.visitors[0]].append(visit)
        for writer, written in sorted(by_writer.items()):
            results = recording.bulk_record_visits(
                actor=self.ground.actor(writer), visits=[self.visit_input(v) for v in written]
            )
            for result in results:
                if result.errors:
                    sentence = f"{written[result.index]}: {dict(result.errors)}"
                    raise DomainError(sentence)

    def visit_input(self, visit: DemoVisit) -> VisitInput:
        """A visit of the plan as forms hand it in."""
        relation = find_relation(visit.respondent) if visit.respondent else None
        topics = self.topics[visit.round]
        return VisitInput(
            household_id=self.households[visit.household_number],
            mode=VisitMode(visit.mode),
            outcome=VisitOutcome(visit.outcome),
            happened_at=moment(visit.on, visit.at),
            visitor_ids=tuple(self.ground.staff[name].id for name in visit.visitors),
            topic_ids=tuple(topics[code] for code in visit.topics),
            respondent_relation=relation.value if relation else "",
            village_facts=visit.village_facts,
            note=visit.note,
            channel=_channel(visit),
            answers=self._answers(visit),
        )

    def _answers(self, visit: DemoVisit) -> AnswersInput | None:
        """Of a few talks of the round that asks."""
        serial, rest = divmod(int(visit.household_number), answers.ONE_OF)
        is_asked = visit.round == answers.ASKED_IN_ROUND and not rest and not visit.is_on_paper
        is_met = VisitOutcome(visit.outcome) is VisitOutcome.MET
        if not (is_asked and is_met) or self._checklist is None:
            return None
        told = answers.ANSWERS[serial % len(answers.ANSWERS)]
        return AnswersInput(checklist_id=self._checklist.id, values=told)

    def forum_input(self, forum: DemoForum, numbers: Sequence[str]) -> ForumInput:
        """A group talk of the plan as forms hand it in."""
        return ForumInput(
            area_id=self.ground.areas[forum.area_key],
            held_at=moment(forum.held_on, forum.held_at),
            place=forum.place,
            subject=forum.subject,
            visitor_ids=(self.ground.staff[forum.chair].id,),
            household_ids=tuple(self.households[number] for number in dict.fromkeys(numbers)),
            attendance=forum.attendance,
            note=forum.note,
        )


def _channel(visit: DemoVisit) -> EntryChannel:
    """Who goes out in the evening has the phone along."""
    if visit.is_on_paper:
        return EntryChannel.SHEET
    return EntryChannel.FIELD if visit.mode == "evening" else EntryChannel.DESK


def _writing_day(day: date) -> date:
    """People write down what they did every few evenings."""
    return day + timedelta(days=-day.toordinal() % WRITING_EVERY)


def soon_after(day: date, at: time, minutes: int = 20) -> datetime:
    """When a visit is written down."""
    return moment(day, at) + timedelta(minutes=minutes)
