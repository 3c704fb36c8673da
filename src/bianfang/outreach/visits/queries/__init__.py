"""Scoped reads of rounds, coverage, visits and paper sheets, one module per topic."""
