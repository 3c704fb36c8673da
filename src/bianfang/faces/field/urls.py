"""Addresses of the phone page."""

from django.urls import URLPattern, URLResolver, path

from bianfang.faces.field.views import session, shell

app_name = "field"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", shell.built, {"name": "index.html"}, name="page"),
    path("sw.js", shell.built, {"name": "sw.js"}, name="worker"),
    path("manifest.webmanifest", shell.built, {"name": "manifest.webmanifest"}, name="manifest"),
    path("api/csrf/", session.csrf, name="csrf"),
]
