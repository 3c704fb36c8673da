"""Uploaded files: kept under a random name in the data folder, found by key, removed when done."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from bianfang.kernel.errors import DomainError

MOST_BYTES = 30 * 1024 * 1024
_SIGNS = frozenset("0123456789abcdef.xlsctvjpg")


class StorageError(DomainError):
    """A file cannot be kept, or is not there any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A kept file: its key, and the SHA-256 of its content."""

    key: str
    digest: str


def keep(content: bytes, *, suffix: str) -> Stored:
    """Write a file at once or not at all; nobody else on the machine may read it."""
    if len(content) > MOST_BYTES:
        raise StorageError(
            _("The file has %(size)s MB; the most is %(most)s MB. Split it and send the parts.")
            % {"size": len(content) // 1_000_000, "most": MOST_BYTES // 1_000_000}
        )
    key = f"{secrets.token_hex(16)}{suffix}"
    settings.BIANFANG_UPLOADS.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = _path(key).with_suffix(".part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    unfinished.replace(_path(key))
    return Stored(key=key, digest=digest_of(content))


def read(key: str) -> bytes:
    """The content, or StorageError when it was removed."""
    try:
        return _path(key).read_bytes()
    except FileNotFoundError as error:
        raise StorageError(_("The file is not kept any more; send it again.")) from error


def remove(key: str) -> None:
    """Forget a file; twice is once."""
    _path(key).unlink(missing_ok=True)


def digest_of(content: bytes) -> str:
    """SHA-256 as hex digits."""
    return hashlib.sha256(content).hexdigest()


def _path(key: str) -> Path:
    if not key or set(key) - _SIGNS or key.startswith("."):
        msg = f"not a key of this storage: {key!r}"
        raise ValueError(msg)
    folder: Path = settings.BIANFANG_UPLOADS
    return folder / key
