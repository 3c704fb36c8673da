"""How a demand is handled (怎样办): on the spot, within a deadline, or at a meeting, to its end.

A demand has a number of its own for good. From acceptance on its four compulsory fields are never
empty: content, measures, person in charge, deadline. It ends with a result, a reply to the resident
and a write-off by a second person, or it is carried over to the half-year list.
"""
