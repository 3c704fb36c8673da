"""Addresses of the town itself: areas, units, staff, households, residents."""

from django.urls import URLPattern, URLResolver, include, path

from bianfang.faces.desk.views import (
    areas,
    held_changes,
    households,
    posts,
    residents,
    staff,
    units,
)

Urls = list[URLPattern | URLResolver]

area_urls: Urls = [
    path("", areas.tree, name="tree"),
    path("<uuid:area_id>/", areas.detail, name="detail"),
    path("<uuid:area_id>/add/", areas.add, name="add"),
    path("<uuid:area_id>/rename/", areas.rename, name="rename"),
    path("<uuid:area_id>/close/", areas.close, name="close"),
]
unit_urls: Urls = [
    path("", units.units, name="list"),
    path("add/", units.add, name="add"),
    path("<uuid:unit_id>/", units.detail, name="detail"),
    path("<uuid:unit_id>/close/", units.close, name="close"),
]
staff_urls: Urls = [
    path("", staff.staff_list, name="list"),
    path("add/", staff.add, name="add"),
    path("<uuid:staff_id>/", staff.detail, name="detail"),
    path("<uuid:staff_id>/edit/", staff.edit, name="edit"),
    path("<uuid:staff_id>/password/", staff.password, name="password"),
    path("<uuid:staff_id>/close/", staff.close_account, name="close"),
    path("<uuid:staff_id>/open/", staff.open_account, name="open"),
]
post_urls: Urls = [
    path("give/<uuid:staff_id>/", posts.give, name="give"),
    path("<uuid:post_id>/end/", posts.end, name="end"),
    path("<uuid:post_id>/substitute/", posts.substitute, name="substitute"),
    path("<uuid:post_id>/substitute/end/", posts.end_substitute, name="end_substitute"),
]
household_urls: Urls = [
    path("", households.household_list, name="list"),
    path("add/", households.add, name="add"),
    path("find/", households.find, name="find"),
    path("held/", held_changes.held_list, name="held"),
    path("held/<uuid:held_id>/take/", held_changes.take, name="take_held"),
    path("held/<uuid:held_id>/drop/", held_changes.drop, name="drop_held"),
    path("<uuid:household_id>/", households.detail, name="detail"),
    path("<uuid:household_id>/edit/", households.edit, name="edit"),
    path("<uuid:household_id>/status/", households.status, name="status"),
    path("<uuid:household_id>/end/", households.end, name="end"),
    path("<uuid:household_id>/people/add/", residents.add, name="add_resident"),
]
resident_urls: Urls = [
    path("<uuid:resident_id>/edit/", residents.edit, name="edit"),
    path("<uuid:resident_id>/move/", residents.move, name="move"),
    path("<uuid:resident_id>/end/", residents.end, name="end"),
    path("<uuid:resident_id>/head/", residents.make_head, name="make_head"),
    path("<uuid:resident_id>/fact/", residents.state_fact, name="state_fact"),
    path("<uuid:resident_id>/numbers/", residents.reveal, name="reveal"),
]

urlpatterns: Urls = [
    path("areas/", include((area_urls, "areas"))),
    path("units/", include((unit_urls, "units"))),
    path("staff/", include((staff_urls, "staff"))),
    path("households/", include((household_urls, "households"))),
    path("residents/", include((resident_urls, "residents"))),
    path("posts/", include((post_urls, "posts"))),
]
