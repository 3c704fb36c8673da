"""The app `photos`."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """Photos of visits."""

    name = "bianfang.outreach.photos"
    label = "photos"
