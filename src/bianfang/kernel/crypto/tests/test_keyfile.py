import json
import stat
from pathlib import Path
from typing import Any

import pytest

from bianfang.kernel.crypto.blind_index import DigestName
from bianfang.kernel.crypto.cipher import CipherName
from bianfang.kernel.crypto.errors import KeyFileError
from bianfang.kernel.crypto.keyfile import add_key, create_keyfile, load_keyfile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "keyring.json"
    create_keyfile(path, cipher=CipherName.AES_GCM)
    return path


@pytest.mark.parametrize(
    ("cipher", "digest"),
    [(CipherName.AES_GCM, DigestName.SHA256), (CipherName.SM4_GCM, DigestName.SM3)],
)
def test_create_keyfile_makes_two_separate_secrets(
    tmp_path: Path, cipher: CipherName, digest: DigestName
) -> None:
    path = tmp_path / "keyring.json"

    create_keyfile(path, cipher=cipher)

    keys, index = load_keyfile(path)
    assert [(key.key_id, key.cipher) for key in keys] == [(1, cipher)]
    assert index.digest is digest
    assert index.secret != keys[0].secret


def test_create_keyfile_only_the_owner_may_read_it(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_create_keyfile_never_overwrites(path: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(KeyFileError, match=r"keyring\.json"):
        create_keyfile(path, cipher=CipherName.SM4_GCM)

    assert path.read_bytes() == before


def test_add_key_keeps_the_old_ones(path: Path) -> None:
    old, index = load_keyfile(path)

    assert add_key(path, cipher=CipherName.SM4_GCM) == 2

    keys, same_index = load_keyfile(path)
    assert keys[:1] == old
    assert [key.cipher for key in keys] == [CipherName.AES_GCM, CipherName.SM4_GCM]
    assert same_index == index
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keyring.json"]


def test_load_keyfile_missing_says_where(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match=r"nowhere\.json"):
        load_keyfile(tmp_path / "nowhere.json")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2}', '{"format": 1}', "{"])
def test_load_keyfile_something_else_is_damaged(path: Path, content: str) -> None:
    path.write_text(content)

    with pytest.raises(KeyFileError, match=r"keyring\.json"):
        load_keyfile(path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 0),
        ("id", "1"),
        ("id", 70000),
        ("cipher", "rot13"),
        ("secret", "!"),
        ("secret", "AAAA"),
        ("secret", None),
    ],
)
def test_load_keyfile_wrong_key_is_damaged(path: Path, field: str, value: object) -> None:
    content: dict[str, Any] = json.loads(path.read_text())
    content["keys"][0][field] = value
    path.write_text(json.dumps(content))

    with pytest.raises(KeyFileError, match=r"keyring\.json"):
        load_keyfile(path)


@pytest.mark.parametrize("copies", [0, 2])
def test_load_keyfile_no_key_or_the_same_id_twice_is_damaged(path: Path, copies: int) -> None:
    content: dict[str, Any] = json.loads(path.read_text())
    content["keys"] *= copies
    path.write_text(json.dumps(content))

    with pytest.raises(KeyFileError, match=r"keyring\.json"):
        load_keyfile(path)
