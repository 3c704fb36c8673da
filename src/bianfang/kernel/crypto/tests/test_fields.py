from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from pytest_django import Settings

from bianfang.kernel.crypto.cipher import CipherName
from bianfang.kernel.crypto.current import forget_keys
from bianfang.kernel.crypto.errors import OpenError
from bianfang.kernel.crypto.fields import EncryptedTextField, Sealed
from bianfang.kernel.crypto.keyfile import create_keyfile


class Letter(models.Model):
    number = models.IntegerField(primary_key=True)
    body = EncryptedTextField(blank=True)
    sender = EncryptedTextField(null=True, label="crypto.letter.from_whom")

    objects: ClassVar[models.Manager["Letter"]] = models.Manager()

    class Meta:
        app_label = "crypto"

    def __str__(self) -> str:
        return str(self.number)


@pytest.fixture(autouse=True)
def table(tmp_path: Path, settings: Settings, db: None) -> Iterator[None]:
    settings.BIANFANG_KEYRING_FILE = tmp_path / "keyring.json"
    settings.BIANFANG_CIPHER = "aes-gcm"
    create_keyfile(tmp_path / "keyring.json", cipher=CipherName.AES_GCM)
    forget_keys()
    columns = ", ".join(
        f"{field.column} {field.db_type(connection)}" for field in Letter._meta.local_fields
    )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE crypto_letter ({columns})")
    yield
    forget_keys()


def stored(number: int) -> list[bytes | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, sender FROM crypto_letter WHERE number = %s", [number])
        return [None if one is None else bytes(one) for one in cursor.fetchone()]


def test_field_seals_in_the_database_and_opens_on_read() -> None:
    Letter.objects.create(number=1, body="王某某来信", sender="秦某某")

    body, sender = stored(1)
    assert body is not None
    assert sender is not None
    assert "王".encode() not in body
    letter = Letter.objects.get()
    assert (letter.body, letter.sender) == ("王某某来信", "秦某某")
    assert letter.body is letter.body


def test_field_empty_and_missing_stay_so() -> None:
    Letter.objects.bulk_create([Letter(number=1), Letter(number=2, sender="")])

    assert stored(1) == [b"", None]
    assert stored(2) == [b"", b""]
    assert [(one.body, one.sender) for one in Letter.objects.order_by("number")] == [
        ("", None),
        ("", ""),
    ]


def test_field_values_stay_sealed() -> None:
    Letter.objects.create(number=1, body="text")

    (value,) = Letter.objects.values_list("body", flat=True)

    assert isinstance(value, Sealed)
    assert repr(value) == "<sealed>"
    assert value.open() == "text"


def test_save_of_what_was_never_read_keeps_the_bytes() -> None:
    Letter.objects.create(number=1, body="text", sender="a")
    before = stored(1)

    letter = Letter.objects.get()
    letter.sender = "b"
    letter.save()

    after = stored(1)
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_save_of_a_deferred_field_loads_it() -> None:
    Letter.objects.create(number=1, body="text")

    letter = Letter.objects.defer("body").get()
    letter.save(update_fields=["body"])

    assert Letter.objects.get().body == "text"


def test_update_seals_too() -> None:
    Letter.objects.create(number=1)

    Letter.objects.update(body="text")

    assert stored(1)[0] != b"text"
    assert Letter.objects.get().body == "text"


def test_column_content_moved_to_another_column_is_refused() -> None:
    Letter.objects.create(number=1, body="text", sender="other")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE crypto_letter SET body = sender")

    letter = Letter.objects.get()

    with pytest.raises(OpenError):
        _ = letter.body


def test_sealed_value_given_to_another_column_is_sealed_anew() -> None:
    Letter.objects.create(number=1, body="text")
    (value,) = Letter.objects.values_list("body", flat=True)

    Letter.objects.update(sender=value, body=value)

    letter = Letter.objects.get()
    assert (letter.body, letter.sender) == ("text", "text")


def test_lookup_only_isnull_is_allowed() -> None:
    Letter.objects.create(number=1, body="text")

    assert Letter.objects.filter(sender__isnull=True).exists()
    for condition in ({"body": "text"}, {"body__contains": "t"}, {"body__in": ["text"]}):
        with pytest.raises(FieldError, match="blind index"):
            Letter.objects.filter(**condition).exists()


def test_field_takes_text_only() -> None:
    with pytest.raises(TypeError, match="takes text, not int"):
        Letter(number=1, body=5).save()


def test_serialised_value_shows_no_more_than_the_database_and_loads_again() -> None:
    field = Letter._meta.get_field("body")
    dumped = field.value_to_string(Letter(number=1, body="text"))

    Letter(number=1, body=field.to_python(dumped)).save()

    assert dumped.startswith("sealed:")
    assert Letter.objects.get().body == "text"
    assert field.to_python("text") == "text"


def test_deconstruct_keeps_a_given_label_only() -> None:
    body, sender = Letter._meta.get_field("body"), Letter._meta.get_field("sender")

    assert body.deconstruct()[3] == {"blank": True}
    assert sender.deconstruct()[3] == {"null": True, "label": "crypto.letter.from_whom"}
    assert body.label == b"crypto.letter.body"
    assert isinstance(Letter.body, type(Letter.sender))


def test_sealed_values_compare_by_content_and_label() -> None:
    one = Sealed(b"x", b"a")

    assert one == Sealed(b"x", b"a")
    assert len({one, Sealed(b"x", b"a"), Sealed(b"x", b"b")}) == 2
    assert one != b"x"
