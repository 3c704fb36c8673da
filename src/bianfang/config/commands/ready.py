"""Bringing a data folder to the state that the code expects; safe to repeat."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from bianfang.kernel.crypto.cipher import CipherName
from bianfang.kernel.crypto.keyfile import create_keyfile
from bianfang.kernel.workcalendar import actions as workcalendar


class CommandError(Exception):
    """A command cannot do what was asked; the sentence says why and how to mend it."""


def prepare() -> None:
    """Make keys and folders, bring the tables up to date, seed the work calendar."""
    ring: Path = settings.BIANFANG_KEYRING_FILE
    if not ring.exists():
        create_keyfile(ring, cipher=CipherName(settings.BIANFANG_CIPHER))
    for folder in (settings.BIANFANG_UPLOADS, settings.BIANFANG_BACKUPS):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    workcalendar.seed_calendar()
