"""A bad line between phone and server: loses answers, repeats and replays requests, cuts off.

What goes wrong is drawn from a seed. Only commands are treated badly; everything else passes.
"""

import contextlib
import http.client
import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

COMMANDS = "/field/api/commands/"
DRIVER = "/field-driver/"
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
PASSED_ON = {
    "content-type",
    "cookie",
    "x-csrftoken",
    "x-bianfang-phone",
    "referer",
    "origin",
    "host",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the browser sent it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(kw_only=True)
class BadLine:
    """Where it leads, what it does, and how often each thing happened."""

    port: int
    driver: Path
    dice: random.Random
    cut_power: Callable[[], None]
    is_bad: bool = True
    happened: Counter[str] = field(default_factory=Counter)
    earlier: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    FAULTS: ClassVar = {
        "pass": 30,
        "lose": 22,
        "twice": 12,
        "both": 10,
        "replay": 10,
        "refuse": 8,
        "cut": 8,
    }

    def treat(self, request: Request) -> Answer | None:
        """The server's answer, or None where the line breaks before it arrives."""
        if request.path != COMMANDS or not self.is_bad:
            return self.forward(request)
        with self.lock:
            self.earlier.append(request)
            fault = self.dice.choices(list(self.FAULTS), list(self.FAULTS.values()))[0]
            replayed = self.dice.choice(self.earlier)
            self.happened[fault] += 1
        return self._with(fault, request, replayed)

    def _with(self, fault: str, request: Request, replayed: Request) -> Answer | None:
        if fault == "refuse":
            return Answer(502, [], b"")
        if fault == "cut":
            return self._cut_while(request)
        if fault == "both":
            other = threading.Thread(target=self.forward, args=[request])
            other.start()
            answer = self.forward(request)
            other.join()
            return answer
        if fault == "replay":
            self.forward(replayed)
        answer = self.forward(request)
        if fault == "twice":
            self.forward(request)
        return None if fault == "lose" else answer

    def _cut_while(self, request: Request) -> Answer | None:
        """The server is killed while it works on the request, or right after."""
        working = threading.Thread(target=self.forward, args=[request])
        working.start()
        working.join(timeout=self.dice.random() * 0.15)
        self.cut_power()
        working.join()
        return None

    def forward(self, request: Request) -> Answer | None:
        """Hand it on; None where the server is gone."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(request.method, request.path, request.body or None, request.headers)
            said = line.getresponse()
            return Answer(said.status, said.getheaders(), said.read())
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()


class Handler(BaseHTTPRequestHandler):
    """Lets the driver page through, and everything else down the line."""

    protocol_version = "HTTP/1.1"
    line: ClassVar[BadLine]

    def do_GET(self) -> None:
        if self.path.startswith(DRIVER):
            self._send(_driver_file(self.line.driver, self.path))
        else:
            self._pass()

    def do_POST(self) -> None:
        self._pass()

    def log_message(self, *_args: object) -> None:
        """Quiet."""

    def _pass(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        kept = {key: value for key, value in self.headers.items() if key.lower() in PASSED_ON}
        request = Request(self.command, self.path, kept, self.rfile.read(length))
        answer = self.line.treat(request)
        if answer is None:
            self.close_connection = True
            self.connection.close()
        else:
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            if name.lower() not in {"connection", "transfer-encoding", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        with contextlib.suppress(ConnectionError):  # the tab was closed meanwhile
            self.end_headers()
            self.wfile.write(answer.body)


def serve(line: BadLine) -> ThreadingHTTPServer:
    """The line listens on a port of its own, until `shutdown`."""
    bound = type("BoundHandler", (Handler,), {"line": line})
    server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _driver_file(folder: Path, path: str) -> Answer:
    file = folder / (path.removeprefix(DRIVER) or "index.html")
    if not file.is_file():
        return Answer(404, [], b"")
    return Answer(200, [("Content-Type", KINDS[file.suffix])], file.read_bytes())
