"""Roles, permissions, and which role holds which permission: the one table of rights."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What kind of body a unit is."""

    LEADERSHIP = "leadership", _("Town leadership")
    STATION = "station", _("Township station or office")
    COMMUNITY_OFFICE = "community_office", _("Community office")
    VILLAGE_COMMITTEES = "village_committees", _("Village committees")
    PARTNER = "partner", _("Partner body")


class Role(TextChoices):
    """What a post makes of its holder."""

    PRINCIPAL_LEADER = "principal_leader", _("Principal leader")
    LEADER = "leader", _("Leadership team member")
    TOWN_CLERK = "town_clerk", _("Visiting office clerk")
    UNIT_HEAD = "unit_head", _("Head of a station or office")
    UNIT_HANDLER = "unit_handler", _("Handler of a station or office")
    COMMUNITY_WORKER = "community_worker", _("Community worker")
    VILLAGE_CADRE = "village_cadre", _("Village-contact cadre")
    VILLAGE_SECRETARY = "village_secretary", _("Village Party secretary")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    DATA_OFFICER = "data_officer", _("Data protection officer")


class Permission(StrEnum):
    """One right; held within the area, or for the unit, of the post that gives it."""

    VIEW_REGISTER = "view_register"
    EDIT_REGISTER = "edit_register"
    REVEAL_IDENTITY = "reveal_identity"
    IMPORT_ROLL = "import_roll"
    EXPORT_REGISTER = "export_register"
    MANAGE_AREAS = "manage_areas"
    MANAGE_STAFF = "manage_staff"
    MANAGE_ASSIGNMENTS = "manage_assignments"
    MANAGE_ROUNDS = "manage_rounds"
    VIEW_VISITS = "view_visits"
    RECORD_VISIT = "record_visit"
    ENTER_SHEETS = "enter_sheets"
    VIEW_DEMANDS = "view_demands"
    REGISTER_DEMAND = "register_demand"
    ACCEPT_DEMAND = "accept_demand"
    HANDLE_DEMAND = "handle_demand"
    ASSIGN_IN_UNIT = "assign_in_unit"
    APPROVE_EXTENSION = "approve_extension"
    REVIEW_DEMAND = "review_demand"
    PLAN_LOOK_BACK = "plan_look_back"
    CARRY_OVER = "carry_over"
    MANAGE_MEETINGS = "manage_meetings"
    EXPORT_LEDGER = "export_ledger"
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_CHANNELS = "manage_channels"
    VIEW_JOURNAL = "view_journal"


_P = Permission
_SEE = frozenset({_P.VIEW_REGISTER, _P.VIEW_VISITS, _P.VIEW_DEMANDS})
_VISIT = _SEE | {_P.RECORD_VISIT, _P.REGISTER_DEMAND}
_LEAD = _VISIT | {_P.APPROVE_EXTENSION, _P.REVIEW_DEMAND, _P.EXPORT_LEDGER}
_SERVE = _VISIT | {
    _P.EDIT_REGISTER,
    _P.REVEAL_IDENTITY,
    _P.ACCEPT_DEMAND,
    _P.HANDLE_DEMAND,
    _P.EXPORT_LEDGER,
}
_OFFICE = _SERVE | {
    _P.IMPORT_ROLL,
    _P.EXPORT_REGISTER,
    _P.MANAGE_AREAS,
    _P.MANAGE_ASSIGNMENTS,
    _P.MANAGE_ROUNDS,
    _P.ENTER_SHEETS,
    _P.REVIEW_DEMAND,
    _P.PLAN_LOOK_BACK,
    _P.CARRY_OVER,
    _P.MANAGE_MEETINGS,
    _P.MANAGE_CALENDAR,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PRINCIPAL_LEADER: _LEAD,
    Role.LEADER: _LEAD,
    Role.TOWN_CLERK: _OFFICE,
    Role.UNIT_HEAD: frozenset(
        {_P.HANDLE_DEMAND, _P.ASSIGN_IN_UNIT, _P.APPROVE_EXTENSION, _P.REVIEW_DEMAND}
    ),
    Role.UNIT_HANDLER: frozenset({_P.HANDLE_DEMAND}),
    Role.COMMUNITY_WORKER: _SERVE | {_P.ENTER_SHEETS, _P.REVIEW_DEMAND},
    Role.VILLAGE_CADRE: _SERVE,
    Role.VILLAGE_SECRETARY: _SERVE,
    Role.SYSTEM_ADMIN: frozenset(
        {_P.MANAGE_STAFF, _P.MANAGE_AREAS, _P.MANAGE_CALENDAR, _P.MANAGE_CHANNELS}
    ),
    Role.DATA_OFFICER: frozenset({_P.VIEW_JOURNAL}),
}

UNIT_ROLES = frozenset({Role.UNIT_HEAD, Role.UNIT_HANDLER})
"""Roles whose rights hold for the demands of the post's unit, wherever they arise."""

INCOMPATIBLE_ROLES: tuple[tuple[Role, Role], ...] = (
    (Role.SYSTEM_ADMIN, Role.DATA_OFFICER),
    (Role.SYSTEM_ADMIN, Role.TOWN_CLERK),
    (Role.TOWN_CLERK, Role.DATA_OFFICER),
    (Role.UNIT_HEAD, Role.DATA_OFFICER),
    (Role.VILLAGE_SECRETARY, Role.DATA_OFFICER),
)
"""Pairs that one person may not hold on the same day: who acts does not watch over himself."""
