from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from bianfang.kernel.crypto.cipher import CipherName, KeyRing
from bianfang.kernel.crypto.current import blind_index, forget_keys, keys, open_sealed, seal
from bianfang.kernel.crypto.errors import KeyFileError, UnknownKeyError
from bianfang.kernel.crypto.keyfile import add_key, create_keyfile, load_keyfile

LABEL = b"households.resident.phone"


@pytest.fixture
def path(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    path = tmp_path / "keyring.json"
    create_keyfile(path, cipher=CipherName.AES_GCM)
    settings.BIANFANG_KEYRING_FILE = path
    settings.BIANFANG_CIPHER = "aes-gcm"
    forget_keys()
    yield path
    forget_keys()


@pytest.mark.usefixtures("path")
def test_seal_and_open_by_the_settings() -> None:
    assert open_sealed(seal("10000009674", LABEL), LABEL) == "10000009674"
    assert len(blind_index("10000009674", purpose="phone")) == 32


def test_keys_are_read_once_per_process(path: Path) -> None:
    first = keys()
    path.unlink()

    assert keys() is first
    forget_keys()
    with pytest.raises(KeyFileError):
        keys()


def test_open_sealed_looks_again_for_a_key_added_meanwhile(path: Path) -> None:
    seal("text", LABEL)
    add_key(path, cipher=CipherName.AES_GCM)
    newer = KeyRing(load_keyfile(path)[0], CipherName.AES_GCM).seal("text", LABEL)

    assert open_sealed(newer, LABEL) == "text"


@pytest.mark.usefixtures("path")
def test_open_sealed_unknown_key_stays_unknown() -> None:
    sealed = bytearray(seal("text", LABEL))
    sealed[2] = 9

    with pytest.raises(UnknownKeyError, match="9"):
        open_sealed(bytes(sealed), LABEL)


def test_cipher_setting_chooses_among_the_keys(path: Path, settings: Settings) -> None:
    sealed = seal("text", LABEL)
    add_key(path, cipher=CipherName.SM4_GCM)

    settings.BIANFANG_CIPHER = "sm4-gcm"

    assert seal("text", LABEL)[0] != sealed[0]
    assert open_sealed(sealed, LABEL) == "text"
