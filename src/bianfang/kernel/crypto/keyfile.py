"""The key file: JSON outside the database, readable by its owner only, never overwritten.

Losing it means losing every sealed field: it is backed up apart from the database.
"""

import base64
import binascii
import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.crypto.blind_index import DigestName, IndexKey
from bianfang.kernel.crypto.cipher import (
    MOST_KEY_ID,
    SECRET_LENGTHS,
    CipherName,
    SealingKey,
)
from bianfang.kernel.crypto.errors import KeyFileError

_FORMAT = 1
_INDEX_SECRET_LENGTH = 32
_OWNER_ONLY = 0o600
_DIGEST_BESIDE = {
    CipherName.AES_GCM: DigestName.SHA256,
    CipherName.SM4_GCM: DigestName.SM3,
}


def create_keyfile(path: Path, *, cipher: CipherName) -> None:
    """Make a file with one sealing key and the index key; an existing file is never touched."""
    content = {
        "format": _FORMAT,
        "keys": [_new_key(1, cipher)],
        "index": {
            "digest": _DIGEST_BESIDE[cipher].value,
            "secret": _encode(secrets.token_bytes(_INDEX_SECRET_LENGTH)),
        },
    }
    try:
        _write_new(path, content)
    except FileExistsError as error:
        raise KeyFileError(
            _("%(path)s exists already; a key file is never overwritten.") % {"path": path}
        ) from error


def add_key(path: Path, *, cipher: CipherName) -> int:
    """Add a sealing key, which becomes the newest, and give its id; the old ones stay to open."""
    content = _read(path)
    keys, _index = _parse(path, content)
    key_id = max(key.key_id for key in keys) + 1
    content["keys"].append(_new_key(key_id, cipher))
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    _write_new(beside, content)
    beside.replace(path)
    return key_id


def load_keyfile(path: Path) -> tuple[tuple[SealingKey, ...], IndexKey]:
    """All sealing keys and the index key; refuses a file with anything missing."""
    return _parse(path, _read(path))


def _new_key(key_id: int, cipher: CipherName) -> dict[str, Any]:
    return {
        "id": key_id,
        "cipher": cipher.value,
        "made_on": clock.today().isoformat(),
        "secret": _encode(secrets.token_bytes(SECRET_LENGTHS[cipher])),
    }


def _write_new(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KeyFileError(
            _("There is no key file at %(path)s: restore it from its own backup, or make one.")
            % {"path": path}
        ) from error
    except ValueError as error:
        raise _damaged(path) from error
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise _damaged(path)
    return content


def _parse(path: Path, content: dict[str, Any]) -> tuple[tuple[SealingKey, ...], IndexKey]:
    try:
        keys = tuple(_parse_key(entry) for entry in content["keys"])
        index = IndexKey(
            digest=DigestName(content["index"]["digest"]),
            secret=_decode(content["index"]["secret"], _INDEX_SECRET_LENGTH),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error
    if not keys or len({key.key_id for key in keys}) != len(keys):
        raise _damaged(path)
    return keys, index


def _parse_key(entry: dict[str, Any]) -> SealingKey:
    key_id = entry["id"]
    if not isinstance(key_id, int) or not 0 < key_id <= MOST_KEY_ID:
        msg = "key id out of range"
        raise ValueError(msg)
    cipher = CipherName(entry["cipher"])
    secret = _decode(entry["secret"], SECRET_LENGTHS[cipher])
    return SealingKey(key_id=key_id, cipher=cipher, secret=secret)


def _encode(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")


def _decode(text: str, length: int) -> bytes:
    try:
        secret = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        msg = "secret is no base64"
        raise ValueError(msg) from error
    if len(secret) != length:
        msg = "secret has a wrong length"
        raise ValueError(msg)
    return secret


def _damaged(path: Path) -> KeyFileError:
    return KeyFileError(
        _("The key file %(path)s is damaged. Restore it from its own backup.") % {"path": path}
    )
