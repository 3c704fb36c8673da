"""Addresses of calendar, journal and access log."""

from django.urls import URLPattern, URLResolver, include, path

from bianfang.faces.desk.views import calendar, journal

calendar_urls: list[URLPattern | URLResolver] = [
    path("", calendar.this_year, name="year"),
    path("<int:number>/", calendar.year, name="year_of"),
    path("<int:number>/notice/", calendar.notice, name="notice"),
]
journal_urls: list[URLPattern | URLResolver] = [
    path("", journal.changes, name="changes"),
    path("access/", journal.access, name="access"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/", include((calendar_urls, "calendar"))),
    path("journal/", include((journal_urls, "journal"))),
]
