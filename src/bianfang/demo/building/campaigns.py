"""Three campaigns of the second round: what visits found, the patches, a leaflet for each topic."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from uuid import UUID

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import CLERK, MORNING, Rounds, soon_after
from bianfang.demo.building.script import Script, moment
from bianfang.demo.people import DemoHousehold
from bianfang.demo.texts import campaigns as texts
from bianfang.demo.texts.leaflets import LEAFLETS
from bianfang.demo.texts.topics import TOPICS
from bianfang.demo.timeline import add_weekdays
from bianfang.demo.visits import DemoVisit
from bianfang.kernel import clock
from bianfang.kernel.documents.table import Table
from bianfang.kernel.documents.xlsx_out import write_workbook
from bianfang.kernel.errors import DomainError
from bianfang.outreach.campaigns import catalogue, spotsheet
from bianfang.outreach.campaigns.actions import leaflets, planning, spots, visiting
from bianfang.outreach.campaigns.actions.inputs import CampaignInput, FindingInput, LeafletInput
from bianfang.outreach.campaigns.queries import campaigns
from bianfang.outreach.campaigns.queries import spots as spot_queries
from bianfang.outreach.campaigns.queries.spots import SpotFilter

PATCHES, GAS, SURROUNDINGS = "farmland_patches", "gas_safety", "living_environment"
SECOND = 2
GAS_CHECKS, SURROUNDINGS_CHECKS, PATCH_VILLAGES = 58, 24, 4
HAZARD_AT = 11
LATER = time(8, 30)
LOOKED_AGAIN, CHECKED_AFTER, RUNS_ON = 3, 12, 60
"""Weekdays until an urgent hazard is looked at again and until a patch is; days after the round."""


Answers = Mapping[str, str]


@dataclass(kw_only=True)
class Campaigns:
    """Plans them; `ids` and `spots` fill as they are played. `villages` are by household number."""

    ground: Ground
    rounds: Rounds
    script: Script
    villages: Mapping[str, tuple[str, str]]
    ids: dict[str, UUID] = field(default_factory=dict)
    spots: dict[str, UUID] = field(default_factory=dict)

    def plan(self, visits: Sequence[DemoVisit]) -> list[DemoVisit]:
        """Plan all; gives the visits that are recorded here, with what they found."""
        fit = [visit for visit in visits if _is_fit(visit)]
        near = self._near_patches(fit)
        wanted = GAS_CHECKS + SURROUNDINGS_CHECKS
        others = [visit for visit in fit if visit not in near]
        chosen = others[:: len(others) // wanted][:wanted]
        self._plan_frame(near)
        for number, visit in enumerate(chosen):
            place = number - GAS_CHECKS
            key, answers = (GAS, _gas(number)) if place < 0 else (SURROUNDINGS, _around(place))
            self._plan_visit(visit, key, answers)
        looked = [visit for visit, patch in zip(near, texts.PATCHES, strict=True) if patch.first]
        for number, visit in enumerate(near):
            patch = texts.PATCHES[number]
            if patch.first:
                answers = {"problem": patch.problem, "status": patch.first}
                self._plan_visit(visit, PATCHES, answers, number=_number(number))
            if patch.last:
                day = add_weekdays(visit.on, CHECKED_AFTER)
                act = partial(self._look_at, _number(number), visit.visitors[0], patch.last)
                self.script.plan(moment(day, MORNING), act)
        return [*chosen, *looked]

    def of_demands(self, visit: DemoVisit) -> list[FindingInput]:
        """The urgent hazard beside the demand of the same visit; somebody looks again."""
        key = next((key for key in visit.demand_keys if key in texts.URGENT), "")
        if not key:
            return []
        again = replace(visit, on=add_weekdays(visit.on, LOOKED_AGAIN), demand_keys=())
        answers = {"result": "sound", "level": "none", "what": texts.MENDED}
        self._plan_visit(again, GAS, answers)
        return [
            self._finding(GAS, {"result": "hazard", "level": "urgent", "what": texts.URGENT[key]})
        ]

    def _near_patches(self, fit: Sequence[DemoVisit]) -> list[DemoVisit]:
        """For each patch a visit in its village, from villages that have enough of them."""
        there: dict[str, list[DemoVisit]] = defaultdict(list)
        for visit in fit:
            there[self.villages[visit.household_number][0]].append(visit)
        each = len(texts.PATCHES) // PATCH_VILLAGES
        enough = [name for name, found in there.items() if len(found) >= each]
        chosen = enough[:: len(enough) // PATCH_VILLAGES][:PATCH_VILLAGES]
        return [visit for name in chosen for visit in there[name][:each]]

    def _plan_frame(self, near: Sequence[DemoVisit]) -> None:
        first, second = self.rounds.timeline
        self.script.plan(moment(first.starts_on, LATER), self._write_leaflets)
        self.script.plan(moment(second.starts_on, LATER), partial(self._start, near))

    def _write_leaflets(self) -> None:
        words = {topic.code: topic.zh for topic in TOPICS}
        for text in LEAFLETS:
            leaflets.save_leaflet(
                actor=self.ground.actor(CLERK),
                leaflet=LeafletInput(
                    topic=words[text.topic],
                    title=text.title,
                    body=text.body,
                    source=text.source,
                    valid_from=clock.today().replace(month=1, day=1),
                ),
            )

    def _start(self, near: Sequence[DemoVisit]) -> None:
        """From the templates, over the whole town; the patches come from a workbook."""
        actor, round_ = self.ground.actor(CLERK), self.rounds.timeline.rounds[1]
        for key in (SURROUNDINGS, GAS, PATCHES):
            template = catalogue.templates()[key]
            campaign = planning.plan_campaign(
                actor=actor,
                campaign=CampaignInput(
                    name=template.name,
                    theme=template.theme,
                    starts_on=round_.starts_on,
                    ends_on=round_.ends_on + timedelta(days=RUNS_ON),
                    area_ids=(self.ground.areas["town"],),
                    purpose=template.purpose,
                    category_id=self.ground.categories[template.category_code],
                    urgent_measures=template.urgent_measures,
                ),
                template=key,
            )
            self.ids[key] = campaign.id
            if campaign.has_spots:
                self._take_in(near)
            planning.start_campaign(actor=actor, campaign_id=campaign.id)

    def _take_in(self, near: Sequence[DemoVisit]) -> None:
        rows = [
            (
                _number(number),
                *self.villages[visit.household_number],
                patch.place,
                Decimal(patch.size),
            )
            for number, (visit, patch) in enumerate(zip(near, texts.PATCHES, strict=True))
        ]
        target = BytesIO()
        write_workbook(target, [Table(name="图斑", columns=spotsheet.columns("亩"), rows=rows)])
        actor = self.ground.actor(CLERK)
        report = spots.import_spots(
            actor=actor, campaign_id=self.ids[PATCHES], content=target.getvalue()
        )
        if report.errors:
            raise DomainError(f"{report.errors}")
        campaign = campaigns.get_campaign(actor=actor, campaign_id=self.ids[PATCHES])
        found = spot_queries.list_spots(actor=actor, campaign=campaign, filters=SpotFilter())
        self.spots = {spot.number: spot.id for spot in found}

    def _plan_visit(
        self, visit: DemoVisit, key: str, answers: Answers, *, number: str = ""
    ) -> None:
        act = partial(self._record, visit, key, answers, number)
        self.script.plan(soon_after(visit.on, visit.at), act)

    def _record(self, visit: DemoVisit, key: str, answers: Answers, number: str) -> None:
        visiting.record_visit(
            actor=self.ground.actor(visit.visitors[0]),
            visit=self.rounds.visit_input(visit),
            given=[self._finding(key, answers, number)],
        )

    def _look_at(self, number: str, username: str, status: str) -> None:
        visiting.record_spot(
            actor=self.ground.actor(username),
            spot_id=self.spots[number],
            version=1,
            answers={"status": status},
        )

    def _finding(self, key: str, answers: Answers, number: str = "") -> FindingInput:
        return FindingInput(
            campaign_id=self.ids[key],
            version=1,
            answers=answers,
            spot_id=self.spots[number] if number else None,
        )


def villages_of(households: Iterable[DemoHousehold]) -> dict[str, tuple[str, str]]:
    """Village and natural village by the number of the household."""
    return {one.number: (one.village, one.hamlet) for one in households}


def _is_fit(visit: DemoVisit) -> bool:
    """At the door in the second round, with a talk, written down by the visitor, no demand."""
    is_seen = visit.outcome == "met" and visit.mode in {"day", "evening"}
    return is_seen and visit.round == SECOND and not (visit.is_on_paper or visit.demand_keys)


def _gas(number: int) -> Answers:
    """Mostly in order; each fifteenth has a general hazard, some use no gas."""
    if number % 15 == HAZARD_AT:
        what = texts.HAZARDS[number // 15 % len(texts.HAZARDS)]
        return {"result": "hazard", "level": "general", "what": what}
    return {"result": "no_gas" if number % 9 == 0 else "sound", "level": "none"}


def _around(number: int) -> Answers:
    spot, count_, help_ = texts.SURROUNDINGS[number % len(texts.SURROUNDINGS)]
    return {"spot": spot, "count": count_, "help": help_}


def _number(place: int) -> str:
    return f"TB-{place + 1:03d}"
