"""The app `campaigns`."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.outreach.campaigns"
    label = "campaigns"
