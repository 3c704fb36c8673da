import pytest

from bianfang.kernel.errors import FieldErrors, NotAllowedError
from bianfang.kernel.journal.models import AccessEntry
from bianfang.outreach.demands.actions import contact
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown


def test_a_look_at_the_phone_is_written_down_with_its_reason(town: SmallTown) -> None:
    demand = factories.handling_state(town, proposer_phone="10000001234")

    phone = contact.reveal_phone(actor=town.handler, demand_id=demand.id, reason=" 约上门时间 ")

    assert phone == "10000001234"
    [entry] = AccessEntry.objects.in_town(town.town.id).filter(target_id=demand.id)
    assert entry.reason == "约上门时间"
    assert entry.staff_id == town.staff["handler"].id


def test_without_a_reason_or_a_need_nothing_is_shown(town: SmallTown) -> None:
    demand = factories.handling_state(town, proposer_phone="10000001234")

    with pytest.raises(FieldErrors) as refused:
        contact.reveal_phone(actor=town.handler, demand_id=demand.id, reason="")
    assert set(refused.value.errors) == {"reason"}
    with pytest.raises(NotAllowedError):
        contact.reveal_phone(actor=town.leader, demand_id=demand.id, reason="看看")
    assert not AccessEntry.objects.in_town(town.town.id).exists()
