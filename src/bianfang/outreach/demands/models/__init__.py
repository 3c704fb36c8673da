"""Categories and rules, demands, what happens to them."""

from bianfang.outreach.demands.models.clock import Pause, Return
from bianfang.outreach.demands.models.confirmation import (
    Confirmation,
    Receipt,
    ReopenRequest,
    ReopenRequestQuerySet,
    WrongCode,
)
from bianfang.outreach.demands.models.demand import (
    CarryOver,
    Demand,
    DemandQuerySet,
    Extension,
    HalfYearList,
    Step,
    demand_number,
    due_order,
)
from bianfang.outreach.demands.models.rules import Category, DeadlineRule

__all__ = [
    "CarryOver",
    "Category",
    "Confirmation",
    "DeadlineRule",
    "Demand",
    "DemandQuerySet",
    "Extension",
    "HalfYearList",
    "Pause",
    "Receipt",
    "ReopenRequest",
    "ReopenRequestQuerySet",
    "Return",
    "Step",
    "WrongCode",
    "demand_number",
    "due_order",
]
