"""The app `assignments`."""

from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.outreach.assignments"
    label = "assignments"
