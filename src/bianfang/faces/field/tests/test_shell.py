from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def build(tmp_path: Path, settings: Settings) -> Path:
    settings.BUILD_DIR = tmp_path
    folder = tmp_path / "static" / "field"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>遍访</title>")
    (folder / "sw.js").write_text("self;")
    return folder


@pytest.mark.usefixtures("build")
def test_the_page_comes_without_signing_in_and_under_the_content_policy() -> None:
    answer = Client().get("/field/")

    assert answer.status_code == 200
    assert "遍访" in answer.content.decode()
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("build")
def test_the_worker_is_served_where_it_may_control_the_page() -> None:
    answer = Client().get("/field/sw.js")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")


@pytest.mark.usefixtures("build")
def test_the_same_build_is_not_sent_twice() -> None:
    first = Client().get("/field/")

    again = Client().get("/field/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304


def test_a_server_without_the_built_page_says_so(tmp_path: Path, settings: Settings) -> None:
    settings.BUILD_DIR = tmp_path

    answer = Client().get("/field/")

    assert answer.status_code == 503
    assert "普通走访登记表" in answer.content.decode()
