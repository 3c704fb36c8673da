"""Scoped reads: who answers for a place, what a person answers for, where nobody does."""
