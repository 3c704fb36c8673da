"""The app `lookback`."""

from django.apps import AppConfig


class LookbackConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.outreach.lookback"
    label = "lookback"
