"""The keys of this process, by the settings BIANFANG_KEYRING_FILE and BIANFANG_CIPHER."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from bianfang.kernel.crypto.blind_index import IndexKey
from bianfang.kernel.crypto.cipher import CipherName, KeyRing
from bianfang.kernel.crypto.errors import UnknownKeyError
from bianfang.kernel.crypto.keyfile import load_keyfile


@dataclass(frozen=True, kw_only=True, slots=True)
class Keys:
    """What a process needs to seal, open and find."""

    ring: KeyRing
    index_key: IndexKey


def keys() -> Keys:
    """The keys the settings name, read from the file once per process."""
    return _load(str(settings.BIANFANG_KEYRING_FILE), str(settings.BIANFANG_CIPHER))


def forget_keys() -> None:
    """Read the key file again at the next use."""
    _load.cache_clear()


def seal(text: str, label: bytes) -> bytes:
    """Encrypt with the newest key."""
    return keys().ring.seal(text, label)


def open_sealed(sealed: bytes, label: bytes) -> str:
    """Decrypt; a key added since the process began is looked for in the file once more."""
    try:
        return keys().ring.open(sealed, label)
    except UnknownKeyError:
        forget_keys()
        return keys().ring.open(sealed, label)


def blind_index(text: str, *, purpose: str) -> bytes:
    """The 32 bytes by which a sealed text is found: equal for equal normalised texts."""
    return keys().index_key.index(text, purpose=purpose)


@lru_cache(maxsize=4)
def _load(path: str, cipher: str) -> Keys:
    sealing_keys, index_key = load_keyfile(Path(path))
    return Keys(ring=KeyRing(sealing_keys, CipherName(cipher)), index_key=index_key)
