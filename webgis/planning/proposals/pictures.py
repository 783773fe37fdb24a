"""A photo as it came in, made into one that is safe to keep and show: upright, small enough, without a word inside.

It knows nothing about proposals or rights. What leaves here was drawn anew from the pixels alone, so no EXIF, XMP, IPTC
or comment byte can survive (ASVS 5.0, 14.2.8); where the camera stood is told once, for the person to keep or not.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Final

import pi_heif
from PIL import ExifTags, Image, ImageOps

from webgis.planning.errors import BadDocument, Problem

pi_heif.register_heif_opener(thumbnails=False)
FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PIXELS: Final = 50_000_000
LONGEST_PX: Final = 2048
THUMBNAIL_PX: Final = 480
QUALITY: Final = 84


@dataclass(frozen=True)
class Picture:
    """A cleaned photo as JPEG, its small copy, its size in pixels, and (longitude, latitude) of the camera if told."""

    photo: bytes
    thumbnail: bytes
    width: int
    height: int
    place: tuple[float, float] | None


def clean(content: bytes) -> Picture:
    """Read a photo and draw it anew. Raises BadDocument at /file for one too large, or broken."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            _check_size(opened)
            place = _place(opened)
            opened.draft("RGB", (LONGEST_PX, LONGEST_PX))
            upright = _without_everything_else(ImageOps.exif_transpose(opened))
    except BadDocument:
        raise
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except Exception:  # noqa: BLE001 - a decoder may fail in any way on a broken file
        raise BadDocument([Problem("/file", "photo_broken")]) from None
    upright.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    small = upright.copy()
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS)
    return Picture(_jpeg(upright), _jpeg(small), upright.width, upright.height, place)


def _check_size(opened: Image.Image) -> None:
    """Refuse by the header, before a single pixel is decoded."""
    if opened.width * opened.height > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> BadDocument:
    return BadDocument([Problem("/file", "photo_too_large", {"most": MOST_PIXELS // 1_000_000})])


def _without_everything_else(upright: Image.Image) -> Image.Image:
    """The pixels on white paper in a new picture, which has nothing but pixels."""
    layered = upright.convert("RGBA") if "A" in upright.getbands() or "transparency" in upright.info else None
    paper = Image.new("RGB", upright.size, "white")
    if layered is None:
        paper.paste(upright.convert("RGB"))
    else:
        paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _place(opened: Image.Image) -> tuple[float, float] | None:
    """Where the camera says it stood; None if it does not, or says nonsense."""
    try:
        told = opened.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        south = _degrees(told[ExifTags.GPS.GPSLatitude]) * (
            -1 if told[ExifTags.GPS.GPSLatitudeRef] == "S" else 1
        )
        east = _degrees(told[ExifTags.GPS.GPSLongitude]) * (
            -1 if told[ExifTags.GPS.GPSLongitudeRef] == "W" else 1
        )
    except Exception:  # noqa: BLE001 - whatever a camera wrote there, a photo without a place is still a photo
        return None
    inside = -90 <= south <= 90 and -180 <= east <= 180 and (south, east) != (0, 0)
    return (round(east, 6), round(south, 6)) if inside else None


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600
