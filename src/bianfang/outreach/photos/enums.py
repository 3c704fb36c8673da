"""Words of the journal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verb(TextChoices):
    """What the journal says of photos, at the visit they belong to."""

    ADDED = "photo_added", _("Photo added")
    REMOVED = "photo_removed", _("Photo removed")
