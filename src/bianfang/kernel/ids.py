"""Row ids: UUIDv7, ordered by the time of making, so a device can make them with no registry."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh UUIDv7. It shows its creation time: never use it as a public receipt number."""
    return uuid7()
