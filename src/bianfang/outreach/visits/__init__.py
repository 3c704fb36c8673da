"""What is asked (访什么): rounds, checklists, targets, visits and group talks.

A round freezes its denominator when it starts: one target per resident household. A target ends in
exactly one outcome; a phone or evening visit counts in full. What changes in the register later is
recorded beside the round and never moves the denominator.
"""
