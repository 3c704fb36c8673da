import re
from pathlib import Path

import pytest
from django.conf import settings

BUILT = Path(__file__).resolve().parents[5] / "build" / "static"


@pytest.mark.parametrize("face", ["desk", "field"])
def test_names_with_a_hash_of_their_content_are_kept_for_good(face: str) -> None:
    names = [path.name for path in (BUILT / face / "assets").glob("*.js")]

    assert names
    for name in names:
        assert re.search(settings.WHITENOISE_IMMUTABLE_FILE_TEST, f"/static/{face}/assets/{name}")


@pytest.mark.parametrize(
    "path", ["/static/field/sw.js", "/static/desk/icons.svg", "/static/desk/manifest.json"]
)
def test_names_without_one_are_asked_for_again(path: str) -> None:
    assert not re.search(settings.WHITENOISE_IMMUTABLE_FILE_TEST, path)


def test_scripts_and_styles_are_sent_compressed() -> None:
    plain = [*BUILT.glob("*/assets/*.js"), *BUILT.glob("*/assets/*.css")]

    assert plain
    assert [path.name for path in plain if not path.with_name(f"{path.name}.gz").exists()] == []
