"""Addresses of residents' words, receipt slips and requests to reopen."""

from django.urls import URLPattern, URLResolver, include, path

from bianfang.faces.desk.views import confirmations, reopen_requests

confirmation_urls: list[URLPattern | URLResolver] = [
    path("code/", confirmations.take, name="code"),
    path("requests/", reopen_requests.request_list, name="requests"),
    path("requests/<uuid:request_id>/accept/", reopen_requests.accept, name="accept"),
    path("requests/<uuid:request_id>/decline/", reopen_requests.decline, name="decline"),
    path("<uuid:demand_id>/note/", confirmations.note, name="note"),
    path("<uuid:demand_id>/slip/", confirmations.slip, name="slip"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("confirmations/", include((confirmation_urls, "confirmations"))),
]
