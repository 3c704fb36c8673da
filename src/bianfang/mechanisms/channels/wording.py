"""What a message says: numbers and a link. There is nothing else that could be put in."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many demands come near their deadline, are overdue, are safety hazards."""

    near: int = 0
    late: int = 0
    hazards: int = 0

    @property
    def is_nothing(self) -> bool:
        """Nothing to tell."""
        return not (self.near or self.late or self.hazards)


@dataclass(frozen=True, slots=True)
class Message:
    """A title and its lines, the last of which is the link."""

    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """As one text."""
        return "\n".join((self.title, *self.lines))


def inbox() -> str:
    """The page that each person finds the own reminders on; the settings name it."""
    return reverse(settings.BIANFANG_INBOX)


def word(counts: Counts, *, base_url: str) -> Message:
    """The message for these numbers; without any it is a test."""
    lines = []
    if counts.hazards:
        words = ngettext(
            "%(count)d safety hazard needs handling at once.",
            "%(count)d safety hazards need handling at once.",
            counts.hazards,
        )
        lines.append(words % {"count": counts.hazards})
    if counts.near:
        words = ngettext(
            "%(count)d demand is near its deadline.",
            "%(count)d demands are near their deadlines.",
            counts.near,
        )
        lines.append(words % {"count": counts.near})
    if counts.late:
        words = ngettext(
            "%(count)d demand is overdue.", "%(count)d demands are overdue.", counts.late
        )
        lines.append(words % {"count": counts.late})
    if counts.is_nothing:
        lines.append(_("This is a test. The channel works."))
    lines.append(f"{base_url.rstrip('/')}{inbox()}")
    title = _("Bianfang: safety hazard") if counts.hazards else _("Bianfang: reminders")
    return Message(title, tuple(lines))
