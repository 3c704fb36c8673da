"""The app `desk`: templates, no models."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Staff pages."""

    name = "bianfang.faces.desk"
    label = "desk"
