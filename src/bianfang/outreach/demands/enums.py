"""Themes, sources, routes, outcomes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """The five themes (五类问题)."""

    ENVIRONMENT = "environment", _("Living environment")
    PETITIONS = "petitions", _("Petitions")
    ASSISTANCE = "assistance", _("Assistance")
    PROJECTS = "projects", _("Public services")
    LIVELIHOODS = "livelihoods", _("Income")


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
    CALL = "call", _("Phone call")
    HOTLINE = "hotline", _("12345 hotline")
    ONLINE = "online", _("Online")
    ASSIGNED = "assigned", _("Handed down")


class Route(TextChoices):
    """The three ways of handling."""

    ONSITE = "onsite", _("On the spot")
    TIMED = "timed", _("Within a deadline")
    MEETING = "meeting", _("At a meeting")


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


class ExtensionState(TextChoices):
    """An asked-for extension."""

    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
