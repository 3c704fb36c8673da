"""Themes, sources, routes, outcomes; the words for states, moves and journal verbs."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """The five themes (五类问题)."""

    ENVIRONMENT = "environment", _("Living environment")
    PETITIONS = "petitions", _("Petitions")
    ASSISTANCE = "assistance", _("Assistance")
    PROJECTS = "projects", _("Public services")
    LIVELIHOODS = "livelihoods", _("Income")


PLACE_THEMES = frozenset({Theme.ENVIRONMENT, Theme.PROJECTS})
"""Themes whose matters belong to a place; those of the others belong to people."""


class DemandKind(TextChoices):
    """Wishes may be suggestions, not only complaints (M19)."""

    REQUEST = "request", _("Request")
    PROBLEM = "problem", _("Problem")
    SUGGESTION = "suggestion", _("Suggestion")


class Source(TextChoices):
    """How a demand reached the town."""

    VISIT = "visit", _("Visit")
    FORUM = "forum", _("Group talk")
    LETTER = "letter", _("Letter")
    WALK_IN = "walk_in", _("Came to the office")
    CALL = "call", _("Call received")
    HOTLINE = "hotline", _("12345 hotline")
    ONLINE = "online", _("Online")
    ASSIGNED = "assigned", _("Handed down")


class Route(TextChoices):
    """The three ways of handling."""

    ONSITE = "onsite", _("On the spot")
    TIMED = "timed", _("Within a deadline")
    MEETING = "meeting", _("At a meeting")


class DayUnit(TextChoices):
    """What the days of a deadline are: of the work calendar, or all of them."""

    WORKDAY = "workday", _("Working days")
    CALENDAR = "calendar", _("Calendar days")


class Outcome(TextChoices):
    """How it ended; counted apart (I4)."""

    SOLVED = "solved", _("Solved")
    EXPLAINED = "explained", _("Answered with explanation")
    TRANSFERRED = "transferred", _("Transferred")


class ReplyMode(TextChoices):
    """How the resident was answered."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    LETTER = "letter", _("In writing")
    POSTED = "posted", _("On the village board")


class Satisfaction(TextChoices):
    """What the resident says of the handling, if asked and willing."""

    NOT_ASKED = "not_asked", _("Not asked")
    SATISFIED = "satisfied", _("Satisfied")
    MOSTLY = "mostly", _("Mostly satisfied")
    UNSATISFIED = "unsatisfied", _("Not satisfied")
    NO_ANSWER = "no_answer", _("No answer")
    NOT_REACHED = "not_reached", _("Could not be reached")


CONTENT = frozenset({Satisfaction.SATISFIED, Satisfaction.MOSTLY})
"""Words that count as satisfied."""

GIVEN = CONTENT | {Satisfaction.UNSATISFIED}
"""Words with which a resident confirms; the others say why there is none."""


class ConfirmWay(TextChoices):
    """How a resident's word came."""

    ON_SPOT = "on_spot", _("In person")
    PHONE = "phone", _("By phone")
    CODE = "code", _("By receipt code")


class ExtensionState(TextChoices):
    """An asked-for extension."""

    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class ExtensionDecision(StrEnum):
    """What may be decided on an extension."""

    GRANT = "grant"
    REFUSE = "refuse"


class StateGroup(TextChoices):
    """Demands by what a list is asked for."""

    ALL = "all", _("All")
    COUNTED = "counted", _("All that count")
    OPEN = "open", _("Not yet settled")
    NEW = "new", _("To be accepted")
    HANDLING = "handling", _("Being handled")
    PAUSED = "paused", _("Clock stopped")
    DUE_THIS_WEEK = "due_this_week", _("Due this week")
    OVERDUE = "overdue", _("Overdue")
    AWAITING_REVIEW = "awaiting_review", _("To be reviewed")
    CLOSED = "closed", _("Written off")
    CARRIED_OVER = "carried_over", _("Carried over")
    ENDED = "ended", _("Written off at least once")
    REOPENED = "reopened", _("Reopened at least once")
    ASIDE = "aside", _("Merged or declined")
    ANSWERED = "answered", _("Answered")
    CONFIRMED = "confirmed", _("Confirmed by the resident")
    CONTENT = "content", _("Satisfied or mostly satisfied")
    HEARD_BY_HANDLER = "heard_by_handler", _("Heard by the handler only")


class DemandSort(TextChoices):
    """The orders of a list of demands; each is read from an index."""

    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    DUE = "due", _("Most urgent first")
    NUMBER = "number", _("By number")


class TodoKind(TextChoices):
    """Groups of the list of things to do, most pressing first."""

    URGENT = "urgent", _("Safety hazards, urgent")
    OVERDUE = "overdue", _("Mine, overdue")
    DUE_SOON = "due_soon", _("Mine, due within 3 working days")
    RETURNED = "returned", _("Came back to me")
    TO_ACCEPT = "to_accept", _("To be accepted")
    TO_REVIEW = "to_review", _("Results to review")
    EXTENSIONS = "extensions", _("Extensions to decide")
    REOPENINGS = "reopenings", _("Requests to reopen")
    IN_HAND = "in_hand", _("Mine, due later")
    UNIT_OVERDUE = "unit_overdue", _("Overdue in my unit")


class Verb(TextChoices):
    """What the journal says of a demand."""

    REGISTERED = "demand_registered", _("Registered")
    RAISED_URGENT = "demand_raised_urgent", _("Registered as urgent and handed over")
    SOLVED_ON_SITE = "demand_solved_on_site", _("Registered and handled on the spot")
    ACCEPTED = "demand_accepted", _("Accepted")
    DECLINED = "demand_declined", _("Declined")
    MERGED = "demand_merged", _("Merged into another demand")
    ABSORBED = "demand_absorbed", _("Another demand was merged into this one")
    UNMERGED = "demand_unmerged", _("Merge taken back")
    RELEASED = "demand_released", _("A merged demand stands by itself again")
    REASSIGNED = "demand_reassigned", _("Handed to somebody else")
    PROGRESS_NOTED = "demand_progress_noted", _("Progress noted")
    EXTENSION_ASKED = "demand_extension_asked", _("More time asked for")
    EXTENSION_GRANTED = "demand_extension_granted", _("More time granted")
    EXTENSION_REFUSED = "demand_extension_refused", _("More time refused")
    RESULT_SUBMITTED = "demand_result_submitted", _("Result and reply submitted")
    SENT_BACK = "demand_sent_back", _("Sent back by the reviewer")
    WRITTEN_OFF = "demand_written_off", _("Written off")
    REOPENED = "demand_reopened", _("Reopened")
    RESIDENT_SAID = "demand_resident_said", _("What the resident says was noted")
    REOPENING_ASKED = "demand_reopening_asked", _("The resident asks for reopening")
    REOPENING_DECLINED = "demand_reopening_declined", _("Reopening declined")
    REOPENING_SETTLED = "demand_reopening_settled", _("Request to reopen settled otherwise")
    CARRIED_OVER = "demand_carried_over", _("Carried over to the half-year list")
    DEADLINE_RECOMPUTED = "demand_deadline_recomputed", _("Deadline set anew by the calendar")
    DEADLINE_BY_RULE = "demand_deadline_by_rule", _("Deadline set anew by a changed rule")
    PAUSED = "demand_paused", _("Clock stopped")
    RESUMED = "demand_resumed", _("Clock runs again")
    RETURNED = "demand_returned", _("Returned as wrongly assigned")
    RULE_SET = "deadline_rule_set", _("Deadline rule set")
    RULE_ENDED = "deadline_rule_ended", _("Deadline rule ended")
    CATEGORIES_SEEDED = "categories_seeded", _("Categories set up")
    CATEGORY_UNIT_SET = "category_unit_set", _("Usual unit of a category set")
    CATEGORY_DAYS_SET = "category_days_set", _("Days for “again” set")
    CATEGORY_CLOSED = "category_closed", _("Category closed")
    LIST_CREATED = "half_year_list_created", _("Half-year list opened")


STATE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "registered": _("Registered"),
        "handling": _("Being handled"),
        "awaiting_review": _("Awaiting review"),
        "written_off": _("Written off"),
        "carried_over": _("Carried over"),
        "paused": _("Clock stopped"),
        "merged": _("Merged"),
        "declined": _("Declined"),
    }
)
"""Words for the states of `workflow.DemandState`, which itself knows no language."""

MOVE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "register_solved": _("Handle on the spot"),
        "raise_urgent": _("Raise as urgent"),
        "accept": _("Accept"),
        "decline": _("Decline"),
        "merge": _("Merge"),
        "unmerge": _("Take the merge back"),
        "reassign": _("Hand over"),
        "note_progress": _("Note progress"),
        "ask_extension": _("Ask for more time"),
        "decide_extension": _("Decide on more time"),
        "submit_result": _("Submit the result"),
        "send_back": _("Send back"),
        "write_off": _("Write off"),
        "reopen": _("Reopen"),
        "carry_over": _("Carry over"),
        "pause": _("Stop the clock"),
        "resume": _("Let the clock run"),
        "return": _("Return as wrongly assigned"),
    }
)
"""Words for the moves of `workflow.Move`, as on the buttons."""

REQUEST_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "raised": _("To be decided"),
        "accepted": _("Reopened"),
        "declined": _("Not reopened"),
        "settled": _("Settled otherwise"),
    }
)
"""Words for the states of `workflow.RequestState`."""
