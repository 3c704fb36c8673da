import hashlib
import hmac

import pytest

from bianfang.kernel.crypto.blind_index import DigestName, IndexKey


def make_key(digest: DigestName, secret: bytes = b"k" * 32) -> IndexKey:
    return IndexKey(digest=digest, secret=secret)


@pytest.mark.parametrize("digest", DigestName)
def test_index_equal_texts_however_typed_are_found(digest: DigestName) -> None:
    key = make_key(digest)

    typed = [
        "99999920000521031X",
        "99999920000521031x",
        " \ufeff99999920000521031X",
        "'99999920000521031\uff38",
    ]

    assert len({key.index(text, purpose="id") for text in typed}) == 1
    assert len(key.index("", purpose="id")) == 32


@pytest.mark.parametrize("digest", DigestName)
def test_index_other_text_purpose_or_key_differs(digest: DigestName) -> None:
    key, other = make_key(digest), make_key(digest, b"o" * 32)

    found = {
        key.index("10000009674", purpose="phone"),
        key.index("10000009675", purpose="phone"),
        key.index("10000009674", purpose="id"),
        other.index("10000009674", purpose="phone"),
    }

    assert len(found) == 4


def test_index_sha256_is_plain_hmac() -> None:
    expected = hmac.new(b"k" * 32, b"phone\x0010000009674", hashlib.sha256).digest()

    assert make_key(DigestName.SHA256).index("10000009674", purpose="phone") == expected


def test_index_sm3_differs_from_sha256() -> None:
    sm3, sha = make_key(DigestName.SM3), make_key(DigestName.SHA256)

    assert sm3.index("1", purpose="id") != sha.index("1", purpose="id")
