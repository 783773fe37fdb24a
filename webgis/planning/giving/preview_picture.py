"""The picture that a shared link shows: a small map with the work on it, a title, and a line of figures.

It knows nothing about rights or words: it draws what it is given. Its size is what the Open Graph protocol's readers
expect; it is drawn by the server, so no foreign service learns which proposal somebody shares.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import shapely
from PIL import Image, ImageDraw, ImageFont
from pyproj import Transformer
from shapely.geometry import shape as from_geojson
from shapely.geometry.base import BaseGeometry

from webgis.settings import ROOT
from webgis.store import preview_map
from webgis.store.database import Database

WIDTH: Final = 1200
HEIGHT: Final = 630
BAND: Final = 190
MARGIN_M: Final = 130.0
INK, QUIET, PAPER, ACCENT = "#1b2625", "#55635f", "#ffffff", "#0b6b62"
GROUND, STREET, WATER, BORDER, FLOOD = "#eef1ee", "#ffffff", "#9cc6de", "#93a19c", "#d5e3f5"
LAID: Final = (("flood", FLOOD, 1), ("water", WATER, 6), ("streets", STREET, 5), ("borders", BORDER, 1))
"""Layers below the work from the lowest up, each with its colour and the width of its lines in metres."""
KEYS: Final[Mapping[str, str]] = {
    "work": ACCENT, "flood": FLOOD, "water": WATER, "streets": STREET, "borders": BORDER,
}  # fmt: skip
"""What is on the map -> its colour."""
_FONTS: Final = ROOT / "static" / "dist"
_to_degrees: Final = Transformer.from_crs(3857, 4326, always_xy=True)
_to_metres: Final = Transformer.from_crs(4326, 3857, always_xy=True)


@dataclass(frozen=True)
class Shown:
    """What stands on a picture; geometry: GeoJSON of the work, or the outline of a whole region."""

    title: str
    line: str
    geometry: Mapping[str, Any]
    whole: bool = False


def draw(db: Database, shown: Shown) -> bytes:
    """The picture as PNG, WIDTH x HEIGHT pixels."""
    image = _drawn(db, shown)
    _write(ImageDraw.Draw(image), shown)
    return _png(image)


def draw_map(db: Database, geometry: Mapping[str, Any], north: str) -> bytes:
    """Its map alone, for sheets of paper: PNG, WIDTH x (HEIGHT - BAND) pixels, with scale bar and north arrow.

    north: the letter for north. `KEYS` says what the colours mean.
    """
    image = _drawn(db, Shown("", "", geometry)).crop((0, 0, WIDTH, HEIGHT - BAND))
    pen = ImageDraw.Draw(image)
    west, south, east, north_edge = _box(geometry)
    latitude = _to_degrees.transform((west + east) / 2, (south + north_edge) / 2)[1]
    _scale_bar(pen, WIDTH / (east - west) / math.cos(math.radians(latitude)))
    _north_arrow(pen, north)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn(db: Database, shown: Shown) -> Image.Image:
    """The picture without its words."""
    work = _in_web_metres(shown.geometry)
    box = _box(shown.geometry)
    with db.transaction() as session:
        shapes = preview_map.shapes_in(session, box, [name for name, _, _ in LAID])
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(image)
    close = WIDTH / (box[2] - box[0])
    for name, colour, metres in LAID:
        _lay(pen, shapes[name], box, colour, max(2, round(metres * close)), filled=name in ("flood", "water"))
    if not shown.whole:
        _lay(pen, work, box, PAPER, 22, filled=False)
    _lay(pen, work, box, ACCENT, 12, filled=not shown.whole)
    return image


def _in_web_metres(geometry: Mapping[str, Any]) -> BaseGeometry:
    return shapely.transform(from_geojson(geometry), _to_metres.transform, interleaved=False)


def _box(geometry: Mapping[str, Any]) -> preview_map.Box:
    """What the map shows around a work, in EPSG:3857."""
    west, south, east, north = _in_web_metres(geometry).bounds
    return _frame((west - MARGIN_M, south - MARGIN_M, east + MARGIN_M, north + MARGIN_M))


def _scale_bar(pen: ImageDraw.ImageDraw, pixels_per_metre: float) -> None:
    """A bar of a round length, a quarter of the width at most. pixels_per_metre: on the ground."""
    longest = WIDTH / 4 / pixels_per_metre
    step = 10 ** math.floor(math.log10(longest))
    metres = next(times * step for times in (5, 2, 1) if times * step <= longest)
    left, foot = 24, HEIGHT - BAND - 24
    long = round(metres * pixels_per_metre)
    pen.rectangle((left - 10, foot - 44, left + long + 10, foot + 10), fill=PAPER)
    pen.rectangle((left, foot - 6, left + long, foot), outline=INK, fill=PAPER)
    pen.rectangle((left, foot - 6, left + long // 2, foot), fill=INK)
    text = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    pen.text((left, foot - 38), f"0 – {text}", fill=INK, font=_font(24, 500))


def _north_arrow(pen: ImageDraw.ImageDraw, letter: str) -> None:
    """North is up in Web Mercator."""
    x, top = WIDTH - 44, 16
    pen.rectangle((x - 28, top, x + 28, top + 92), fill=PAPER)
    pen.polygon(((x, top + 36), (x + 18, top + 86), (x, top + 74), (x - 18, top + 86)), fill=INK)
    pen.text((x, top + 4), letter, fill=INK, font=_font(26, 700), anchor="ma")


def _frame(box: preview_map.Box) -> preview_map.Box:
    """The box widened to the form of the map's part of the picture."""
    west, south, east, north = box
    tall = HEIGHT - BAND
    metres = max((east - west) / WIDTH, (north - south) / tall)
    x, y = (west + east) / 2, (south + north) / 2
    return x - metres * WIDTH / 2, y - metres * tall / 2, x + metres * WIDTH / 2, y + metres * tall / 2


def _lay(
    pen: ImageDraw.ImageDraw,
    shape: BaseGeometry,
    box: preview_map.Box,
    colour: str,
    width: int,
    *,
    filled: bool,
) -> None:
    west, _, east, north = box
    scale = WIDTH / (east - west)

    def place(coordinates: Any) -> list[tuple[float, float]]:
        return [((x - west) * scale, (north - y) * scale) for x, y in coordinates]

    for part in _parts(shape):
        if part.geom_type == "Point":
            (x, y), r = place(part.coords)[0], width * 1.2
            pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)
        elif part.geom_type == "Polygon":
            ring = place(part.exterior.coords)
            if filled:
                pen.polygon(ring, fill=colour)
            pen.line(ring, fill=colour, width=width // 2, joint="curve")
        else:
            pen.line(place(part.coords), fill=colour, width=width, joint="curve")


def _parts(shape: BaseGeometry) -> Iterator[Any]:
    for part in getattr(shape, "geoms", [shape]):
        if part.is_empty:
            continue
        if hasattr(part, "geoms"):
            yield from _parts(part)
        else:
            yield part


def _write(pen: ImageDraw.ImageDraw, shown: Shown) -> None:
    top = HEIGHT - BAND
    pen.rectangle((0, top, WIDTH, HEIGHT), fill=PAPER)
    pen.rectangle((0, top, 12, HEIGHT), fill=ACCENT)
    pen.text((48, top + 30), _fitted(shown.title, 52, 700), fill=INK, font=_font(52, 700))
    pen.text((48, top + 108), _fitted(shown.line, 32, 500), fill=QUIET, font=_font(32, 500))


def _fitted(text: str, size: int, weight: int) -> str:
    """A text cut so that it fits on its line."""
    font, plain = _font(size, weight), " ".join(text.split())
    if font.getlength(plain) <= WIDTH - 96:
        return plain
    while plain and font.getlength(plain + "…") > WIDTH - 96:
        plain = plain[:-1]
    return plain.rstrip() + "…"


@lru_cache(maxsize=4)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The typeface of the pages, from the built front end; a plain one where it is not built."""
    found: list[Path] = sorted(_FONTS.glob("plus-jakarta-sans*.woff2"))
    if not found:
        return ImageFont.load_default(size)
    font = ImageFont.truetype(str(found[0]), size)
    font.set_variation_by_axes([weight])
    return font
