"""The kept workbook, read again whenever it is needed."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from bianfang.kernel import storage
from bianfang.register.rolls.models import RollImport
from bianfang.register.rolls.reading.areas import AreaIndex
from bianfang.register.rolls.reading.reader import read_roll
from bianfang.register.rolls.reading.report import RollReading
from bianfang.register.rolls.state import Hamlets

Progress = Callable[[int], None]
"""Told how many per cent are done."""


def read_kept(roll: RollImport, hamlets: Hamlets, progress: Progress | None = None) -> RollReading:
    """Read the workbook as it was sent; while the register has no hamlet, it describes the tree."""
    return read_roll(
        kept_content(roll),
        areas=AreaIndex.build(hamlets) if hamlets else "from_file",
        as_of=roll.as_of,
        allow_invented_phones=True,
        progress=progress,
    )


def kept_content(roll: RollImport) -> bytes:
    """The file, or StorageError when it is gone or is not the one that was sent."""
    content = storage.read(roll.file_key)
    if storage.digest_of(content) != roll.file_hash:
        raise storage.StorageError(_("The kept file is not the one that was sent; send it again."))
    return content


def share(progress: Progress | None, start: int, end: int) -> Progress:
    """Progress of one part of the work, told as part of the whole."""

    def tell(percent: int) -> None:
        if progress is not None:
            progress(start + (end - start) * percent // 100)

    return tell
