"""The app `channels`."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """See the package's docstring."""

    name = "bianfang.mechanisms.channels"
    label = "channels"
