"""Plots and building footprints inside a block: irregular in the kampung, regular in planned housing.

It knows nothing about who lives there; it gives back footprints, extra streets and green pieces per block.
The idea: kampung plots come from dividing inheritance in halves, estate plots from a surveyor's grid of row houses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from .blocks import Block
from .skeleton import Street
from .split import box_axes, polygons, split

PLOT = {"slum": (60.0, 128.0), "kampung": (125.0, 255.0), "open": (130.0, 260.0), "hill": (150.0, 280.0)}
VACANT = {"slum": 0.2, "kampung": 0.2, "open": 0.5, "hill": 0.6}


@dataclass
class Built:
    """What stands on one block."""

    houses: list[Polygon] = field(default_factory=list)
    streets: list[Street] = field(default_factory=list)
    greens: list[tuple[str, Polygon]] = field(default_factory=list)
    big: list[tuple[str, Polygon]] = field(default_factory=list)


def fill(block: Block, land: BaseGeometry, rng: np.random.Generator) -> Built:
    """Plots, houses and gardens of one block on its dry land between the streets."""
    built = Built()
    for piece in polygons(land, 25):
        if block.site:
            _site(block.site, piece, rng, built)
        elif block.zone == "planned":
            _estate(piece, rng, built)
        elif block.zone in ("open", "hill"):
            _country(block.zone, piece, rng, built)
        else:
            _kampung(piece, block.zone, rng, built)
    return built


def _kampung(piece: Polygon, zone: str, rng: np.random.Generator, built: Built) -> None:
    low, high = PLOT[zone]
    todo = [piece]
    while todo:
        plot = todo.pop()
        if plot.area > rng.uniform(low, high) * 1.25 and plot.area > low:
            parts, _ = split(plot, rng, 0.24 if zone == "slum" else 0.18, 0.0, 2)
            if len(parts) > 1:
                todo += parts
                continue
        house = _house_on(plot, zone, rng)
        if house is not None:
            built.houses.append(house)


def _house_on(plot: Polygon, zone: str, rng: np.random.Generator) -> Polygon | None:
    """A house inset in its plot; a yard left empty here and there; slivers stay empty."""
    _, _, _, length, width = box_axes(plot)
    if plot.area < 16 or width < 3.2 or plot.area < 0.5 * length * width or rng.random() < VACANT[zone]:
        return None
    gap = rng.uniform(0.15, 0.5) if zone == "slum" else rng.uniform(0.25, 0.95)
    house = plot.buffer(-gap, join_style="mitre", mitre_limit=3).simplify(0.35)
    if zone != "slum" and house.area > 60 and rng.random() < 0.55:
        house = _notch(house, rng)
    if house.geom_type != "Polygon" or house.area < 12 or house.interiors:
        return None
    return house


def _notch(house: Polygon, rng: np.random.Generator) -> BaseGeometry:
    """Cut a terrace or back yard out of one corner or end of a house."""
    centre, u, v, length, width = box_axes(house)
    su, sv = rng.choice([-1, 1], 2)
    a, b = length * rng.uniform(0.2, 0.36), width * (rng.uniform(0.35, 0.6) if rng.random() < 0.7 else 2.0)
    corner = centre + su * u * length / 2 + sv * v * width / 2
    cut = Polygon(
        [
            corner + su * u + sv * v,
            corner - su * u * a + sv * v,
            corner - su * u * a - sv * v * b,
            corner + su * u - sv * v * b,
        ]
    )
    left = house.difference(cut)
    return left if left.geom_type == "Polygon" and left.area > 25 else house


def _estate(piece: Polygon, rng: np.random.Generator, built: Built) -> None:
    """Rows of equal plots, two back to back, along parallel streets."""
    if piece.area < 700:
        _kampung(piece, "kampung", rng, built)
        return
    centre, u, _, _, _ = box_axes(piece)
    degrees = float(np.degrees(np.arctan2(u[1], u[0])))
    flat = affinity.rotate(piece, -degrees, origin=tuple(centre))
    x0, y0, x1, y1 = flat.bounds
    street, front, deep = rng.choice([4.5, 5.0, 5.5]), rng.uniform(7.4, 9.4), rng.uniform(14.5, 17.5)
    rows = max(round((y1 - y0) / (2 * deep + street)), 1)
    pitch = (y1 - y0 + street) / rows
    deep = (pitch - street) / 2
    cross = _cross_streets(x0, x1, rng)
    green_left = 1 if piece.area > 9_000 and rng.random() < 0.6 else 0
    for row in range(rows):
        base = y0 + row * pitch
        if row:
            _lane(
                LineString([(x0, base - street / 2), (x1, base - street / 2)]),
                flat,
                street,
                degrees,
                centre,
                built,
            )
        for a, b in pairwise(cross):
            if green_left and row and b - a > 25 and rng.random() < 0.3:
                green_left -= 1
                part = box(a + 2.5, base, min(b - 2.5, a + 45), base + 2 * deep).intersection(flat)
                built.greens += [("park", p) for p in polygons(_back(part, degrees, centre), 150)]
                a = min(b - 2.5, a + 45) - 2.5
            _row(a + 2.5, b - 2.5, base, deep, front, flat, degrees, centre, rng, built)
    for x in cross[1:-1]:
        _lane(LineString([(x, y0), (x, y1)]), flat, 5.0, degrees, centre, built)


def _cross_streets(x0: float, x1: float, rng: np.random.Generator) -> list[float]:
    n = max(int((x1 - x0) / rng.uniform(75, 105)), 1)
    inner = [x0 + (x1 - x0) * (i + rng.uniform(-0.08, 0.08)) / n for i in range(1, n)]
    return [x0 - 2.5, *inner, x1 + 2.5]


def _row(
    a: float, b: float, base: float, deep: float, front: float, flat: Polygon, degrees: float, centre: np.ndarray,
    rng: np.random.Generator, built: Built,
) -> None:  # fmt: skip
    """Two back-to-back rows of houses between two cross streets."""
    n = max(round((b - a) / front), 1)
    step = (b - a) / n
    vacant = 0.07 if rng.random() < 0.8 else 0.4
    for i in range(n):
        for side in (0, 1):
            if rng.random() < vacant:
                continue
            yard, rear = rng.uniform(1.6, 3.8), rng.choice([0.4, 0.4, 1.6, 2.6])
            low = base + (yard if side == 0 else deep + rear)
            high = base + (deep - rear if side == 0 else 2 * deep - yard)
            plot = box(a + i * step + 0.2, low, a + (i + 1) * step - rng.choice([0.2, 0.2, 0.9]), high)
            house = plot.intersection(flat.buffer(-1.0)) if not flat.contains(plot) else plot
            if house.geom_type == "Polygon" and house.area > 0.55 * plot.area and house.area > 25:
                built.houses.append(_back(house, degrees, centre))


def _lane(
    line: LineString, flat: Polygon, width: float, degrees: float, centre: np.ndarray, built: Built
) -> None:
    for part in shapely.get_parts(line.intersection(flat)):
        if part.geom_type == "LineString" and part.length > 12:
            built.streets.append(Street(_back(part, degrees, centre), "local", float(width)))


def _back(geometry: BaseGeometry, degrees: float, centre: np.ndarray) -> BaseGeometry:
    return affinity.rotate(geometry, degrees, origin=tuple(centre))


def _country(zone: str, piece: Polygon, rng: np.random.Generator, built: Built) -> None:
    """Rice fields or woods, with a ribbon of houses along the street in places."""
    rest: BaseGeometry = piece
    if zone == "open" and rng.random() < 0.6:
        centre, u, v, length, width = box_axes(piece)
        side, along = rng.choice([-1, 1]), rng.uniform(0.3, 0.9) * length
        corner = centre - u * length / 2 + side * v * width / 2
        ribbon = Polygon(
            [corner, corner + u * along, corner + u * along - side * v * 24, corner - side * v * 24]
        ).buffer(6)
        for strip in polygons(piece.intersection(ribbon), 200):
            _kampung(strip, "open", rng, built)
        rest = piece.difference(ribbon)
    for field_ in polygons(rest, 400):
        built.greens += _parcels(zone, field_.buffer(-1.5), rng)


def _parcels(zone: str, piece: BaseGeometry, rng: np.random.Generator) -> list[tuple[str, Polygon]]:
    """Fields parted by low banks; woods left whole."""
    if zone == "hill":
        return [("trees", p) for p in polygons(piece, 300)]
    out: list[tuple[str, Polygon]] = []
    todo = polygons(piece, 150)
    while todo:
        part = todo.pop()
        if part.area > rng.uniform(3_500, 9_000):
            halves_, _ = split(part, rng, 0.1, 0.0, 2)
            if len(halves_) > 1:
                todo += halves_
                continue
        inner = polygons(part.buffer(-0.5), 150)
        out += [("trees" if rng.random() < 0.07 else "field", p) for p in inner]
    return out


def _site(site: str, piece: Polygon, rng: np.random.Generator, built: Built) -> None:
    """A school, office, market, park or cemetery on its own ground."""
    kind = site.split("/")[0]
    if kind in ("park", "field", "cemetery"):
        built.greens += [(kind, p) for p in polygons(piece.buffer(-1.0), 100)]
        return
    built.greens += [(kind, p) for p in polygons(piece.buffer(-0.5), 100)]
    yard = piece.buffer(-4.0)
    if yard.is_empty:
        return
    centre, u, v, length, width = box_axes(yard)
    wide = min(max(width * 0.2, 8.0), 13.0)
    bars = (
        [(0.0, -0.5, 0.92, 1), (0.0, 0.5, 0.7, -1)]
        if kind in ("sd", "smp", "office", "puskesmas", "station")
        else []
    )
    if kind == "market":
        bars = [(0.0, t, 0.9, 0) for t in np.linspace(-0.4, 0.4, max(int(width / 17), 2))]
    if kind == "worship":
        bars, wide = [(0.0, 0.0, 0.45, 0)], width * 0.4
    for along, across, share, inward in bars:
        mid = centre + u * along * length + v * (across * width + inward * wide / 2)
        half = u * min(length * share, 46.0 if kind != "market" else 80.0) / 2
        side = v * wide / 2
        hall = Polygon([mid - half - side, mid + half - side, mid + half + side, mid - half + side])
        built.big += [(kind, p) for p in polygons(hall.intersection(yard), 60)][:1]
