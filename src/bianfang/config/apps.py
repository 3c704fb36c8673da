"""The app `config`: it only brings the parts of the house together, once all are loaded."""

from importlib import import_module

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Last in the list of apps."""

    name = "bianfang.config"
    label = "config"

    def ready(self) -> None:
        """Connect what must not know each other; its imports need the loaded models."""
        import_module("bianfang.config.wiring").connect()
