import io
import struct
import zlib

import pytest
from PIL import Image

from bianfang.outreach.photos.actions import pictures
from bianfang.outreach.photos.errors import NoPictureError
from bianfang.outreach.photos.tests.factories import picture


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that claims to be a square of so many pixels a side."""

    def chunk(name: bytes, data: bytes) -> bytes:
        sign = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + sign

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_jpeg_without_what_the_camera_wrote(kind: str) -> None:
    sent = picture(kind)
    assert opened(sent).getexif()

    kept = pictures.clean(sent)

    image = opened(kept.content)
    assert (image.format, image.size) == ("JPEG", (60, 40))
    assert (kept.width, kept.height) == (60, 40)
    assert not image.getexif()
    assert b"invented" not in kept.content


def test_a_large_picture_becomes_at_most_1600_long() -> None:
    kept = pictures.clean(picture(size=(3200, 800)))

    assert (kept.width, kept.height) == (1600, 400)


def test_a_picture_taken_upright_stands_upright() -> None:
    assert (pictures.clean(picture(turned=6)).width, pictures.clean(picture(turned=6)).height) == (
        40,
        60,
    )


def test_what_was_see_through_becomes_white() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(made, "PNG")

    plain = opened(pictures.clean(made.getvalue()).content)

    assert plain.getpixel((10, 10)) == (255, 255, 255)


def test_a_small_one_fits_beside_others() -> None:
    small = opened(pictures.small(pictures.clean(picture(size=(1600, 1200))).content))

    assert small.size == (320, 240)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"%PDF-1.7 not a picture",
        picture("GIF"),
        picture("TIFF"),
        picture()[:200],
        picture("PNG")[:60],
        picture("WEBP")[:40],
    ],
    ids=["empty", "text", "pdf", "gif", "tiff", "half a jpeg", "half a png", "half a webp"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(NoPictureError, match="JPEG"):
        pictures.clean(content)


@pytest.mark.parametrize("side", [5_100, 10_000, 20_000, 60_000])
def test_a_bomb_of_pixels_is_refused_by_its_header(side: int) -> None:
    with pytest.raises(NoPictureError, match=r"像素|pixels"):
        pictures.clean(bomb(side))


def test_more_than_three_megabytes_are_refused_before_they_are_looked_at() -> None:
    with pytest.raises(NoPictureError, match="3 MB"):
        pictures.clean(picture() + b"\0" * pictures.MOST_BYTES)
