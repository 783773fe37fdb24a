"""The regions that are known already: found by code, by name however spelled, or by place.

It knows nothing about files. Names of one kelurahan differ between tables (Kali Baros, Kalibaros); one that
differs by a letter or two is taken and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from webgis.planning.imports.layers import plain

CODE: Final = re.compile(r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$")
ALIKE: Final = 0.84
METRE: Final = 1 / 110_000
_RT_RW = re.compile(r"RT\D*(\d{1,3})\D+R?W?\D*(\d{1,3})", re.I)


@dataclass
class Region:
    """A region of the store, or one that this import makes."""

    code: str
    kind: str
    name: str
    parent: str | None
    external_id: str | None
    shape: BaseGeometry | None = None
    row: dict[str, Any] = field(default_factory=dict)


class Tree:
    """All known regions of the kinds kota, kecamatan, kelurahan, RW and RT."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self.by_code = {region.code: region for region in regions}
        self._index()

    def _index(self) -> None:
        self.kelurahan = [r for r in self.by_code.values() if r.kind == "kelurahan"]
        self._shaped = [r for r in self.kelurahan if r.shape is not None]
        self._places = shapely.STRtree([r.shape for r in self._shaped])
        self._rts = [r for r in self.by_code.values() if r.kind == "rt" and r.shape is not None]
        self._rt_places = shapely.STRtree([r.shape for r in self._rts])
        self.by_external = {r.external_id: r for r in self.by_code.values() if r.external_id}

    def add(self, region: Region) -> None:
        """A region that will be there when the import is done."""
        self.by_code[region.code] = region
        if region.kind == "kelurahan":
            self._index()

    def named(self, name: str) -> tuple[Region | None, bool]:
        """The kelurahan of a code or name, and whether its spelling had to be guessed. Two of a name: none."""
        if name in self.by_code:
            return self.by_code[name], False
        wanted = plain(name)
        same = [r for r in self.kelurahan if plain(r.name) == wanted]
        if len(same) == 1:
            return same[0], False
        if same or not wanted:
            return None, False
        rated = sorted(
            ((SequenceMatcher(None, wanted, plain(r.name)).ratio(), r.code) for r in self.kelurahan),
            reverse=True,
        )
        if rated and rated[0][0] >= ALIKE and (len(rated) == 1 or rated[1][0] < rated[0][0]):
            return self.by_code[rated[0][1]], True
        return None, False

    def at(self, shape: BaseGeometry, margin_m: float = 0.0) -> Region | None:
        """The kelurahan in which the middle of a geometry lies, else the nearest within the margin."""
        middle = shape if shape.geom_type == "Point" else shapely.point_on_surface(shape)
        hits = self._places.query(middle, predicate="intersects")
        if len(hits):
            return self._shaped[int(hits.min())]
        if margin_m > 0 and self._shaped:
            hits = self._places.query_nearest(shape, max_distance=margin_m * METRE)
            if len(hits):
                return self._shaped[int(hits[0])]
        return None

    def rt_at(self, shape: BaseGeometry) -> Region | None:
        """The RT in which a point lies."""
        hits = self._rt_places.query(shape, predicate="intersects")
        return self._rts[int(hits.min())] if len(hits) else None


def rt_rw(text: str) -> tuple[int, int] | None:
    """(RT, RW) of a text like `RT009-RW002` or `RT 04 RW 02` or `004/002`."""
    if match := _RT_RW.search(text):
        return int(match[1]), int(match[2])
    if match := re.fullmatch(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*", text):
        return int(match[1]), int(match[2])
    return None
