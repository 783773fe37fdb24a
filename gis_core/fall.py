"""The fall of a drain: by the levels of its two ends, or from heights where these are fine enough to tell.

It knows nothing about kinds of works. Water needs some centimetres for each ten metres; a height raster that may be off
by metres cannot tell them, so along a short drain only levels that somebody measured do (method 2.6).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import shapely  # type: ignore[import-untyped, unused-ignore]
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput
from gis_core.geodesy import check_drawable
from gis_core.raster import Grid
from gis_core.terrain import heights_at

Source = Literal["levels", "heights"]


@dataclass(frozen=True)
class Fall:
    """metres: how far it falls from its first point to its last, negative uphill, None unknown; needed: the least over
    its length, both in metres; source: of the metres."""

    metres: float | None
    needed: float
    length: float
    source: Source | None

    @property
    def enough(self) -> bool | None:
        """Whether water runs off; None where nobody knows. To a tenth of a millimetre."""
        return None if self.metres is None else self.metres >= self.needed - 1e-4


@dataclass(frozen=True)
class Heights:
    """Heights in metres and their standard error sigma (metres, > 0)."""

    grid: Grid
    sigma: float


def fall(
    line: BaseGeometry,
    epsg: int,
    least: float,
    levels: tuple[float | None, float | None] = (None, None),
    heights: Heights | None = None,
) -> Fall:
    """The fall of a line (metres of the system `epsg`) drawn with the water. least: fall over length, above 0.

    levels: metres of its upper and lower end, both above the same datum; they go before heights, which are read where
    the fall that is needed is at least twice their error. Raises BadInput for what is no line, and for a `least` or a
    level that is no number.
    """
    check_drawable(line)
    if int(shapely.get_dimensions(line)) != 1:
        raise BadInput("a fall is asked of lines only")
    if not (math.isfinite(least) and least > 0):
        raise BadInput("must be above 0", "/least")
    length = float(line.length)
    upper, lower = levels
    if upper is not None and lower is not None:
        if not (math.isfinite(upper) and math.isfinite(lower)):
            raise BadInput("must be finite", "/levels")
        return Fall(upper - lower, least * length, length, "levels")
    if heights is None or not readable(length, least, heights.sigma):
        return Fall(None, least * length, length, None)
    ends = shapely.get_coordinates(line)[[0, -1]]
    first, last = heights_at(ends, epsg, heights.grid).tolist()
    known = math.isfinite(first) and math.isfinite(last)
    return Fall(first - last if known else None, least * length, length, "heights" if known else None)


def readable(length: float, least: float, sigma: float) -> bool:
    """Whether heights with this error can tell the fall that a length needs: at least 2 sigma (method 2.6)."""
    return length * least >= 2 * sigma * (1 - 1e-9)
