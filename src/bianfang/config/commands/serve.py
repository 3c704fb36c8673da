"""`bianfang serve`: the desk over HTTP, with the jobs in the same process tree."""

import argparse
import os
import sys

from bianfang.config.commands import ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="web processes (default 1)")
    parser.add_argument("--threads", type=int, default=2, help="threads of each (default 2)")
    parser.add_argument("--no-jobs", action="store_true", help="jobs run in `bianfang worker`")


def run(arguments: argparse.Namespace) -> int:
    """Prepare the data folder, then become the server."""
    ready.prepare()
    become_server(arguments)
    return 0


def become_server(arguments: argparse.Namespace) -> None:
    """Replace this process by the web server; it ends on Ctrl-C or a TERM signal."""
    os.environ["BIANFANG_JOBS_INSIDE"] = "0" if arguments.no_jobs else "1"
    sys.stdout.write(f"遍访 http://{arguments.host}:{arguments.port}/  (Ctrl-C ends it)\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", arguments.host, "--port", str(arguments.port)]
    command += ["--workers", str(arguments.workers)]
    command += ["--blocking-threads", str(arguments.threads)]
    command += ["--no-ws", "--log-level", "warning", "bianfang.config.wsgi:application"]
    os.execv(sys.executable, command)  # noqa: S606  # own words, no shell
