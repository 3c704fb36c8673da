"""Comparing what the server says with the examples that both sides read."""

import json
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parents[5] / "frontend" / "field" / "tests" / "examples"


def example(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def shape(value: Any) -> Any:
    """The names and kinds in it; of a list its first item, of marks by id only that they are."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value[:1]]
    return type(value).__name__
