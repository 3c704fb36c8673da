"""Checklists: begun, filled with topics, published; then only a new version changes them."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, MoveError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions import texts
from bianfang.outreach.visits.enums import TopicKind, Verb
from bianfang.outreach.visits.errors import ChecklistPublishedError
from bianfang.outreach.visits.models import Checklist, Topic
from bianfang.outreach.visits.queries import checklists, forms

LONGEST = 25
"""Topics of one checklist: it is printed on one page and told in one visit."""


@transaction.atomic
def create_checklist(*, actor: Actor, name: str, intro: str = "") -> Checklist:
    """Begin a checklist, version 1, as yet without topics."""
    policies.check_can_manage_rounds(actor)
    name = texts.checked("name", name, limit=60, empty=_("Give the checklist a name."))
    if Checklist.objects.in_town(actor.town_id).filter(name=name).exists():
        raise FieldError("name", _("There is a checklist of this name; make a new version of it."))
    checklist = Checklist.objects.create(town_id=actor.town_id, name=name, intro=intro.strip())
    _tell(actor, Verb.CHECKLIST_CREATED, checklist)
    return checklist


@transaction.atomic
def new_version(*, actor: Actor, checklist_id: UUID) -> Checklist:
    """Copy a published checklist into the next version, which can be changed until published."""
    old = checklists.get_checklist_for_update(actor=actor, checklist_id=checklist_id)
    policies.check_can_manage_rounds(actor)
    versions = Checklist.objects.in_town(actor.town_id).filter(name=old.name)
    if versions.filter(published_on__isnull=True).exists():
        raise MoveError(
            _("A version of %(checklist)s is in work; publish that.") % {"checklist": old.name}
        )
    last = versions.aggregate(last=Max("version"))["last"]
    new = Checklist.objects.create(
        town_id=actor.town_id, name=old.name, version=last + 1, intro=old.intro
    )
    topics = list(checklists.list_topics(actor=actor, checklist=old))
    Topic.objects.bulk_create(
        Topic(
            town_id=actor.town_id,
            checklist=new,
            order=topic.order,
            kind=topic.kind,
            text=topic.text,
            hint=topic.hint,
        )
        for topic in topics
    )
    _copy_form(old, new)
    _tell(actor, Verb.CHECKLIST_CREATED, new, topics=len(topics))
    return new


@transaction.atomic
def edit_intro(*, actor: Actor, checklist_id: UUID, intro: str) -> Checklist:
    """Change the words that a visit begins with."""
    checklist = _get_open(actor, checklist_id)
    checklist.intro = intro.strip()
    checklist.save(update_fields=["intro"])
    _tell(actor, Verb.CHECKLIST_EDITED, checklist)
    return checklist


@transaction.atomic
def add_topic(
    *, actor: Actor, checklist_id: UUID, kind: TopicKind, text: str, hint: str = ""
) -> Topic:
    """Put a topic at the end of an unpublished checklist."""
    checklist = _get_open(actor, checklist_id)
    orders = [topic.order for topic in checklists.list_topics(actor=actor, checklist=checklist)]
    if len(orders) >= LONGEST:
        sentence = _("A checklist has at most %(count)d topics; people have to remember them.")
        raise FieldError("text", sentence % {"count": LONGEST})
    topic = Topic.objects.create(
        town_id=actor.town_id,
        checklist=checklist,
        order=max(orders, default=0) + 1,
        kind=kind,
        text=_checked_text(text),
        hint=_checked_hint(hint),
    )
    _tell(actor, Verb.CHECKLIST_EDITED, checklist, added=topic.text)
    return topic


@transaction.atomic
def edit_topic(*, actor: Actor, topic_id: UUID, kind: TopicKind, text: str, hint: str) -> Topic:
    """Change the words of a topic of an unpublished checklist."""
    topic = checklists.get_topic(actor=actor, topic_id=topic_id)
    checklist = _get_open(actor, topic.checklist_id)
    topic.kind, topic.text, topic.hint = kind, _checked_text(text), _checked_hint(hint)
    topic.save(update_fields=["kind", "text", "hint"])
    _tell(actor, Verb.CHECKLIST_EDITED, checklist, edited=topic.text)
    return topic


@transaction.atomic
def remove_topic(*, actor: Actor, topic_id: UUID) -> None:
    """Take a topic off an unpublished checklist; nobody has told of it yet."""
    topic = checklists.get_topic(actor=actor, topic_id=topic_id)
    checklist = _get_open(actor, topic.checklist_id)
    Topic.objects.in_town(actor.town_id).filter(id=topic_id).delete()
    _tell(actor, Verb.CHECKLIST_EDITED, checklist, removed=topic.text)


@transaction.atomic
def publish_checklist(*, actor: Actor, checklist_id: UUID) -> Checklist:
    """Publish the version: rounds may use it, and it never changes again."""
    checklist = _get_open(actor, checklist_id)
    count = checklists.list_topics(actor=actor, checklist=checklist).count()
    if not count:
        raise MoveError(_("Put at least one topic on the checklist first."))
    form = forms.find_form(checklist=checklist)
    if form is not None and not form.is_usable:
        raise MoveError(_("The workbook of the questions has mistakes; mend them or remove it."))
    checklist.published_on = clock.today()
    checklist.save(update_fields=["published_on"])
    _tell(actor, Verb.CHECKLIST_PUBLISHED, checklist, topics=count)
    return checklist


def _copy_form(old: Checklist, new: Checklist) -> None:
    form = forms.find_form(checklist=old)
    if form is not None:
        form.id, form.checklist = new_id(), new
        form.save(force_insert=True)


def _get_open(actor: Actor, checklist_id: UUID) -> Checklist:
    checklist = checklists.get_checklist_for_update(actor=actor, checklist_id=checklist_id)
    policies.check_can_manage_rounds(actor)
    if checklist.published_on:
        raise ChecklistPublishedError(str(checklist))
    return checklist


def _checked_text(text: str) -> str:
    return texts.checked("text", text, limit=60, empty=_("Write down the topic."))


def _checked_hint(hint: str) -> str:
    return texts.fitting("hint", hint, limit=200)


def _tell(actor: Actor, verb: Verb, checklist: Checklist, **facts: object) -> None:
    about = {"name": checklist.name, "version": checklist.version, **facts}
    journal.record(actor=actor, verb=verb, target=checklist, facts=about)
