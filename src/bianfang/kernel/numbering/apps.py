"""The app `numbering`."""

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.kernel.numbering"
    label = "numbering"
