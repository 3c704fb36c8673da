"""The command line: `bianfang COMMAND`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

import django

from bianfang.config.env import SettingError

COMMANDS = (
    ("demo", "build the invented town of the founding text, then serve it"),
    ("serve", "serve the town in BIANFANG_DATA_DIR"),
    ("worker", "run the jobs: imports, exports, reminders"),
    ("check", "look whether everything is in its place"),
    ("import-roll", "read a household roll; with --merge put it into the register"),
    ("figures", "print every figure with numerator, denominator and day"),
    ("admin", "make the first account of a town, or set its password anew"),
    ("backup", "write database, uploads and keys into one archive"),
    ("restore", "put an archive of `backup` into an empty data folder"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; a refused one says why in one sentence and returns 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bianfang.config.settings")
    parser = argparse.ArgumentParser(
        prog="bianfang",
        description="遍访: visit every door, settle every demand, show every result.",
        epilog="Data lies in BIANFANG_DATA_DIR; a PostgreSQL is named by BIANFANG_DATABASE_URL.",
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    words = sys.argv[1:] if argv is None else argv
    wanted = next((word for word in words if not word.startswith("-")), "")
    for name, help_text in COMMANDS:
        command = subparsers.add_parser(name, help=help_text, description=help_text)
        if name == wanted:
            try:
                _module(name).add_arguments(command)
            except SettingError as error:
                return _refuse(name, str(error))
    return _run(parser.parse_args(words))


def _module(name: str) -> ModuleType:
    """The command's module. Models can be imported only behind `setup`, so it is loaded late."""
    django.setup()
    return import_module(f"bianfang.config.commands.{name.replace('-', '_')}")


def _run(arguments: argparse.Namespace) -> int:
    module = _module(arguments.command)
    try:
        result: int = module.run(arguments)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # sorted by kind: only expected ones are swallowed
        sentence = _expected(error)
        if sentence is None:
            raise
        return _refuse(arguments.command, sentence)
    return result


def _refuse(name: str, sentence: str) -> int:
    sys.stderr.write(f"bianfang {name}: {sentence}\n")
    return 2


def _expected(error: Exception) -> str | None:
    """The sentence of a failure that a person can mend; None for a bug."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    expected = {"DomainError", "SettingError", "CommandError", "OperationalError"}
    return str(error).strip() if kinds & expected else None


if __name__ == "__main__":
    sys.exit(main())
