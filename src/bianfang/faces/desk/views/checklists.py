"""Checklists: begun, filled with topics, published, printed."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.checklist_questions import asked_lines, count_asked
from bianfang.faces.desk.forms.rounds import IntroForm, NewChecklistForm, TopicForm
from bianfang.faces.desk.pages import (
    Crumb,
    attempt,
    attempt_and_tell,
    desk_page,
    done,
    show,
    show_form,
)
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.visits_part import TITLE, part_tabs
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions import checklists as actions
from bianfang.outreach.visits.enums import TopicKind
from bianfang.outreach.visits.models import Checklist, Topic
from bianfang.outreach.visits.queries import checklists, forms
from bianfang.register.people.enums import Permission


@desk_page(Permission.VIEW_VISITS)
def checklist_list(request: DeskRequest) -> HttpResponse:
    """All checklists with their versions."""
    return show(
        request,
        "desk/checklists/list.html",
        title=TITLE,
        tabs=part_tabs(request, "checklists:list"),
        rows=[(one, _state(one)) for one in checklists.list_checklists(actor=request.actor)],
        may_manage=policies.can_manage_rounds(request.actor),
    )


@desk_page(Permission.VIEW_VISITS)
def detail(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """One version: its topics; a form for the next one while it is not published."""
    return _show_detail(request, _get(request, checklist_id), TopicForm(initial={"kind": "ask"}))


def _show_detail(request: DeskRequest, checklist: Checklist, form: TopicForm) -> HttpResponse:
    may_manage = policies.can_manage_rounds(request.actor)
    versions = checklists.list_checklists(actor=request.actor).filter(name=checklist.name)
    stored = forms.find_form(checklist=checklist)
    return show(
        request,
        "desk/checklists/detail.html",
        title=checklist.name,
        crumbs=_crumbs(request),
        checklist=checklist,
        state=_state(checklist),
        topics=list(checklists.list_topics(actor=request.actor, checklist=checklist)),
        versions=[(one, _state(one)) for one in versions],
        form=form,
        stored=stored,
        asked=count_asked(stored) if stored else 0,
        may_edit=may_manage and checklist.published_on is None,
        may_renew=may_manage and checklist.published_on is not None,
    )


@desk_page(Permission.VIEW_VISITS)
def paper(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """The checklist on one page, to be taken along."""
    checklist = _get(request, checklist_id)
    topics = checklists.list_topics(actor=request.actor, checklist=checklist)
    stored = forms.find_form(checklist=checklist)
    return show(
        request,
        "desk/checklists/paper.html",
        title=checklist.name,
        crumbs=[*_crumbs(request), Crumb(str(checklist), _here(request, checklist))],
        checklist=checklist,
        groups=_by_kind(topics),
        lines=asked_lines(stored) if stored else [],
        back=_here(request, checklist),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def add(request: DeskRequest) -> HttpResponse:
    """Begin a checklist."""
    form = NewChecklistForm(request.POST or None)
    if form.is_valid():
        checklist = attempt(
            form, lambda: actions.create_checklist(actor=request.actor, **form.cleaned_data)
        )
        if checklist:
            said = _("%(name)s is begun. Now write down its topics.") % {"name": checklist.name}
            return done(request, said, _here(request, checklist))
    return show_form(
        request,
        form,
        title=_("Begin a checklist"),
        button=_("Begin"),
        back=address(chosen_path(request), "checklists:list"),
        crumbs=_crumbs(request),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def intro(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """Change the words to begin with."""
    checklist = _get(request, checklist_id)
    form = IntroForm(request.POST or None, initial={"intro": checklist.intro})
    if form.is_valid():
        words = form.cleaned_data["intro"]
        if attempt(
            form,
            lambda: actions.edit_intro(actor=request.actor, checklist_id=checklist.id, intro=words),
        ):
            return done(request, _("The words are changed."), _here(request, checklist))
    return show_form(
        request,
        form,
        title=_("Words to begin with"),
        button=_("Save"),
        back=_here(request, checklist),
        crumbs=[*_crumbs(request), Crumb(str(checklist), _here(request, checklist))],
    )


@require_POST
@desk_page(Permission.MANAGE_ROUNDS)
def add_topic(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """Put a topic at the end."""
    checklist = _get(request, checklist_id)
    form = TopicForm(request.POST)
    if form.is_valid():
        topic = attempt(
            form,
            lambda: actions.add_topic(
                actor=request.actor, checklist_id=checklist.id, **form.cleaned_data
            ),
        )
        if topic:
            said = _("“%(topic)s” is on the checklist.") % {"topic": topic.text}
            return done(request, said, f"{_here(request, checklist)}#topic")
    return _show_detail(request, checklist, form)


@desk_page(Permission.MANAGE_ROUNDS)
def edit_topic(request: DeskRequest, topic_id: UUID) -> HttpResponse:
    """Change the words of a topic."""
    topic = checklists.get_topic(actor=request.actor, topic_id=topic_id)
    now = {"kind": topic.kind, "text": topic.text, "hint": topic.hint}
    form = TopicForm(request.POST or None, initial=now)
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_topic(actor=request.actor, topic_id=topic.id, **form.cleaned_data),
    ):
        return done(request, _("The topic is changed."), _here(request, topic.checklist))
    return show_form(
        request,
        form,
        title=_("Change a topic"),
        button=_("Save"),
        back=_here(request, topic.checklist),
        crumbs=[*_crumbs(request), Crumb(str(topic.checklist), _here(request, topic.checklist))],
    )


@require_POST
@desk_page(Permission.MANAGE_ROUNDS)
def remove_topic(request: DeskRequest, topic_id: UUID) -> HttpResponse:
    """Take a topic off."""
    topic = checklists.get_topic(actor=request.actor, topic_id=topic_id)
    return attempt_and_tell(
        request,
        lambda: actions.remove_topic(actor=request.actor, topic_id=topic.id),
        done=_("“%(topic)s” is off the checklist.") % {"topic": topic.text},
        back=_here(request, topic.checklist),
    )


@require_POST
@desk_page(Permission.MANAGE_ROUNDS)
def publish(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """Publish the version; from then on it never changes."""
    checklist = _get(request, checklist_id)
    return attempt_and_tell(
        request,
        lambda: actions.publish_checklist(actor=request.actor, checklist_id=checklist.id),
        done=_("%(checklist)s is published; rounds may use it.") % {"checklist": checklist},
        back=_here(request, checklist),
    )


@require_POST
@desk_page(Permission.MANAGE_ROUNDS)
def renew(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """Copy it into the next version."""
    checklist = _get(request, checklist_id)
    return attempt_and_tell(
        request,
        lambda: actions.new_version(actor=request.actor, checklist_id=checklist.id),
        done=_("The next version of %(name)s is begun.") % {"name": checklist.name},
        back=address(chosen_path(request), "checklists:list"),
    )


def _get(request: DeskRequest, checklist_id: UUID) -> Checklist:
    return checklists.get_checklist(actor=request.actor, checklist_id=checklist_id)


def _state(checklist: Checklist) -> Badge:
    if checklist.published_on is None:
        return Badge(_("In work"), "waiting")
    return Badge(_("Published"), "done")


def _by_kind(topics: Iterable[Topic]) -> list[tuple[str, list[Topic]]]:
    found: dict[str, list[Topic]] = {kind.value: [] for kind in TopicKind}
    for topic in topics:
        found[topic.kind].append(topic)
    return [(str(TopicKind(kind).label), group) for kind, group in found.items() if group]


def _here(request: DeskRequest, checklist: Checklist) -> str:
    return address(chosen_path(request), "checklists:detail", checklist.id)


def _crumbs(request: DeskRequest) -> list[Crumb]:
    return [Crumb(_("Checklists"), address(chosen_path(request), "checklists:list"))]
