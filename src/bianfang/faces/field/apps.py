"""The app `field`: no templates, no models."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """The phone page and its sync."""

    name = "bianfang.faces.field"
    label = "field"
