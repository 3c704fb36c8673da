"""Addresses of the phone page."""

from django.urls import URLPattern, URLResolver, path

from bianfang.faces.field.views import asking, commands, photos, session, shell

app_name = "field"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", shell.built, {"name": "index.html"}, name="page"),
    path("sw.js", shell.built, {"name": "sw.js"}, name="worker"),
    path("manifest.webmanifest", shell.built, {"name": "manifest.webmanifest"}, name="manifest"),
    path("api/csrf/", session.csrf, name="csrf"),
    path("api/commands/", commands.commands, name="commands"),
    path("api/known/", commands.known, name="known"),
    path("api/start/", asking.begin, name="start"),
    path("api/bundles/<uuid:hamlet_id>/", asking.hamlet, name="bundle"),
    path("api/numbers/", asking.number, name="number"),
    path("api/wiped/", asking.wiped, name="wiped"),
    path("api/photos/", photos.photo, name="photo"),
]
