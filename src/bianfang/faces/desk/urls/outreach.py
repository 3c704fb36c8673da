"""Addresses of the three clarities' first two: who visits, and what is asked."""

from django.urls import URLPattern, URLResolver, include, path

from bianfang.faces.desk.views import (
    assignments,
    checklist_forms,
    checklists,
    duties,
    forums,
    groups,
    photos,
    round_households,
    rounds,
    sheets,
    visit_form,
    visits,
)

Urls = list[URLPattern | URLResolver]

DUTY = "area/<uuid:area_id>/<uuid:responsibility_id>"

assignment_urls: Urls = [
    path("", assignments.overview, name="list"),
    path("gaps/", assignments.gaps, name="gaps"),
    path("area/<uuid:area_id>/", assignments.area, name="area"),
    path("person/<uuid:staff_id>/", assignments.person, name="person"),
    path("give/", duties.give, name="give"),
    path("hand-over/", duties.hand_over, name="hand_over"),
    path(f"{DUTY}/end/", duties.end, name="end"),
    path(f"{DUTY}/substitute/", duties.substitute, name="substitute"),
    path(f"{DUTY}/substitute/end/", duties.end_substitute, name="end_substitute"),
    path("groups/", groups.groups, name="groups"),
    path("groups/add/", groups.add, name="add_group"),
    path("groups/<uuid:group_id>/", groups.detail, name="group"),
    path("groups/<uuid:group_id>/members/", groups.members, name="members"),
    path("groups/<uuid:group_id>/end/", groups.end, name="end_group"),
]
visit_urls: Urls = [
    path("", visits.visit_list, name="list"),
    path("add/", visit_form.add, name="add"),
    path("add/<uuid:household_id>/", visit_form.record, name="record"),
    path("<uuid:visit_id>/", visits.detail, name="detail"),
    path("<uuid:visit_id>/saved/", visit_form.saved, name="saved"),
    path("<uuid:visit_id>/correct/", visits.correct, name="correct"),
]
photo_urls: Urls = [
    path("<uuid:photo_id>/", photos.show, name="show"),
    path("<uuid:photo_id>/small/", photos.small, name="small"),
    path("<uuid:photo_id>/remove/", photos.remove, name="remove"),
]
round_urls: Urls = [
    path("", rounds.round_list, name="list"),
    path("add/", rounds.add, name="add"),
    path("<uuid:round_id>/", rounds.detail, name="detail"),
    path("<uuid:round_id>/edit/", rounds.edit, name="edit"),
    path("<uuid:round_id>/configure/", rounds.configure, name="configure"),
    path("<uuid:round_id>/start/", rounds.start, name="start"),
    path("<uuid:round_id>/finish/", rounds.finish, name="finish"),
    path("<uuid:round_id>/cancel/", rounds.cancel, name="cancel"),
    path("<uuid:round_id>/left/", round_households.left, name="left"),
    path("<uuid:round_id>/households/", round_households.households, name="households"),
    path("<uuid:round_id>/changes/", round_households.changes, name="changes"),
]
checklist_urls: Urls = [
    path("", checklists.checklist_list, name="list"),
    path("add/", checklists.add, name="add"),
    path("<uuid:checklist_id>/", checklists.detail, name="detail"),
    path("<uuid:checklist_id>/intro/", checklists.intro, name="intro"),
    path("<uuid:checklist_id>/paper/", checklists.paper, name="paper"),
    path("<uuid:checklist_id>/publish/", checklists.publish, name="publish"),
    path("<uuid:checklist_id>/renew/", checklists.renew, name="renew"),
    path("<uuid:checklist_id>/questions/", checklist_forms.questions, name="questions"),
    path("<uuid:checklist_id>/questions/load/", checklist_forms.load, name="load"),
    path("<uuid:checklist_id>/questions/remove/", checklist_forms.remove, name="remove_form"),
    path("<uuid:checklist_id>/questions/workbook/", checklist_forms.workbook, name="workbook"),
    path("<uuid:checklist_id>/questions/marked/", checklist_forms.marked, name="marked"),
    path("<uuid:checklist_id>/questions/xform/", checklist_forms.xform, name="xform"),
    path("<uuid:checklist_id>/questions/answers/", checklist_forms.answers, name="answers"),
    path("questions/example/", checklist_forms.example, name="example"),
    path("<uuid:checklist_id>/topics/add/", checklists.add_topic, name="add_topic"),
    path("topics/<uuid:topic_id>/edit/", checklists.edit_topic, name="edit_topic"),
    path("topics/<uuid:topic_id>/remove/", checklists.remove_topic, name="remove_topic"),
]
forum_urls: Urls = [
    path("", forums.forum_list, name="list"),
    path("add/", forums.add, name="add"),
    path("<uuid:forum_id>/", forums.detail, name="detail"),
]
sheet_urls: Urls = [
    path("", sheets.sheet_list, name="list"),
    path("paper/", sheets.paper, name="paper"),
    path("enter/", sheets.enter, name="enter"),
]

urlpatterns: Urls = [
    path("who/", include((assignment_urls, "assignments"))),
    path("visits/", include((visit_urls, "visits"))),
    path("photos/", include((photo_urls, "photos"))),
    path("rounds/", include((round_urls, "rounds"))),
    path("checklists/", include((checklist_urls, "checklists"))),
    path("forums/", include((forum_urls, "forums"))),
    path("sheets/", include((sheet_urls, "sheets"))),
]
