"""Words of the journal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verb(TextChoices):
    """What the journal says of phones."""

    REGISTERED = "phone_registered", _("Phone began to use the field page")
    WIPE_ASKED = "phone_wipe_asked", _("Phone ordered to be emptied")
    WIPED = "phone_wiped", _("Phone emptied itself")
