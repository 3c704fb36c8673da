"""The project's own files, as the architecture tests see them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "bianfang"
PYTHON_FOLDERS = ("src", "tests", "scripts", "bench")


def python_files() -> list[Path]:
    """Every Python file a person wrote; migrations are written by a machine."""
    found = [path for folder in PYTHON_FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)


def typescript_files() -> list[Path]:
    found = (ROOT / "frontend").rglob("*.ts")
    return sorted(path for path in found if "node_modules" not in path.parts)


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Name and text of every file that is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if content and b"\0" not in content:
            yield name, content.decode("utf-8")


def import_contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return contracts


def layers_of(container: str) -> list[set[str]]:
    """The layers that the import contract gives a package, highest first."""
    for contract in import_contracts():
        if contract.get("containers") == [container] and isinstance(contract["layers"], list):
            return [
                {name.strip(" ()") for name in str(layer).replace(":", "|").split("|")}
                for layer in contract["layers"]
            ]
    return []
