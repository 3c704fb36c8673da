import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bianfang.config import cli
from bianfang.mechanisms.figurebook import BOOK
from bianfang.register.areas import actions as areas
from bianfang.register.people import queries as people

pytestmark = pytest.mark.django_db


def _town() -> None:
    town = areas.create_town(name="云溪镇", county_name="云县", slug="yunxi")
    areas.create_tree(
        actor=people.system_actor(town_id=town.id, name="test"),
        tree=[("东社区", "东村", "东村"), ("东社区", "东村", "小东村")],
    )


def test_figures_as_json_tell_every_figure_with_its_formula(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _town()

    assert cli.main(["figures", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["town"] == "云溪镇"
    assert told["figures"]["hamlets"]["numerator"] == 2
    assert told["figures"]["solved_rate"]["text"] == "—"
    expected = {figure.key for figure in BOOK if not figure.per_round}
    assert expected <= told["figures"].keys()
    assert all(line["formula"] for line in told["figures"].values())


def test_figures_of_an_area_count_only_there(capsys: pytest.CaptureFixture[str]) -> None:
    _town()

    assert cli.main(["figures", "--area", "小东村", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["figures"]["hamlets"]["numerator"] == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["figures", "--area", "西村"], "no area"),
        (["figures", "--town", "别镇"], "no town"),
    ],
)
def test_what_cannot_be_found_is_said_in_one_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _town()

    assert cli.main(arguments) == 2
    assert sentence in capsys.readouterr().err


def test_figures_without_a_town_tell_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["figures"]) == 2
    assert "import-roll" in capsys.readouterr().err


def test_every_command_has_a_module_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for name, _ in cli.COMMANDS:
        with pytest.raises(SystemExit) as ended:
            cli.main([name, "--help"])
        assert ended.value.code == 0
        assert name in capsys.readouterr().out


def _run(folder: Path, *arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "BIANFANG_DATA_DIR": str(folder)}
    environment.pop("BIANFANG_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "bianfang.config.cli", *arguments],
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


SET_UP = """
import django; django.setup()
from bianfang.config.commands import ready
from bianfang.register.areas import actions as areas
ready.prepare()
areas.create_town(name="云溪镇", county_name="云县", slug="yunxi")
"""


def test_admin_check_backup_and_restore_in_data_folders_of_their_own(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    environment = {
        **os.environ,
        "BIANFANG_DATA_DIR": str(first),
        "DJANGO_SETTINGS_MODULE": "bianfang.config.settings",
    }
    environment.pop("BIANFANG_DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", SET_UP], env=environment, check=True)
    made = _run(first, "admin", "office", "--password-stdin", stdin="a-long-password-1\n")
    assert made.returncode == 0, made.stderr
    weak = _run(first, "admin", "office", "--password-stdin", stdin="short\n")
    assert weak.returncode == 2
    checked = _run(first, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr

    archive = tmp_path / "town.tar.gz"
    assert _run(first, "backup", str(archive)).returncode == 0
    assert archive.stat().st_mode & 0o777 == 0o600
    restored = _run(second, "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert _run(second, "restore", str(archive)).returncode == 2

    with sqlite3.connect(second / "bianfang.sqlite3") as copy:
        assert copy.execute("SELECT username FROM people_staff").fetchall() == [("office",)]
    assert (second / "keyring.json").read_bytes() == (first / "keyring.json").read_bytes()
    assert _run(second, "check").returncode == 0
