"""The app `halfyear`."""

from django.apps import AppConfig


class HalfYearConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.outreach.halfyear"
    label = "halfyear"
