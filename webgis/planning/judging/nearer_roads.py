"""What a proposed way saves the poor households of its kelurahan on foot to the nearest motor road (method 2.7).

It knows nothing about points: the figure stands beside the score and moves nothing in it. Which types are ways, and
which roads cars use, the catalogue says. Made of single homes, it is for those who may see them.
"""

from __future__ import annotations

from typing import Final

import shapely

from gis_core.motor_access import AccessGain, access_gain
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.work import Work

MOTOR: Final = "motor"


def gain(facts: Facts, work: Work) -> AccessGain | None:
    """The access gain of a work; None if it is no line that lets people through, or nobody is on record."""
    is_line = int(shapely.get_dimensions(work.geometry)) == 1
    if not (work.type.opens and is_line and len(facts.homes)):
        return None
    return access_gain(facts.to_motor_roads, work.geometry, work.type.opens == MOTOR)
