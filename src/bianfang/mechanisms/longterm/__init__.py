"""What is done for good where a problem keeps coming back (长效机制).

A long-term measure belongs to a place and a kind of problem, never to a person or household. It is
raised from the demands that came again, has a person in charge, a deadline, and a day on which the
place is looked at again.
"""
