#!/usr/bin/env python3
"""Compile every .po of the project to .mo without gettext's tools."""

from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1] / "src"


def main() -> None:
    for catalogue in sorted(SOURCE.rglob("*.po")):
        polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))


if __name__ == "__main__":
    main()
