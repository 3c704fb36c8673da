"""Hedge words of Chinese reports (12800余户, 约160万元), given only where they are true.

A report says no more than the records: a hedge that would lie is refused, never softened.
"""
