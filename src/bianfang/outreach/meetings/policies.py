"""Who may do what with a meeting; from where it may be done stands in `workflow`."""

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.meetings.models import Meeting, Resolution
from bianfang.outreach.meetings.workflow import MeetingState, Move, moves_from
from bianfang.register.people.enums import Permission


def can_manage_meetings(actor: Actor) -> bool:
    """Meetings are the town's: whoever holds the right plans and records them, as a person."""
    return actor.staff_id is not None and actor.may(Permission.MANAGE_MEETINGS)


def check_can_manage_meetings(actor: Actor) -> None:
    """Refuse whoever may not plan and record meetings."""
    if not can_manage_meetings(actor):
        raise NotAllowedError(_("Meetings are planned and recorded by the visiting office."))


def list_moves(actor: Actor, meeting: Meeting) -> list[Move]:
    """The moves that both the state and the rights permit: the buttons of the page."""
    return moves_from(MeetingState(meeting.state)) if can_manage_meetings(actor) else []


def can_carry_out(actor: Actor, resolution: Resolution) -> bool:
    """Its person in charge says that it is done, or whoever records the meetings."""
    is_owner = actor.staff_id is not None and resolution.owner_id == actor.staff_id
    return is_owner or can_manage_meetings(actor)


def check_can_carry_out(actor: Actor, resolution: Resolution) -> None:
    """Refuse whoever neither is in charge nor records the meetings."""
    if not can_carry_out(actor, resolution):
        raise NotAllowedError(
            _("Whether it is carried out is said by its person in charge or the visiting office.")
        )
