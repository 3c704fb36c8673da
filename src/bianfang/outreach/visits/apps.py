"""The app `visits`."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.outreach.visits"
    label = "visits"
