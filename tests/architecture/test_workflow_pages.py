"""The drawn lives in docs/workflows are those of the tables, in both languages."""

import re

import pytest
import workflow_lives
import workflow_pages
import workflow_words

from tests.architecture import sources

STALE = "run scripts/draw_workflows.py"


def test_committed_pages_are_what_the_tables_say() -> None:
    wanted = workflow_pages.pages()
    committed = {
        path: path.read_text(encoding="utf-8") for path in workflow_pages.FOLDER.rglob("*.md")
    }

    assert {sources.short(path) for path in wanted} == {sources.short(p) for p in committed}, STALE
    assert [sources.short(path) for path in wanted if wanted[path] != committed[path]] == [], STALE


def test_every_workflow_has_a_page_and_a_title() -> None:
    keys = {life.key for life in workflow_lives.lives()} | {workflow_pages.REMINDERS}

    assert set(workflow_lives.packages()) <= keys
    assert set(workflow_words.TITLES) == keys


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_move_of_a_table_is_a_row_and_leads_to_a_drawn_state(language: str) -> None:
    for life in workflow_lives.lives():
        names = {state.name for state in life.states}
        page = workflow_pages.pages()[
            workflow_pages.FOLDER / language / workflow_pages.file_name(life.key)
        ]

        assert {arrow.source for arrow in life.arrows} - {None} <= names
        assert {arrow.target for arrow in life.arrows} - {None} <= names
        assert page.count("\n| ") == 4 + len(life.states) + len(life.arrows)


def test_chinese_pages_hold_no_english_label() -> None:
    chinese = [text for path, text in workflow_pages.pages().items() if path.parent.name == "zh"]

    for text in chinese:
        shown = re.sub(r"\(.*?\)|`[^`]*`|```mermaid.*?```", "", text, flags=re.DOTALL)
        assert re.findall(r"[A-Za-z]{3,}", shown) == []


def test_both_handbooks_link_to_the_pages() -> None:
    for language in workflow_pages.LANGUAGES:
        handbook = sources.ROOT / "docs" / "handbook" / language / "README.md"
        assert f"../../workflows/{language}/README.md" in handbook.read_text(encoding="utf-8")
