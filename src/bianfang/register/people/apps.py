"""The app `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.register.people"
    label = "people"
