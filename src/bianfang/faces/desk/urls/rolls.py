"""Addresses of roll imports."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST

from bianfang.faces.desk.views import rolls

roll_urls: list[URLPattern | URLResolver] = [
    path("", rolls.roll_list, name="list"),
    path("send/", rolls.send, name="send"),
    path("template/", rolls.template, name="template"),
    path("export/", rolls.export, name="export"),
    path("<uuid:roll_id>/", rolls.detail, name="detail"),
    path("<uuid:roll_id>/problems/", rolls.problems, name="problems"),
    path("<uuid:roll_id>/differences/", rolls.differences, name="differences"),
    path("<uuid:roll_id>/decide/", require_POST(rolls.decide), name="decide"),
    path("<uuid:roll_id>/check/", require_POST(rolls.check_again), name="check"),
    path("<uuid:roll_id>/merge/", require_POST(rolls.merge), name="merge"),
    path("<uuid:roll_id>/discard/", require_POST(rolls.discard), name="discard"),
    path("<uuid:roll_id>/marked/", rolls.marked, name="marked"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("rolls/", include((roll_urls, "rolls")))]
