import gzip
import json
import re
from pathlib import Path

FIRST_PAGE_BUDGET = 40_000
OLD_BROWSERS_CANNOT = re.compile(r"@layer|:has\(")


def test_build_asks_no_other_host_and_needs_no_data_uris(built: Path) -> None:
    texts = {
        path.name: path.read_text("utf-8")
        for path in (built / "static/desk").rglob("*")
        if path.suffix in {".css", ".js", ".svg"}
    }

    assert texts
    for name, text in texts.items():
        assert re.findall(r"https?://(?!www\.w3\.org/)[^\s\"')]+", text) == [], name
        assert "url(data:" not in text.replace('"', ""), name


def test_manifest_names_the_entry_and_its_one_style_sheet(built: Path) -> None:
    manifest = json.loads((built / "static/desk/manifest.json").read_text("utf-8"))

    entry = manifest["src/desk.ts"]

    assert entry["isEntry"]
    assert len(entry["css"]) == 1
    assert (built / "static/desk" / entry["file"]).exists()


def test_styles_script_and_icons_stay_within_their_share_of_the_first_page(built: Path) -> None:
    desk = built / "static/desk"
    sent = [*desk.glob("assets/*.css"), *desk.glob("assets/*.js"), desk / "icons.svg"]

    assert sum(len(gzip.compress(path.read_bytes())) for path in sent) <= FIRST_PAGE_BUDGET


def test_own_styles_are_understood_by_browsers_of_2020() -> None:
    theme = Path(__file__).resolve().parents[2] / "frontend/desk/src/theme"

    for sheet in theme.glob("*.css"):
        assert not OLD_BROWSERS_CANNOT.search(sheet.read_text("utf-8")), sheet.name
        assert not re.search(r"\b(oklch|color-mix)\((?!\))", sheet.read_text("utf-8")), sheet.name
