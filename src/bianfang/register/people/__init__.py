"""People who serve: units (站办所, committees), staff with a sign-in, posts with a term.

A post gives a role in an area or a unit from a day to a day; permissions come from posts alone.
There is no superuser: an administrator of the system sees no resident.
"""
