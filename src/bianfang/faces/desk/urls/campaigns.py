"""Addresses of campaigns, their spots and findings, and of leaflets."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST

from bianfang.faces.desk.views import campaigns, findings, leaflets, questions, spots

campaign_urls: list[URLPattern | URLResolver] = [
    path("", campaigns.campaign_list, name="list"),
    path("add/", campaigns.add, name="add"),
    path("findings/", findings.finding_list, name="findings"),
    path("rechecks/", findings.recheck_list, name="rechecks"),
    path("spots/", spots.all_spots, name="all_spots"),
    path("spots/<uuid:spot_id>/", spots.spot, name="spot"),
    path("spots/<uuid:spot_id>/edit/", spots.edit, name="spot_edit"),
    path("<uuid:campaign_id>/", campaigns.detail, name="detail"),
    path("<uuid:campaign_id>/edit/", campaigns.edit, name="edit"),
    path("<uuid:campaign_id>/start/", require_POST(campaigns.start), name="start"),
    path("<uuid:campaign_id>/close/", require_POST(campaigns.close), name="close"),
    path("<uuid:campaign_id>/questions/add/", questions.add, name="question_add"),
    path("<uuid:campaign_id>/questions/<slug:key>/", questions.edit, name="question_edit"),
    path(
        "<uuid:campaign_id>/questions/<slug:key>/remove/",
        require_POST(questions.remove),
        name="question_remove",
    ),
    path("<uuid:campaign_id>/spots/", spots.spot_list, name="spots"),
    path("<uuid:campaign_id>/spots/add/", spots.add, name="spot_add"),
    path("<uuid:campaign_id>/spots/import/", spots.take_in, name="spots_import"),
    path("<uuid:campaign_id>/spots/template/", spots.template, name="spots_template"),
    path("<uuid:campaign_id>/spots/export/", require_POST(spots.export), name="spots_export"),
]
leaflet_urls: list[URLPattern | URLResolver] = [
    path("", leaflets.leaflet_list, name="list"),
    path("add/", leaflets.add, name="add"),
    path("<uuid:leaflet_id>/", leaflets.detail, name="detail"),
    path("<uuid:leaflet_id>/edit/", leaflets.edit, name="edit"),
    path("<uuid:leaflet_id>/paper/", leaflets.paper, name="paper"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", include((campaign_urls, "campaigns"))),
    path("leaflets/", include((leaflet_urls, "leaflets"))),
]
