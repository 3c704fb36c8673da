"""The app `reminders`."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.mechanisms.reminders"
    label = "reminders"
