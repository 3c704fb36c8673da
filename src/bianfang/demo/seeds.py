"""Repeatable chance: every purpose draws from a stream of its own."""

import random

DEFAULT_SEED = 353


def stream(seed: int, purpose: str) -> random.Random:
    """The same numbers for the same seed and purpose, on every machine and in every run."""
    return random.Random(f"{seed}:{purpose}")  # noqa: S311 - invented data, not a secret
