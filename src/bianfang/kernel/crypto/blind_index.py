"""Blind index: a keyed hash by which a sealed value can be found and be unique without opening it.

Identity numbers are guessable, so the index is only as good as the secrecy of its key, which is
another one than those that seal. It is never rotated by itself: a new key means a new index.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC

from bianfang.kernel.codes.digits import code_text


class DigestName(StrEnum):
    """The digests an index key can be for."""

    SHA256 = "hmac-sha256"
    SM3 = "hmac-sm3"


_DIGESTS: Mapping[DigestName, type[HashAlgorithm]] = MappingProxyType(
    {DigestName.SHA256: SHA256, DigestName.SM3: SM3}
)


@dataclass(frozen=True, kw_only=True)
class IndexKey:
    """The secret of the blind index and its digest, fixed when the key file is made."""

    digest: DigestName
    secret: bytes

    @cached_property
    def keyed(self) -> HMAC:
        """The keyed hash before any text; copied for each use."""
        return HMAC(self.secret, _DIGESTS[self.digest]())

    def index(self, text: str, *, purpose: str) -> bytes:
        """32 bytes, equal for texts that are equal when normalised, and for one purpose only."""
        digest = self.keyed.copy()
        digest.update(f"{purpose}\0{code_text(text)}".encode())
        return digest.finalize()
