import subprocess
import sys
from pathlib import Path

import pytest

FRONT_END = Path(__file__).resolve().parents[2] / "frontend"


@pytest.mark.parametrize("part", ["desk", "field"])
def test_the_front_ends_own_tests_pass(part: str) -> None:
    npm = Path(sys.executable).parent / "npm"
    command = [str(npm), "--prefix", str(FRONT_END / part), "run", "--silent", "test"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 0, done.stdout + done.stderr
