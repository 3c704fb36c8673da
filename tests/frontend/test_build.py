import gzip
import json
import re
from pathlib import Path

FIRST_PAGE_BUDGET = 40_000
FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
TOO_NEW = re.compile(
    r"\.at\(|\.to(Sorted|Reversed|Spliced)\(|\.findLast|\bstructuredClone\(|\bObject\.hasOwn\("
    r"|\bObject\.groupBy\(|\brandomUUID\b|\bAbortSignal\.(timeout|any)\("
)
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
    sheets = [
        *(FRONTEND / "desk/src/theme").glob("*.css"),
        *(FRONTEND / "field/src").rglob("*.css"),
    ]

    assert sheets
    for sheet in sheets:
        assert not OLD_BROWSERS_CANNOT.search(sheet.read_text("utf-8")), sheet.name
        assert not re.search(r"\b(oklch|color-mix)\((?!\))", sheet.read_text("utf-8")), sheet.name


def test_phone_page_calls_nothing_that_browsers_of_2020_lack() -> None:
    """The build rewrites how things are written, not what the browser brings along."""
    sources = [
        path for path in (FRONTEND / "field/src").rglob("*") if path.suffix in {".ts", ".vue"}
    ]

    assert sources
    assert [path.name for path in sources if TOO_NEW.search(path.read_text("utf-8"))] == []


FIELD_BUDGET = 130_000
OTHER_HOST = re.compile(r"(?<![\w:])(?:https?:)?//(?!www\.w3\.org/)(\w[\w.-]*\.[a-z]{2,})/")
ONLY_IN_MESSAGES = {"vuejs.org", "dexie.org", "tinyurl.com", "bit.ly"}
"""Libraries name these in sentences of their errors; the policy of the page lets nothing out."""
IMPORTS = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")


def test_phone_page_asks_no_other_host_and_brings_its_font_as_a_file(built: Path) -> None:
    field = built / "static/field"
    texts = {
        path.name: path.read_text("utf-8")
        for path in field.rglob("*")
        if path.suffix in {".css", ".js", ".html", ".svg"}
    }

    assert texts
    for name, text in texts.items():
        assert set(OTHER_HOST.findall(text)) <= ONLY_IN_MESSAGES, name
        assert "data:font" not in text, name
        assert 'style="' not in text, name
    assert list(field.glob("assets/*.woff2"))


def test_phone_page_holds_nothing_of_the_fake_town(built: Path) -> None:
    scripts = [path.read_text("utf-8") for path in (built / "static/field").rglob("*.js")]

    assert not any("李大山" in text or "fakeApp" in text for text in scripts)


def test_scripts_that_the_phone_page_needs_at_once_stay_within_the_budget(built: Path) -> None:
    assets = built / "static/field/assets"
    needed = [*assets.glob("page-*.js"), *assets.glob("field-app-*.js")]
    first = sum(map(_packed, _with_static_imports(needed)))
    everything = sum(map(_packed, assets.glob("*.js")))

    print(f"first load {first} B, all parts {everything} B, gzip")  # noqa: T201  # read with `pytest -s`
    assert needed
    assert first <= FIELD_BUDGET


def _with_static_imports(entries: list[Path]) -> set[Path]:
    found, waiting = set[Path](), [*entries]
    while waiting:
        script = waiting.pop()
        if script not in found:
            found.add(script)
            names = IMPORTS.findall(script.read_text("utf-8"))
            waiting += [script.parent / name for name in names]
    return found


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
