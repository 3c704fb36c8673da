"""Sealing of short texts: version, key id, nonce, ciphertext and tag, bound to a label.

Layout: 1 byte version (which cipher) · 2 bytes key id · 12 bytes nonce · ciphertext · 16 bytes tag.
The label (which field it is) and the first three bytes are authenticated with it, so that a sealed
value cannot be moved to another column or be said to belong to another key.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from django.utils.translation import gettext as _

from bianfang.kernel.crypto.errors import KeyFileError, OpenError, UnknownKeyError

NONCE_LENGTH = 12
TAG_LENGTH = 16
HEADER_LENGTH = 3
_SHORTEST = HEADER_LENGTH + NONCE_LENGTH + TAG_LENGTH
MOST_KEY_ID = 0xFFFF


class CipherName(StrEnum):
    """The ciphers a key can be for."""

    AES_GCM = "aes-gcm"
    SM4_GCM = "sm4-gcm"


SECRET_LENGTHS: Mapping[CipherName, int] = MappingProxyType(
    {CipherName.AES_GCM: 32, CipherName.SM4_GCM: 16}
)
_VERSIONS: Mapping[CipherName, int] = MappingProxyType(
    {CipherName.AES_GCM: 1, CipherName.SM4_GCM: 2}
)


class _Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...


class _Sm4Gcm:
    """SM4-GCM with the two methods of an AEAD object."""

    def __init__(self, secret: bytes) -> None:
        self._algorithm = SM4(secret)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        body, tag = data[:-TAG_LENGTH], data[-TAG_LENGTH:]
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(body) + decryptor.finalize()


@dataclass(frozen=True, kw_only=True)
class SealingKey:
    """One key of the ring; ids rise, the highest is the newest."""

    key_id: int
    cipher: CipherName
    secret: bytes

    @cached_property
    def header(self) -> bytes:
        """The first bytes of everything sealed with this key."""
        return bytes([_VERSIONS[self.cipher]]) + self.key_id.to_bytes(2, "big")

    @cached_property
    def aead(self) -> _Aead:
        """The cipher, keyed once."""
        return AESGCM(self.secret) if self.cipher is CipherName.AES_GCM else _Sm4Gcm(self.secret)


class KeyRing:
    """Seals with the newest key of the chosen cipher, opens with any key it holds."""

    def __init__(self, keys: tuple[SealingKey, ...], cipher: CipherName) -> None:
        fitting = [key for key in keys if key.cipher is cipher]
        if not fitting:
            raise KeyFileError(
                _("The key file holds no key for %(cipher)s; add one and try again.")
                % {"cipher": cipher.value}
            )
        self._newest = max(fitting, key=lambda key: key.key_id)
        self._by_header = {key.header: key for key in keys}

    def seal(self, text: str, label: bytes) -> bytes:
        """Encrypt for one label, with a fresh nonce: the same text never looks the same twice."""
        key = self._newest
        nonce = os.urandom(NONCE_LENGTH)
        body = key.aead.encrypt(nonce, text.encode("utf-8"), key.header + label)
        return key.header + nonce + body

    def open(self, sealed: bytes, label: bytes) -> str:
        """Decrypt what was sealed for the same label; anything altered is refused."""
        if len(sealed) < _SHORTEST:
            raise OpenError(_("A sealed field is damaged: it is too short. Restore a backup."))
        header = sealed[:HEADER_LENGTH]
        key = self._by_header.get(header)
        if key is None:
            raise UnknownKeyError(
                _("A field was sealed with key %(key)s, which the key file does not hold.")
                % {"key": int.from_bytes(header[1:], "big")}
            )
        nonce, body = sealed[HEADER_LENGTH:][:NONCE_LENGTH], sealed[HEADER_LENGTH + NONCE_LENGTH :]
        try:
            return key.aead.decrypt(nonce, body, header + label).decode("utf-8")
        except InvalidTag as error:
            raise OpenError(
                _("A sealed field was altered or belongs to another place. Restore a backup.")
            ) from error

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed with the newest key."""
        return sealed[:HEADER_LENGTH] == self._newest.header

    def rotate(self, sealed: bytes, label: bytes) -> bytes:
        """The same text under the newest key; what is current already comes back as it is."""
        return sealed if self.is_current(sealed) else self.seal(self.open(sealed, label), label)
