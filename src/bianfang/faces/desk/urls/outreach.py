"""Addresses of the three clarities' first two: who visits, and what is asked."""

from django.urls import URLPattern, URLResolver, include, path

from bianfang.faces.desk.views import assignments, duties, groups

Urls = list[URLPattern | URLResolver]

assignment_urls: Urls = [
    path("", assignments.overview, name="list"),
    path("gaps/", assignments.gaps, name="gaps"),
    path("area/<uuid:area_id>/", assignments.area, name="area"),
    path("person/<uuid:staff_id>/", assignments.person, name="person"),
    path("give/", duties.give, name="give"),
    path("hand-over/", duties.hand_over, name="hand_over"),
    path("area/<uuid:area_id>/<uuid:responsibility_id>/end/", duties.end, name="end"),
    path(
        "area/<uuid:area_id>/<uuid:responsibility_id>/substitute/",
        duties.substitute,
        name="substitute",
    ),
    path(
        "area/<uuid:area_id>/<uuid:responsibility_id>/substitute/end/",
        duties.end_substitute,
        name="end_substitute",
    ),
    path("groups/", groups.groups, name="groups"),
    path("groups/add/", groups.add, name="add_group"),
    path("groups/<uuid:group_id>/", groups.detail, name="group"),
    path("groups/<uuid:group_id>/members/", groups.members, name="members"),
    path("groups/<uuid:group_id>/end/", groups.end, name="end_group"),
]

urlpatterns: Urls = [
    path("who/", include((assignment_urls, "assignments"))),
]
