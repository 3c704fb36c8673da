import ast
from pathlib import Path

from tests.architecture import sources

FUNCTION_STOP = 50
FILE_STOP = 400
TEST_FILE_STOP = 600
TEMPLATE_STOP = 150
TYPESCRIPT_STOP = 300


def test_functions_stop_at_fifty_lines() -> None:
    too_long = []
    for path in sources.python_files():
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_STOP:
                    too_long.append(f"{sources.short(path)}:{node.lineno} {node.name} {length}")

    assert too_long == []


def test_python_files_stop_at_four_hundred_lines_and_test_files_at_six_hundred() -> None:
    too_long = []
    for path in sources.python_files():
        stop = TEST_FILE_STOP if sources.is_test(path) else FILE_STOP
        if sources.line_count(path) > stop:
            too_long.append(f"{sources.short(path)} {sources.line_count(path)} > {stop}")

    assert too_long == []


def test_templates_stop_at_one_hundred_and_fifty_lines() -> None:
    assert _longer_than(TEMPLATE_STOP, sources.templates()) == []


def test_typescript_files_stop_at_three_hundred_lines() -> None:
    assert _longer_than(TYPESCRIPT_STOP, sources.typescript_files()) == []


def _longer_than(stop: int, paths: list[Path]) -> list[str]:
    counted = [(path, sources.line_count(path)) for path in paths]
    return [f"{sources.short(path)} {lines} > {stop}" for path, lines in counted if lines > stop]
