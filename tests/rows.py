"""Rows of any model with every link set, to try what the database itself refuses.

Other columns hold the least that is allowed; what a check of the table asks for stands in FITTING.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models

from bianfang.kernel import clock
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import Town
from bianfang.mechanisms.channels.enums import ChannelKind
from bianfang.mechanisms.longterm.workflow import MeasureState
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.demands.enums import ConfirmWay
from bianfang.outreach.demands.workflow import DemandState, RequestState
from bianfang.outreach.lookback.enums import CheckWay, SampleMethod
from bianfang.outreach.lookback.workflow import CheckResult
from bianfang.outreach.visits.enums import VisitMode
from bianfang.register.areas.enums import AreaKind
from bianfang.register.households.workflow import HeldState

_numbers = count(1)

Values = dict[str, Any]
DAY = date(2026, 3, 2)

# What the checks of a table ask for beyond filled columns.
FITTING: dict[str, Callable[[], Values]] = {
    "areas.Area": lambda: {"kind": AreaKind.TOWN, "path": f"{next(_numbers):08d}"},
    "people.Post": lambda: {"substitute_from": DAY, "substitute_to": DAY},
    "assignments.Responsibility": lambda: {
        "group": None,
        "substitute_from": DAY,
        "substitute_to": DAY,
    },
    "households.HeldChange": lambda: {"state": HeldState.DROPPED, "decided_at": clock.now()},
    "visits.Visit": lambda: {"mode": VisitMode.FORUM},
    "demands.Extension": lambda: {"new_due_on": DAY + timedelta(days=1)},
    "demands.HalfYearList": lambda: {"half": 1},
    "demands.Confirmation": lambda: {"way": ConfirmWay.PHONE},
    "demands.ReopenRequest": lambda: {"state": RequestState.SETTLED, "decided_at": clock.now()},
    "campaigns.Finding": lambda: {"spot": None},
    "meetings.Resolution": lambda: {"done_on": DAY, "result": "done"},
    "lookback.LookBack": lambda: {
        "method": SampleMethod.OF_EACH,
        "of_each": 1,
        "population": 1,
        "sample_size": 1,
        "given_up_on": None,
        "given_up_reason": "",
    },
    "lookback.Check": lambda: {
        "result": CheckResult.NOT_REACHED,
        "way": CheckWay.PHONE,
        "checked_on": DAY,
    },
    "channels.Delivery": lambda: {"kind": ChannelKind.WECOM, "staff": None},
    "phones.FieldPhone": lambda: {"wipe_asked_on": DAY},
    "photos.Photo": lambda: {"removed_at": clock.now()},
    "halfyear.ItemPlan": lambda: {"funds_amount": None},
    "halfyear.MonthEntry": lambda: {"percent": 10},
    "longterm.LongTermMeasure": lambda: {
        "state": MeasureState.DONE,
        "result": "done",
        "done_on": DAY,
    },
}
# What makes room for a link that excludes another.
ROOM: dict[str, Values] = {
    "assignments.Responsibility.group": {"staff": None, "duty": Duty.LEADER_GROUP},
    "channels.Delivery.staff": {"kind": ChannelKind.MAIL, "robot": None},
    "campaigns.Finding.spot": {"household": None},
    "demands.Demand.merged_into": {"state": DemandState.MERGED},
}


def town_links() -> list[TownForeignKey]:
    """Every link inside a town, of every model of the house."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, TownForeignKey)
    ]


def make_linked(link: TownForeignKey, town: Town) -> Any:
    """A row whose link is set."""
    target = make_row(_as_model(link.related_model), town)
    return make_row(link.model, town, **{link.name: target, **ROOM.get(str(link), {})})


def make_row(model: type[models.Model], town: Town, **given: Any) -> Any:
    """A row with all columns filled, nullable ones too, and with new rows behind its links."""
    values: Values = {**FITTING.get(model._meta.label, dict)(), **given}
    for field in model._meta.local_fields:
        if field.name in values or field.primary_key:
            continue
        if field.name == "town":
            values["town"] = town
        elif isinstance(field, models.ForeignKey):
            target = field.related_model
            is_loop = target is model
            values[field.name] = None if is_loop else make_row(_as_model(target), town)
        else:
            values[field.name] = _value(field)
    return models.QuerySet(model).create(**values)


def _as_model(target: Any) -> type[models.Model]:
    assert isinstance(target, type)
    return target


def _value(field: "models.Field[Any, Any]") -> Any:
    if field.null:
        return None
    if field.blank and isinstance(field, models.CharField):
        return ""
    if field.choices:
        return next(iter(field.flatchoices))[0]
    if field.has_default():
        return field.get_default()
    for kind, make in MAKERS:
        if isinstance(field, kind):
            return make(field)
    msg = f"tests.rows knows no value for {field}"
    raise NotImplementedError(msg)


def _text(field: Any) -> str:
    text = f"{next(_numbers):06d}"
    return text[-field.max_length :] if field.max_length else text


MAKERS: "list[tuple[type[models.Field[Any, Any]], Callable[[Any], Any]]]" = [
    (models.DateTimeField, lambda _: clock.in_town(DAY)),
    (models.DateField, lambda _: DAY),
    (models.JSONField, lambda _: {}),
    (models.UUIDField, lambda _: new_id()),
    (models.BinaryField, lambda _: next(_numbers).to_bytes(4, "big")),
    (models.BooleanField, lambda _: False),
    (models.UUIDField, lambda _: new_id()),
    (models.IntegerField, lambda _: next(_numbers)),
    (models.CharField, _text),
    (models.Field, lambda _: ""),
]
