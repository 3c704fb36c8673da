"""Addresses of calendar, deadline rules, journal and access log."""

from django.urls import URLPattern, URLResolver, include, path

from bianfang.faces.desk.views import calendar, channels, deadline_rules, journal, reminders

calendar_urls: list[URLPattern | URLResolver] = [
    path("", calendar.this_year, name="year"),
    path("<int:number>/", calendar.year, name="year_of"),
    path("<int:number>/notice/", calendar.notice, name="notice"),
]
rule_urls: list[URLPattern | URLResolver] = [
    path("", deadline_rules.rule_list, name="list"),
    path("set/", deadline_rules.set_rule, name="set"),
    path("reminders/", reminders.ladder, name="ladder"),
    path("<uuid:rule_id>/end/", deadline_rules.end_rule, name="end"),
]
channel_urls: list[URLPattern | URLResolver] = [
    path("", channels.overview, name="list"),
    path("rules/", channels.rules, name="rules"),
    path("add/", channels.add, name="add"),
    path("<uuid:robot_id>/", channels.edit, name="edit"),
    path("<uuid:robot_id>/test/", channels.test, name="test"),
]
journal_urls: list[URLPattern | URLResolver] = [
    path("", journal.changes, name="changes"),
    path("access/", journal.access, name="access"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/", include((calendar_urls, "calendar"))),
    path("deadline-rules/", include((rule_urls, "deadlinerules"))),
    path("channels/", include((channel_urls, "channels"))),
    path("journal/", include((journal_urls, "journal"))),
]
