import ast
import io
import re
import tokenize

from tests.architecture import sources

WRITES = {
    "objects", "save", "create", "update", "delete",
    "bulk_create", "bulk_update", "get_or_create", "update_or_create",
}  # fmt: skip
DEFINITIONS = (ast.ClassDef, ast.FunctionDef)
GRAB_BAGS = {"utils", "helpers", "common", "services", "managers", "mixins"}
# A silenced finding reads "noqa: CODE - why" or "type: ignore[code]  # why".
REASONED = re.compile(
    r"(noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*\s+[-#]|(type: ignore\[[a-z\-, ]+\]|pragma: no \w+)\s+#)"
    r"\s*\S.{4,}"
)
EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:|mypy:|ruff:)")
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
MACHINE_PATH = re.compile(
    r"(?<![\w.~}$/])/(home/\w|Users/\w|ro" + r"ot/|wo" + r"rk/|op" + r"t/|tm" + r"p/)|fi" + r"le://"
)
REGISTRY_HOST = re.compile(
    r"https?://[^\s/\"']*(registry|npmjs|pypi|pythonhosted|artifactory|nexus|mirror)", re.IGNORECASE
)
LOCKED = re.compile(r"^(requirements/.*|frontend/package-lock\.json|.*\.npmrc)$")


def test_faces_read_and_write_only_through_queries_and_actions() -> None:
    found = [
        f"{sources.short(path)}:{node.lineno} .{node.attr}"
        for path in (sources.PACKAGE / "faces").rglob("*.py")
        if not sources.is_test(path)
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Attribute) and node.attr in WRITES
    ]

    assert found == []


def test_no_package_is_empty() -> None:
    empty = [
        sources.short(package.parent)
        for package in sources.PACKAGE.rglob("__init__.py")
        if not [path for path in package.parent.rglob("*.py") if path.name != "__init__.py"]
        and not [node for node in sources.tree(package).body if isinstance(node, DEFINITIONS)]
    ]

    assert empty == []


def test_no_module_is_a_grab_bag() -> None:
    assert [
        sources.short(path)
        for path in sources.python_files()
        if {path.stem, path.parent.name} & GRAB_BAGS
    ] == []


def test_every_silenced_finding_has_a_code_and_a_reason() -> None:
    silent = [
        f"{sources.short(path)}:{token.start[0]} {token.string}"
        for path in sources.python_files()
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        if token.type == tokenize.COMMENT
        if EXCUSE.search(token.string) and not REASONED.search(token.string)
    ]

    assert silent == []


def test_typescript_silences_nothing_without_expecting_it() -> None:
    assert [
        sources.short(path)
        for path in sources.typescript_files()
        if re.search(r"@ts-(ignore|nocheck)|: any\b|\bas any\b", path.read_text("utf-8"))
    ] == []


def test_repository_names_no_machine_no_registry_and_nothing_unfinished() -> None:
    found = []
    for name, text in sources.tracked_texts():
        for number, line in enumerate(text.splitlines(), start=1):
            named = MACHINE_PATH.search(line) or REGISTRY_HOST.search(line)
            if named or (name.endswith((".py", ".ts", ".sh")) and UNFINISHED.search(line)):
                found.append(f"{name}:{number} {line.strip()[:100]}")

    assert found == []


def test_locked_versions_name_no_host() -> None:
    assert [
        f"{name}:{number}"
        for name, text in sources.tracked_texts()
        if LOCKED.match(name)
        for number, line in enumerate(text.splitlines(), start=1)
        if "://" in line
    ] == []
