"""Look-back (回头看): a sample of what was written off is checked again by somebody else.

The sample is drawn by a rule and a seed that are kept with all numbers drawn from, so that anybody
can draw it again. A failed check reopens its demand.
"""
