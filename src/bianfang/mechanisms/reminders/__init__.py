"""Reminders by deadline: one digest a person and day, in work time; nobody sees another's.

Safety hazards alone are told at once. By which further ways, `channels` knows.
"""
