"""The app `jobs`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Loads every app's `tasks.py`, where handlers are registered."""

    name = "bianfang.kernel.jobs"
    label = "jobs"

    def ready(self) -> None:
        autodiscover_modules("tasks")
