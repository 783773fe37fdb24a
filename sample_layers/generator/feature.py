"""A thing on the map on its way to a file: a geometry in local metres and its properties.

It knows nothing about files or coordinates of the world; `files.py` turns it into GeoJSON.
The idea is GeoJSON's own Feature, kept metric as long as the city is being built.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry


@dataclass
class Feature:
    """A geometry (None for a pure table row) and its properties, named like the columns of the store."""

    geometry: BaseGeometry | None
    properties: dict[str, object] = field(default_factory=dict)
