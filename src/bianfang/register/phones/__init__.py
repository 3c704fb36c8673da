"""Phones on which staff use the field page: known so that a lost one can be emptied.

Nobody is followed by them: a phone has a name and two days, no place, no time of day, no count.
"""
