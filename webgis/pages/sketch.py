"""A small drawing of where a proposal lies: its shape inside the outline of its RW, as paths of an SVG.

It knows nothing about tiles or scripts, so the page of a proposal shows a place even on the oldest phone.
Degrees are scaled by the cosine of the latitude, which is exact enough for a thumbnail (equirectangular).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

WIDTH: Final = 320.0
HEIGHT: Final = 200.0
MARGIN: Final = 14.0
Position = tuple[float, float]


@dataclass(frozen=True)
class Sketch:
    """Paths of the outline and of the work; points as circles."""

    outline: str
    lines: str
    areas: str
    points: tuple[Position, ...]


def sketch(geometry: Mapping[str, Any], around: Mapping[str, Any] | None) -> Sketch | None:
    """The drawing, or None without an outline."""
    if around is None:
        return None
    everything = [*_positions(around), *_positions(geometry)]
    west, east = min(x for x, _ in everything), max(x for x, _ in everything)
    south, north = min(y for _, y in everything), max(y for _, y in everything)
    squeeze = cos(radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * MARGIN) / max((east - west) * squeeze, 1e-9),
        (HEIGHT - 2 * MARGIN) / max(north - south, 1e-9),
    )
    left = (WIDTH - (east - west) * squeeze * scale) / 2
    top = (HEIGHT - (north - south) * scale) / 2

    def place(position: Position) -> Position:
        x, y = position
        return round(left + (x - west) * squeeze * scale, 1), round(top + (north - y) * scale, 1)

    kind = str(geometry["type"])
    path = _path(geometry, place)
    return Sketch(
        outline=_path(around, place),
        lines=path if "Line" in kind else "",
        areas=path if "Polygon" in kind else "",
        points=tuple(place(p) for p in _positions(geometry)) if "Point" in kind else (),
    )


def before_and_after(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> tuple[Sketch, Sketch] | None:
    """Two shapes of one work in one frame, None unless there are two."""
    if not old or not new:
        return None
    both = {"type": "MultiPoint", "coordinates": [*_positions(old), *_positions(new)]}
    drawn = [sketch(shape, both) for shape in (old, new)]
    return (drawn[0], drawn[1]) if drawn[0] and drawn[1] else None


def bounds(geometry: Mapping[str, Any]) -> str:
    """West, south, east, north of a geometry, as the map's script reads it."""
    places = list(_positions(geometry))
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return f"{min(xs)},{min(ys)},{max(xs)},{max(ys)}"


def _rings(geometry: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The runs of positions of a geometry."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        yield [coordinates]
    elif kind in ("LineString", "MultiPoint"):
        yield coordinates
    elif kind in ("Polygon", "MultiLineString"):
        yield from coordinates
    elif kind == "MultiPolygon":
        for polygon in coordinates:
            yield from polygon


def _positions(geometry: Mapping[str, Any]) -> Iterator[Position]:
    for ring in _rings(geometry):
        for position in ring:
            yield float(position[0]), float(position[1])


def _path(geometry: Mapping[str, Any], place: Any) -> str:
    closed = "Z" if "Polygon" in str(geometry["type"]) else ""
    runs = ("L".join("{},{}".format(*place((p[0], p[1]))) for p in ring) for ring in _rings(geometry))
    return " ".join(f"M{run}{closed}" for run in runs)
