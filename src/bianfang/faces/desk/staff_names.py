"""Typed names of staff: which people they mean."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.assignments.queries import chain
from bianfang.register.people import queries as people
from bianfang.register.people.models import Staff

BETWEEN = re.compile(r"[\s,，、;；/]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """The people found, and a sentence for each name that is nobody's or several people's."""

    ids: tuple[UUID, ...]
    sentences: tuple[str, ...] = ()


def find_named(actor: Actor, text: str) -> Named:
    """Names, or sign-in names where two people have one name."""
    words = [word for word in BETWEEN.split(text.strip()) if word]
    if not words:
        return Named(ids=())
    known: dict[str, list[Staff]] = defaultdict(list)
    for person in people.list_staff(actor=actor, active=True):
        known[person.name].append(person)
        known[person.username].append(person)
    ids = [known[word][0].id for word in words if len(known.get(word, ())) == 1]
    wrong = [
        _sentence(word, known.get(word, [])) for word in words if len(known.get(word, ())) != 1
    ]
    return Named(ids=tuple(ids), sentences=tuple(wrong))


def read_names(actor: Actor, form: forms.Form) -> bool:
    """Put ids in place of the names typed into `others`; a wrong name is told beside the field."""
    typed = form.cleaned_data.get("others")
    if typed is None:
        return False
    named = find_named(actor, typed)
    for sentence in named.sentences:
        form.add_error("others", sentence)
    form.cleaned_data["others"] = named.ids
    return not named.sentences


def typed_names(actor: Actor, staff: Iterable[Staff]) -> str:
    """These people as one would type them: by name, and by sign-in name where a name is shared."""
    count = Counter(person.name for person in people.list_staff(actor=actor, active=True))
    return " ".join(person.name if count[person.name] == 1 else person.username for person in staff)


def usual_visitors(actor: Actor, area_path: str, *, first_me: bool) -> dict[UUID, str]:
    """Those who are likely to go: oneself, then whoever answers for the place, nearest first."""
    found: dict[UUID, str] = {}
    if first_me and actor.staff_id is not None:
        found[actor.staff_id] = actor.name
    for holder in chain.list_people_of(
        town_id=actor.town_id, area_path=area_path, day=clock.today()
    ):
        found.setdefault(holder.staff_id, holder.name)
    return found


def _sentence(word: str, found: list[Staff]) -> str:
    if not found:
        return _("Nobody of the staff is called “%(name)s”.") % {"name": word}
    names = _("or").join(f" {person.username} " for person in found)
    sentence = _("Several people are called “%(name)s”; type the sign-in name:%(names)s.")
    return sentence % {"name": word, "names": names.rstrip()}
