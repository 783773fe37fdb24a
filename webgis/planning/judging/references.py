"""Reference points that are a kelurahan's own: its poor share, which the poor share of a work is judged by (method M5).

It knows nothing about works. All other reference points are the catalogue's and the same everywhere (decision 36).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gis_core.ranking import Criterion
from gis_core.value import ValueFunction
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.judging.facts import Facts

LEAST: Final = 0.01
"""One percent: to whole percents the share of a kelurahan is rounded, so that one family does not move every score."""


def of_kelurahan(chosen: Sequence[Criterion], facts: Facts) -> tuple[Criterion, ...]:
    """The criteria as they are judged in a kelurahan; those of the catalogue where its poor share is not on record."""
    usual = facts.poor_share
    if usual is None:
        return tuple(chosen)
    return tuple(_own(item, usual) for item in chosen)


def own(chosen: Sequence[Criterion]) -> dict[str, list[list[float]]]:
    """Reference points that may be a kelurahan's own, [raw value, value] by criterion, for a run to name."""
    return {
        item.id: [list(point) for point in item.value.points]
        for item in chosen
        if item.id in catalogue().own_points
    }


def _own(item: Criterion, usual: float) -> Criterion:
    """A criterion with the share of the kelurahan at the point that stands for it, between its neighbours."""
    if (k := catalogue().own_points.get(item.id)) is None:
        return item
    points = list(item.value.points)
    low, high = points[k - 1][0] + LEAST, points[k + 1][0] - LEAST
    points[k] = (min(max(round(usual, 2), low), high), points[k][1])
    return replace(item, value=ValueFunction(points, item.value.scale))
