"""Reminders by deadline: one digest a person and day, in work time; nobody sees another's."""
