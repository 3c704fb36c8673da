"""Addresses of joint meetings."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST

from bianfang.faces.desk.views import meeting_items, meeting_papers, meetings

ITEM = "items/<uuid:item_id>"
RESOLUTION = "resolutions/<uuid:resolution_id>"

meeting_urls: list[URLPattern | URLResolver] = [
    path("", meetings.meeting_list, name="list"),
    path("add/", meetings.add, name="add"),
    path("put-on/", require_POST(meetings.put_on), name="put_on"),
    path("<uuid:meeting_id>/", meetings.detail, name="detail"),
    path("<uuid:meeting_id>/edit/", meetings.edit, name="edit"),
    path("<uuid:meeting_id>/begin/", require_POST(meetings.begin), name="begin"),
    path("<uuid:meeting_id>/close/", require_POST(meetings.close), name="close"),
    path("<uuid:meeting_id>/cancel/", meetings.cancel, name="cancel"),
    path("<uuid:meeting_id>/screen/", meeting_papers.screen, name="screen"),
    path("<uuid:meeting_id>/paper/", meeting_papers.paper, name="paper"),
    path("<uuid:meeting_id>/export/", require_POST(meeting_papers.export), name="export"),
    path("<uuid:meeting_id>/document/", require_POST(meeting_papers.document), name="document"),
    path(f"{ITEM}/", meeting_items.item, name="item"),
    path(f"{ITEM}/place/", require_POST(meetings.place), name="place"),
    path(f"{ITEM}/take-off/", require_POST(meetings.take_off), name="take_off"),
    path(f"{ITEM}/resolve/", require_POST(meeting_items.resolve), name="resolve"),
    path(f"{ITEM}/correct/", meeting_items.correct, name="correct"),
    path(f"{RESOLUTION}/", meeting_items.resolution, name="resolution"),
    path(f"{RESOLUTION}/remove/", require_POST(meeting_items.remove), name="remove"),
    path(f"{RESOLUTION}/carry-out/", meeting_items.carry_out, name="carry_out"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", include((meeting_urls, "meetings")))
]
