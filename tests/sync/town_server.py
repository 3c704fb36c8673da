"""A town served by a process of its own, which may be killed and comes back on the same port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.sync.databases import Database

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
GROUND = "import django; django.setup(); from tests.sync import ground; ground.main({!r})"


class TownServer:
    """The web server on its own data folder (or database), killed without mercy."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.port, self.database = folder, free_port(), database
        self.kills = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **os.environ,
            "BIANFANG_DATA_DIR": str(folder),
            "BIANFANG_DATABASE_URL": database.url,
            "DJANGO_SETTINGS_MODULE": "bianfang.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }

    def ground(self, what: str) -> dict[str, Any]:
        """Ask `tests.sync.ground`, beside the server."""
        done = subprocess.run(
            [sys.executable, "-c", GROUND.format(what)],
            cwd=ROOT,
            env=self._environment,
            check=False,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode()
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def start(self) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
        command += ["--port", str(self.port), "--blocking-threads", "2", "--log-level", "warning"]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "bianfang.config.wsgi:application"],
                cwd=ROOT,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until(is_there=True)

    def kill(self) -> None:
        """SIGKILL to the whole group: nothing is finished, nothing is said."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=10)
            self._process = None
            self.kills += 1
            self._wait_until(is_there=False)

    def _wait_until(self, *, is_there: bool) -> None:
        """Until somebody listens, or until the last of the killed ones has let go of the port."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            if self._process is not None and self._process.poll() is not None:
                break
            with socket.socket() as probe:
                if (probe.connect_ex(("127.0.0.1", self.port)) == 0) is is_there:
                    return
        raise AssertionError((self.folder / "server.log").read_text())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
