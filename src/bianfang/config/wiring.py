"""Who hears what: the one place where parts that do not know each other are brought together."""


def connect() -> None:
    """Called once, when all apps are loaded."""
