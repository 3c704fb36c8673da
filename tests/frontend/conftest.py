import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BUILT = Path(__file__).resolve().parents[2] / "build"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the build folder; a POST is answered by where it came from."""

    posts: list[str] = []

    def do_POST(self) -> None:
        self.posts.append(self.path)
        self.send_response(303)
        self.send_header("Location", "/samples/home.html")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        del format, args


@pytest.fixture(scope="session")
def built() -> Path:
    assert (BUILT / "static/desk/manifest.json").exists(), "run `make setup` first"
    return BUILT


@pytest.fixture(scope="session")
def samples(built: Path) -> Iterator[str]:
    handler = functools.partial(QuietHandler, directory=str(built))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/samples"
    server.shutdown()
    server.server_close()


@pytest.fixture
def posts() -> Iterator[list[str]]:
    QuietHandler.posts.clear()
    yield QuietHandler.posts
