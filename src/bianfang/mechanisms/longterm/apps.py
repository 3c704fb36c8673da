"""The app `longterm`."""

from django.apps import AppConfig


class LongtermConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.mechanisms.longterm"
    label = "longterm"
