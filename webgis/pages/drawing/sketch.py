"""A small drawing of where a proposal lies: its shape on streets, water and houses, as paths of an SVG.

It knows nothing about tiles or scripts, so the page of a proposal shows a place even on the oldest phone.
Degrees are scaled by the cosine of the latitude, which is exact enough for a thumbnail (equirectangular).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

from webgis.planning.mapping.ground import ground
from webgis.store.database import Database

WIDTH: Final = 320.0
HEIGHT: Final = 200.0
MARGIN: Final = 14.0
LEAST: Final = 120 / 111_320
"""Degrees of latitude that a drawing shows at least, so that a single point has something around it."""
Position = tuple[float, float]


@dataclass(frozen=True)
class Sketch:
    """Paths of the outline, of the ground by name in the order of drawing, and of the work; points as circles."""

    outline: str
    ground: Mapping[str, str]
    lines: str
    areas: str
    points: tuple[Position, ...]


def sketch(db: Database, geometry: Mapping[str, Any], around: Mapping[str, Any] | None) -> Sketch | None:
    """The drawing of a work inside an outline, or None without an outline."""
    if around is None:
        return None
    frame = _frame([*_positions(around), *_positions(geometry)])
    return _drawn(geometry, frame, _path(around, frame.place), _ground(db, frame))


def before_and_after(
    db: Database, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> tuple[Sketch, Sketch] | None:
    """Two shapes of one work in one frame, the ground under the first; None unless there are two."""
    if not old or not new:
        return None
    frame = _frame([*_positions(old), *_positions(new)])
    return _drawn(old, frame, "", _ground(db, frame)), _drawn(new, frame, "", {})


@dataclass(frozen=True)
class _Frame:
    """The drawing as a window on the ground: degrees of its upper left corner, pixels per degree of latitude."""

    west: float
    north: float
    scale: float
    squeeze: float

    def place(self, position: Position) -> Position:
        """Longitude and latitude as pixels."""
        x, y = position
        return round((x - self.west) * self.squeeze * self.scale, 1), round((self.north - y) * self.scale, 1)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all that is seen."""
        wide, high = WIDTH / self.scale / self.squeeze, HEIGHT / self.scale
        return self.west, self.north - high, self.west + wide, self.north


def _frame(everything: list[Position]) -> _Frame:
    west, east = min(x for x, _ in everything), max(x for x, _ in everything)
    south, north = min(y for _, y in everything), max(y for _, y in everything)
    squeeze = cos(radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * MARGIN) / max((east - west) * squeeze, LEAST),
        (HEIGHT - 2 * MARGIN) / max(north - south, LEAST * HEIGHT / WIDTH),
    )
    return _Frame(
        (west + east) / 2 - WIDTH / 2 / scale / squeeze,
        (south + north) / 2 + HEIGHT / 2 / scale,
        scale,
        squeeze,
    )


def _drawn(geometry: Mapping[str, Any], frame: _Frame, outline: str, ground: Mapping[str, str]) -> Sketch:
    kind, path = str(geometry["type"]), _path(geometry, frame.place)
    return Sketch(
        outline=outline,
        ground=ground,
        lines=path if "Line" in kind else "",
        areas=path if "Polygon" in kind else "",
        points=tuple(frame.place(p) for p in _positions(geometry)) if "Point" in kind else (),
    )


def _ground(db: Database, frame: _Frame) -> dict[str, str]:
    return {name: _path(shape, frame.place) for name, shape in ground(db, frame.bounds, int(WIDTH)).items()}


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
