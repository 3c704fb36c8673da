"""The app `households`."""

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.register.households"
    label = "households"
