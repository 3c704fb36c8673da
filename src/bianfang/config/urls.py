"""Addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("bianfang.faces.desk.urls.accounts")),
    path("", include("bianfang.faces.desk.urls.shell")),
    path("", include("bianfang.faces.desk.urls.register")),
    path("", include("bianfang.faces.desk.urls.rolls")),
    path("", include("bianfang.faces.desk.urls.outreach")),
    path("", include("bianfang.faces.desk.urls.campaigns")),
    path("", include("bianfang.faces.desk.urls.demands")),
    path("", include("bianfang.faces.desk.urls.confirmations")),
    path("", include("bianfang.faces.desk.urls.lookback")),
    path("", include("bianfang.faces.desk.urls.meetings")),
    path("", include("bianfang.faces.desk.urls.ledger")),
    path("", include("bianfang.faces.desk.urls.watch")),
    path("field/", include("bianfang.faces.field.urls")),
]

handler400 = "bianfang.faces.desk.errors.bad_request"
handler403 = "bianfang.faces.desk.errors.forbidden"
handler404 = "bianfang.faces.desk.errors.not_found"
handler500 = "bianfang.faces.desk.errors.server_error"
