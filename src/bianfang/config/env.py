"""The only reader of the environment: typed, each failing with the variable's name and a hint."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingError(Exception):
    """A variable has a value that cannot be used."""


def text(name: str, default: str = "") -> str:
    """A string."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """`1`/`0`, `true`/`false`, `yes`/`no`, `on`/`off`."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    msg = f"{name}={raw!r} is not a yes or no; write 1 or 0."
    raise SettingError(msg)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of a few words."""
    raw = os.environ.get(name, default)
    if raw not in allowed:
        msg = f"{name}={raw!r} is not known; write one of: {', '.join(allowed)}."
        raise SettingError(msg)
    return raw


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def data_dir() -> Path:
    """BIANFANG_DATA_DIR: database, keys, uploads, backups. By default ~/.local/share/bianfang."""
    raw = os.environ.get("BIANFANG_DATA_DIR", "")
    folder = Path(raw).expanduser() if raw else Path.home() / ".local" / "share" / "bianfang"
    if folder.exists() and not folder.is_dir():
        msg = f"BIANFANG_DATA_DIR={folder} is not a folder; name a folder or leave it unset."
        raise SettingError(msg)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def database(folder: Path) -> dict[str, Any]:
    """BIANFANG_DATABASE_URL: postgresql://user:password@host:port/name, or unset for SQLite."""
    url = os.environ.get("BIANFANG_DATABASE_URL", "")
    return postgresql(url) if url else sqlite(folder)


def sqlite(folder: Path) -> dict[str, Any]:
    """SQLite in WAL mode; FULL, since a power cut must not lose an acknowledged demand."""
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "cache_size=-20000", "mmap_size=134217728")
    return {
        "ENGINE": "bianfang.kernel.tenancy.engines.sqlite3",
        "NAME": folder / "bianfang.sqlite3",
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": ":memory:"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL with one lasting connection per thread."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        msg = (
            "BIANFANG_DATABASE_URL is not understood; "
            "write postgresql://user:password@host:5432/name, or unset it to use SQLite."
        )
        raise SettingError(msg)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "bianfang.kernel.tenancy.engines.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": options,
    }


def mail_server() -> dict[str, Any]:
    """BIANFANG_MAIL_SERVER: smtps://user:password@host:465, smtp+tls://… or smtp://…; else none."""
    url = os.environ.get("BIANFANG_MAIL_SERVER", "")
    if not url:
        return {}
    parts = urlsplit(url)
    ports = {"smtps": 465, "smtp+tls": 587, "smtp": 25}
    if parts.scheme not in ports or not parts.hostname:
        msg = "BIANFANG_MAIL_SERVER is no mail server; write smtps://user:password@host:465."
        raise SettingError(msg)
    return {
        "host": parts.hostname,
        "port": parts.port or ports[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "ssl": parts.scheme == "smtps",
        "tls": parts.scheme == "smtp+tls",
    }
