import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.crypto.cipher import SECRET_LENGTHS, CipherName, KeyRing, SealingKey
from bianfang.kernel.crypto.errors import KeyFileError, OpenError, UnknownKeyError

LABEL = b"households.resident.id_number"


def make_key(key_id: int, cipher: CipherName) -> SealingKey:
    secret = bytes([key_id]) * SECRET_LENGTHS[cipher]
    return SealingKey(key_id=key_id, cipher=cipher, secret=secret)


def make_ring(cipher: CipherName, *key_ids: int) -> KeyRing:
    return KeyRing(tuple(make_key(key_id, cipher) for key_id in key_ids), cipher)


@pytest.mark.parametrize("cipher", CipherName)
@given(text=st.text(max_size=40))
def test_open_gives_back_what_was_sealed(cipher: CipherName, text: str) -> None:
    ring = make_ring(cipher, 1)

    assert ring.open(ring.seal(text, LABEL), LABEL) == text


@pytest.mark.parametrize("cipher", CipherName)
def test_seal_same_text_never_looks_the_same(cipher: CipherName) -> None:
    ring = make_ring(cipher, 1)

    sealed = {ring.seal("99999920000521031X", LABEL) for _ in range(50)}

    assert len(sealed) == 50
    assert {len(one) for one in sealed} == {3 + 12 + 18 + 16}
    assert not any(b"9999" in one for one in sealed)


@pytest.mark.parametrize("cipher", CipherName)
def test_open_any_changed_byte_is_refused(cipher: CipherName) -> None:
    ring = make_ring(cipher, 1)
    sealed = ring.seal("秦某某", LABEL)

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((OpenError, UnknownKeyError)):
            ring.open(bytes(changed), LABEL)


@pytest.mark.parametrize("cipher", CipherName)
def test_open_other_label_is_refused(cipher: CipherName) -> None:
    ring = make_ring(cipher, 1)

    with pytest.raises(OpenError):
        ring.open(ring.seal("secret", LABEL), b"households.resident.phone")


def test_open_too_short_is_refused() -> None:
    ring = make_ring(CipherName.AES_GCM, 1)

    with pytest.raises(OpenError):
        ring.open(ring.seal("", LABEL)[:-1], LABEL)


def test_seal_uses_the_newest_key_and_open_any() -> None:
    old = make_ring(CipherName.AES_GCM, 1).seal("text", LABEL)
    ring = make_ring(CipherName.AES_GCM, 2, 1)

    assert ring.open(old, LABEL) == "text"
    assert not ring.is_current(old)
    assert ring.is_current(ring.seal("text", LABEL))
    with pytest.raises(UnknownKeyError, match="2"):
        make_ring(CipherName.AES_GCM, 1).open(ring.seal("text", LABEL), LABEL)


def test_rotate_seals_anew_only_what_is_old() -> None:
    old = make_ring(CipherName.AES_GCM, 1).seal("text", LABEL)
    ring = make_ring(CipherName.AES_GCM, 1, 2)

    rotated = ring.rotate(old, LABEL)

    assert ring.is_current(rotated)
    assert ring.open(rotated, LABEL) == "text"
    assert ring.rotate(rotated, LABEL) is rotated


def test_ring_changes_its_cipher_and_opens_the_old_one() -> None:
    keys = (make_key(1, CipherName.AES_GCM), make_key(2, CipherName.SM4_GCM))
    before, after = KeyRing(keys, CipherName.AES_GCM), KeyRing(keys, CipherName.SM4_GCM)

    sealed = before.seal("text", LABEL)

    assert sealed[0] == 1
    assert after.seal("text", LABEL)[0] == 2
    assert after.open(sealed, LABEL) == "text"


def test_ring_without_a_key_for_the_cipher_says_so() -> None:
    with pytest.raises(KeyFileError, match="sm4-gcm"):
        KeyRing((make_key(1, CipherName.AES_GCM),), CipherName.SM4_GCM)


def test_sm4_gcm_agrees_with_the_example_of_rfc_8998() -> None:
    key = SealingKey(
        key_id=1,
        cipher=CipherName.SM4_GCM,
        secret=bytes.fromhex("0123456789abcdeffedcba9876543210"),
    )
    nonce = bytes.fromhex("00001234567800000000abcd")
    plain = bytes.fromhex(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
    )
    label = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")

    sealed = key.aead.encrypt(nonce, plain, label)

    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
