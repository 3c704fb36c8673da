"""The app `journal`."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Entries and access entries."""

    name = "bianfang.kernel.journal"
    label = "journal"
