"""The app `areas`."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.register.areas"
    label = "areas"
