"""The app `operations`."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.kernel.operations"
    label = "operations"
