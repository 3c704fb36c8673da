"""A model field that is sealed in the database and plain text in Python, opened on first read."""

import base64
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from bianfang.kernel.crypto.current import open_sealed, seal

_SERIALISED = "sealed:"

# The type checker sees a text column; the runtime base is plain and only tolerates the brackets.
if TYPE_CHECKING:
    _Set = TypeVar("_Set", contravariant=True)
    _Get = TypeVar("_Get", covariant=True)

    class _TextField(models.TextField[_Set, _Get]): ...
else:
    _Set, _Get = TypeVar("_Set"), TypeVar("_Get")

    class _TextField(models.Field):
        def __class_getitem__(cls, _types: object) -> type:
            return cls


class Sealed:
    """A value as the database holds it; it shows nothing until it is opened."""

    __slots__ = ("content", "label")

    def __init__(self, content: bytes, label: bytes) -> None:
        self.content = content
        self.label = label

    def __repr__(self) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and (self.content, self.label) == (
            other.content,
            other.label,
        )

    def __hash__(self) -> int:
        return hash((self.content, self.label))

    def open(self) -> str:
        """The text. Nothing is sealed for an empty text, which is stored as no bytes."""
        return open_sealed(self.content, self.label) if self.content else ""


class _OpenOnRead(DeferredAttribute):
    """Opens the value of an instance at its first reading."""

    def __get__(self, instance: Any, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Sealed):
            return value
        text = value.open()
        instance.__dict__[self.field.attname] = text
        return text

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(_TextField[_Set, _Get]):
    """Text sealed for its own column; it cannot be searched: put a blind index beside it.

    The label is `app.model.field`. When a model or field is renamed, pass the old one as `label`.
    """

    descriptor_class = _OpenOnRead
    empty_values = (None, "")

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._given_label = label

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Keep the given label in migrations."""
        name, path, args, kwargs = super().deconstruct()
        if self._given_label:
            kwargs["label"] = self._given_label
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        """A column of bytes."""
        return "BinaryField"

    @property
    def label(self) -> bytes:
        """What a value of this column is bound to."""
        return (self._given_label or f"{self.model._meta.label_lower}.{self.name}").encode()

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull` makes sense: ciphertexts of equal texts differ."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        msg = f"{self.name} is sealed and cannot be searched; filter by its blind index."
        raise FieldError(msg)

    def from_db_value(self, value: Any, *_context: object) -> Sealed | None:
        """Keep it sealed until somebody reads it."""
        return None if value is None else Sealed(bytes(value), self.label)

    def to_python(self, value: Any) -> Any:
        """Text stays text; a serialised value stays sealed."""
        if isinstance(value, str) and value.startswith(_SERIALISED):
            content = base64.b64decode(value.removeprefix(_SERIALISED))
            return Sealed(content, self.label)
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Seal a text; what is sealed for this column already goes back as it is."""
        if value is None:
            return None
        if isinstance(value, Sealed):
            if value.label == self.label:
                return value.content
            value = value.open()
        if not isinstance(value, str):
            msg = f"{self.name} takes text, not {type(value).__name__}."
            raise TypeError(msg)
        return seal(value, self.label) if value else b""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Bytes in the driver's own wrapping."""
        content = super().get_db_prep_value(value, connection, prepared)
        return content if content is None else connection.Database.Binary(content)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        """Save what was never read without opening it."""
        if self.attname in model_instance.__dict__:
            return model_instance.__dict__[self.attname]
        return super().pre_save(model_instance, add)

    def value_to_string(self, obj: models.Model) -> str:
        """Serialise the sealed form: a dump shows no more than the database."""
        content = self.get_prep_value(self.pre_save(obj, add=False))
        return _SERIALISED + base64.b64encode(content or b"").decode("ascii")
