"""What the tests of the phone page read as well, and the two example workbooks."""

import json
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_ROOT = next(folder for folder in _HERE.parents if (folder / "pyproject.toml").exists())
SHARED = _ROOT / "frontend" / "field" / "tests" / "examples"


def example(name: str) -> bytes:
    """A workbook."""
    return (_HERE / "examples" / name).read_bytes()


def shared_json(name: str) -> Any:
    """What a file of examples holds."""
    return json.loads((SHARED / name).read_text("utf-8"))
