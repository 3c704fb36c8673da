"""The app `phones`."""

from django.apps import AppConfig


class PhonesConfig(AppConfig):
    """Phones of staff."""

    name = "bianfang.register.phones"
    label = "phones"
