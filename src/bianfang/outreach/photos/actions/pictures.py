"""Pictures: checked by their content, drawn anew, and nothing else of the file is kept."""

import io
import struct
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from bianfang.outreach.photos.errors import NoPictureError

KINDS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 3_000_000
MOST_PIXELS = 25_000_000
"""What is decoded at most: phones make pictures smaller before; a bomb is refused by its header."""
LONGEST_SIDE, SMALL_SIDE = 1600, 320
QUALITY, SMALL_QUALITY = 80, 70
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error)
"""What the decoders raise over broken files."""
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A JPEG without anything but its pixels."""

    content: bytes
    width: int
    height: int


def clean(content: bytes) -> Picture:
    """The picture upright, at most 1600 pixels long, as JPEG without place, time or device.

    What is too large or no picture is refused with a sentence.
    """
    if len(content) > MOST_BYTES:
        raise NoPictureError(_("A photo has at most 3 MB; make it smaller."))
    return _drawn(content, LONGEST_SIDE, QUALITY)


def small(content: bytes) -> bytes:
    """The same picture as it stands on a page beside others."""
    return _drawn(content, SMALL_SIDE, SMALL_QUALITY).content


def _drawn(content: bytes, longest: int, quality: int) -> Picture:
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NoPictureError(_too_many())
            image.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((longest, longest))
            plain = _on_white(upright)
    except _BOMBS as error:
        raise NoPictureError(_too_many()) from error
    except _BROKEN as error:
        words = _("This is no picture that can be kept. Send a photo as JPEG, PNG or WebP.")
        raise NoPictureError(words) from error
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=quality, optimize=True)
    return Picture(content=made.getvalue(), width=plain.width, height=plain.height)


def _on_white(image: Image.Image) -> Image.Image:
    """Pixels alone, in three colours; what was see-through becomes white."""
    whole = image.convert("RGBA")
    plain = Image.new("RGB", whole.size, "white")
    plain.paste(whole, mask=whole.getchannel("A"))
    return plain


def _too_many() -> str:
    return _("The picture has too many pixels; make it smaller.")
