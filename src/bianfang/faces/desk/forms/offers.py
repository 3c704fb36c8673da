"""What a form lets choose from, filled in when it is made."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django import forms
from django.utils.functional import Promise

from bianfang.faces.desk.forms.base import IdChoice

Pairs = Iterable[tuple[UUID, str]]
Later = Callable[[], Pairs]
"""Read when the form is drawn or the field was filled in."""
Groups = Sequence[tuple[str | Promise, Pairs]]


def offer(form: forms.Form, name: str, pairs: Pairs | Later) -> None:
    """Let one of these things be chosen."""
    field = form.fields[name]
    assert isinstance(field, IdChoice)
    field.offer(pairs)


def offer_grouped(form: forms.Form, name: str, groups: Groups) -> None:
    """Let one of these things be chosen, listed under headings; empty headings are left out."""
    field = form.fields[name]
    assert isinstance(field, IdChoice)
    listed = [(title, [(str(key), text) for key, text in pairs]) for title, pairs in groups]
    field.choices = [("", "—"), *[(title, pairs) for title, pairs in listed if pairs]]
