import re

import pytest

from tests.architecture import sources

FORBIDDEN = {
    "inline style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without src": re.compile(
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type=\"application/json\")"
    ),
    "inline event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx code in an attribute": re.compile(r"hx-on[:-]|hx-vals\s*=\s*[\"']js:"),
    "file of another host": re.compile(r"\b(src|href|action)\s*=\s*[\"'](https?:)?//"),
    "icon or image without alternative text": re.compile(r"<img\b(?![^>]*\balt\s*=)"),
}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_templates_obey_the_content_security_policy(rule: str) -> None:
    pattern = FORBIDDEN[rule]

    found = [
        f"{sources.short(path)}: {match.group(0)[:80]}"
        for path in sources.templates()
        for match in [pattern.search(path.read_text(encoding="utf-8"))]
        if match
    ]

    assert found == []
