"""The app `tenancy`."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Towns."""

    name = "bianfang.kernel.tenancy"
    label = "tenancy"
