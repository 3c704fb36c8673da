#!/usr/bin/env python3
"""Write docs/workflows anew; a test fails while its pages differ from what this would write."""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bianfang.config.settings")
django.setup()

import workflow_pages  # noqa: E402 - models need the registry, which setup fills


def main() -> None:
    wanted = workflow_pages.pages()
    for path in workflow_pages.FOLDER.rglob("*.md"):
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"{len(wanted)} pages")


if __name__ == "__main__":
    main()
