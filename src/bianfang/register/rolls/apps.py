"""The app `rolls`."""

from django.apps import AppConfig


class RollsConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.register.rolls"
    label = "rolls"
