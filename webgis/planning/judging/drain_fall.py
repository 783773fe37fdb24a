"""Whether the water of a proposed drain or sewer runs off (method 2.6).

It knows nothing about points: the figure stands beside the score. The least fall of a type and the error of the height
raster are of the catalogue; the levels of the ends are what the proposal says of itself.
"""

from __future__ import annotations

import shapely

from gis_core.fall import Fall, Heights, fall
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import INVERT_LEVELS
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.work import Work


def of_work(facts: Facts, work: Work) -> Fall | None:
    """The fall of a work that carries water, from its first point to its last; None for any other."""
    if work.type.least_fall is None or int(shapely.get_dimensions(work.geometry)) != 1:
        return None
    upper, lower = (_metres(work.readiness.get(name)) for name in INVERT_LEVELS)
    terrain = facts.terrain
    heights = None if terrain is None else Heights(terrain.height, catalogue().height_sigma)
    return fall(work.geometry, facts.projector.epsg, work.type.least_fall, (upper, lower), heights)


def _metres(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
