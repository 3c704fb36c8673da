"""What the journal says of reminders."""

from enum import StrEnum


class Verb(StrEnum):
    """Only the ladder is journaled; who was reminded of what is not."""

    LADDER_SET = "reminder_ladder_set"
