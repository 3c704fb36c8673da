"""Addresses of the frame: overview, own work, own account, help, language."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from bianfang.faces.desk.views import account, channels, home, phones, reminders, work
from bianfang.faces.desk.views import help as help_pages

desk: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("work/", work.work, name="work"),
    path("work/reminders/", reminders.reminders, name="reminders"),
    path("account/", account.account, name="account"),
    path("account/mail/", channels.own_mail, name="own_mail"),
]
phone_urls: list[URLPattern | URLResolver] = [
    path("<uuid:phone_id>/empty/", phones.empty, name="empty")
]
help_urls: list[URLPattern | URLResolver] = [
    path("<slug:name>/", help_pages.section, name="section")
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((desk, "desk"))),
    path("phones/", include((phone_urls, "phones"))),
    path("help/", include((help_urls, "help"))),
    path("language/", login_not_required(set_language), name="set_language"),
]
