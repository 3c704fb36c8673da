"""Expected failures, fit to be shown to the person who caused them."""

from collections.abc import Mapping

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the domain said no; the message says what, where and how to mend it."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class FieldErrors(DomainError):  # noqa: N818 - several of the FieldError below
    """Rules refused fields of a form, named all at once; each sentence goes beside its field."""

    def __init__(self, errors: Mapping[str, str | Promise]) -> None:
        super().__init__(" ".join(str(sentence) for sentence in errors.values()))
        self.errors = dict(errors)


class FieldError(FieldErrors):
    """A rule refused one field of a form; the page shows the sentence beside that field."""

    def __init__(self, field: str, message: str | Promise) -> None:
        super().__init__({field: message})
        self.field = field


class NotAllowedError(DomainError):
    """The thing is in the actor's scope, but this act is not the actor's to do (HTTP 403)."""


class NotFoundError(DomainError):
    """The thing does not exist in the actor's scope (HTTP 404); existence is not revealed."""


class MoveError(DomainError):
    """The thing's present state does not permit this move."""


class ChangedError(DomainError):
    """Somebody else changed it after the page was opened; nothing is overwritten silently."""
