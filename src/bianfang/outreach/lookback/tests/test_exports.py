from io import BytesIO

import openpyxl
import pytest
from django.utils import translation

from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.lookback.actions import checking, taking
from bianfang.outreach.lookback.enums import StrataBy, Verb
from bianfang.outreach.lookback.tests import factories
from bianfang.outreach.lookback.tests.factories import SEED, handed_out, record
from bianfang.outreach.lookback.workflow import CheckResult


def lines_of(content: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_every_check_is_a_line_with_its_resident_masked(town: SmallTown) -> None:
    for _ in range(2):
        demands.written_off(town, content="董大山来电13800000000反映路灯不亮")
    [check] = handed_out(town)
    record(town, check, CheckResult.NOT_REACHED, found="董大山家无人接听")
    new = checking.replace(actor=town.clerk, check_id=check.id)

    with translation.override("en"):
        name, content = taking.export_look_back(actor=town.clerk, look_back_id=check.look_back_id)

    lines = lines_of(content)
    assert name == "十一月回头看_2026-11-16.xlsx"
    assert lines[0][0] == "十一月回头看"
    assert f"1 drawn of 2 · seed {SEED}" in str(lines[1][0])
    [first, second] = lines[-2:]
    masked = "董某某来电【mobile number】反映路灯不亮"
    assert first[1:5] == [check.demand.number, "北社区", "北社区 · 上村 · 上庄", masked]
    assert first[6:9] == ["second_clerk", "By phone", "Not reached"]
    assert first[10:12] == ["董某某家无人接听", new.demand.number]
    assert second[1] == new.demand.number
    assert second[6:9] == [None, None, "To be checked"]
    [entry] = [
        each
        for each in Entry.objects.about(
            town_id=town.town.id, kind="lookback", target_id=check.look_back_id
        )
        if each.verb == Verb.EXPORTED
    ]
    assert entry.facts == {"title": "十一月回头看"}


def test_groups_by_theme_are_named_in_the_readers_language(town: SmallTown) -> None:
    demands.written_off(town)
    look_back = factories.drawn(town, strata_by=StrataBy.THEME)

    with translation.override("en"):
        _name, content = taking.export_look_back(actor=town.clerk, look_back_id=look_back.id)

    assert lines_of(content)[-1][2] == "Public services"


def test_whose_export_right_does_not_reach_is_refused(town: SmallTown) -> None:
    demands.written_off(town)
    look_back = factories.drawn(town)

    with pytest.raises(NotAllowedError):
        taking.export_look_back(actor=town.worker, look_back_id=look_back.id)
