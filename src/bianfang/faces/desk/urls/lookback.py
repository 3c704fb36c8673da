"""Addresses of look-backs and their checks."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST

from bianfang.faces.desk.views import lookback_checks, lookbacks

look_back_urls: list[URLPattern | URLResolver] = [
    path("", lookbacks.look_back_list, name="list"),
    path("draw/", lookbacks.draw, name="draw"),
    path("checks/", lookback_checks.checks, name="checks"),
    path("mine/", lookback_checks.mine, name="mine"),
    path("checks/<uuid:check_id>/", lookback_checks.check, name="check"),
    path("checks/<uuid:check_id>/replace/", require_POST(lookback_checks.replace), name="replace"),
    path("<uuid:look_back_id>/", lookbacks.detail, name="detail"),
    path("<uuid:look_back_id>/assign/", require_POST(lookbacks.assign), name="assign"),
    path("<uuid:look_back_id>/finish/", require_POST(lookbacks.finish), name="finish"),
    path("<uuid:look_back_id>/give-up/", lookbacks.give_up, name="give_up"),
    path("<uuid:look_back_id>/export/", require_POST(lookbacks.export), name="export"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("look-backs/", include((look_back_urls, "lookbacks"))),
]
