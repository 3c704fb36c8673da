"""The app `demands`."""

from django.apps import AppConfig


class DemandsConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.outreach.demands"
    label = "demands"
