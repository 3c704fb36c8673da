"""Addresses of the town itself: areas, units, staff, households, residents."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
