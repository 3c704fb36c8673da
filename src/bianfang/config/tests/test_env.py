from pathlib import Path

import pytest

from bianfang.config import env, secrets_file
from bianfang.config.env import SettingError


def test_flag_reads_words_of_yes_and_no(monkeypatch: pytest.MonkeyPatch) -> None:
    for word, truth in (("1", True), ("yes", True), ("off", False), ("", False)):
        monkeypatch.setenv("BIANFANG_X", word)
        assert env.flag("BIANFANG_X") is truth
    monkeypatch.setenv("BIANFANG_X", "perhaps")
    with pytest.raises(SettingError, match="BIANFANG_X"):
        env.flag("BIANFANG_X")


def test_choice_names_the_words_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIANFANG_CIPHER", "rot13")
    with pytest.raises(SettingError, match="aes-gcm, sm4-gcm"):
        env.choice("BIANFANG_CIPHER", "aes-gcm", ("aes-gcm", "sm4-gcm"))


def test_data_dir_is_made_private_and_refuses_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BIANFANG_DATA_DIR", str(tmp_path / "new"))
    assert env.data_dir().stat().st_mode & 0o777 == 0o700

    (tmp_path / "file").touch()
    monkeypatch.setenv("BIANFANG_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(SettingError, match="not a folder"):
        env.data_dir()


def test_sqlite_waits_for_its_turn_and_syncs_fully(tmp_path: Path) -> None:
    options = env.sqlite(tmp_path)["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_url_is_taken_apart() -> None:
    read = env.postgresql("postgresql://clerk:p%40ss@db.example:5433/town?sslmode=require")

    assert (read["USER"], read["PASSWORD"]) == ("clerk", "p@ss")
    assert (read["HOST"], read["PORT"], read["NAME"]) == ("db.example", "5433", "town")
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_postgresql_url_may_name_a_socket_folder() -> None:
    assert env.postgresql("postgresql://clerk@/town?host=/run/pg")["HOST"] == "/run/pg"


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "town"])
def test_another_url_is_refused_with_the_form_it_should_have(url: str) -> None:
    with pytest.raises(SettingError, match="postgresql://user"):
        env.postgresql(url)


def test_secret_key_is_made_once_and_private(tmp_path: Path) -> None:
    key = secrets_file.secret_key(tmp_path)

    assert len(key) >= 50
    assert secrets_file.secret_key(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("url", "host", "port", "ssl", "tls"),
    [
        ("smtps://a:b%40c@mail.example", "mail.example", 465, True, False),
        ("smtp+tls://a:b%40c@mail.example", "mail.example", 587, False, True),
        ("smtp://a:b%40c@mail.example:2525", "mail.example", 2525, False, False),
    ],
)
def test_mail_server_is_taken_apart(
    monkeypatch: pytest.MonkeyPatch, url: str, host: str, port: int, ssl: bool, tls: bool
) -> None:
    monkeypatch.setenv("BIANFANG_MAIL_SERVER", url)

    assert env.mail_server() == {
        "host": host,
        "port": port,
        "user": "a",
        "password": "b@c",
        "ssl": ssl,
        "tls": tls,
    }


def test_without_a_mail_server_there_is_none_and_another_url_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("BIANFANG_MAIL_SERVER", raising=False)
    assert env.mail_server() == {}
    for url in ("https://mail.example", "smtp://"):
        monkeypatch.setenv("BIANFANG_MAIL_SERVER", url)
        with pytest.raises(SettingError, match="BIANFANG_MAIL_SERVER"):
            env.mail_server()
