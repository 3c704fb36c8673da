"""`bianfang worker`: the jobs in a process of their own."""

import argparse
import sys

from bianfang.config.commands import ready
from bianfang.kernel.jobs.running import run_worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace) -> int:
    """Serve the queue; TERM or Ctrl-C lets the running job finish, a second one does not."""
    del arguments
    ready.prepare()
    sys.stdout.write("bianfang worker: waiting for jobs (Ctrl-C ends it)\n")
    sys.stdout.flush()
    run_worker()
    return 0
