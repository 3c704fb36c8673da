"""The app `meetings`."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.outreach.meetings"
    label = "meetings"
