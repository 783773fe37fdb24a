"""What follows of an area from what is told of its RT, and what of its outcome is told with that (decision 52).

It knows nothing about readers or the store: forms as rows, and the least and the greatest volumes that fit all that is
told of RT. Points, total and grade rise with volumes, so those that are the same at both ends follow from what is told
already; to say them tells nothing. All others are kept back, whatever they are: that one is kept back tells nothing
either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gis_core import leaving, slum
from webgis.planning.mapping.slum_treatment import settings
from webgis.planning.mapping.slums import Row, bases_of, volumes_of

SMALLEST: Final = 5
"""Of homes that may be told as a group."""
SMALLEST_BASE: Final = 20
"""Homes of which the narrowest band of shares, a quarter, is five."""
PEOPLE: Final = ("households", "buildings")
"""Bases that count people's homes; metres and hectares tell of nobody."""
OF_HOMES: Final = tuple(code for code, base in slum.BASES.items() if base in PEOPLE)
"""Criteria that count homes."""
Bounds = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A criterion of an RT: homes with the deficit and all homes, None where unknown."""

    volume: float | None
    base: float | None

    @property
    def is_small(self) -> bool:
        """Whether it could tell of a group of one to four, or of all but one to four."""
        few = self.volume is not None and self.volume < SMALLEST
        left = None if self.base is None or self.volume is None else self.base - self.volume
        return few or (left is not None and left < SMALLEST) or self.narrow

    @property
    def narrow(self) -> bool:
        """Whether it has so few homes that a band of shares is less than five."""
        return self.base is not None and self.base < SMALLEST_BASE

    @property
    def bounds(self) -> Bounds:
        """Least and greatest volume that would be told alike; an unknown one counts nothing, as in a sum."""
        if self.volume is None:
            return 0.0, 0.0
        if not self.is_small:
            return self.volume, self.volume
        base = self.base or 0.0
        if self.narrow:
            return 0.0, base
        return (0.0, SMALLEST - 1.0) if self.volume < SMALLEST else (base - SMALLEST + 1, base)


@dataclass(frozen=True)
class Kept:
    """What is kept back of the outcome of a form: points of criteria, the total, the grade, whether it is out."""

    scores: frozenset[str]
    total: bool
    grade: bool
    out: bool


def kept(rows: Sequence[Row], members: Mapping[str, Sequence[Row] | None]) -> dict[str, Kept]:
    """Id of a form -> what is kept back of it; forms told whole are left out.

    members: code of a kawasan -> forms of the RT it counts together, as they were in its year; None: nobody knows
    which these are. An area that is not named counts its own homes.
    """
    if not rows:
        return {}
    volumes, bases = volumes_of(rows), bases_of(rows)
    least, most = volumes.copy(), volumes.copy()
    for i, row in enumerate(rows):
        for code in OF_HOMES:
            j = slum.CRITERIA.index(code)
            if not np.isnan(volumes[i, j]):
                least[i, j], most[i, j] = _ends(row, code, members.get(row["code"], ()))
    low, high = (slum.assess(slum.shares(ends, bases)) for ends in (least, most))
    rule = settings().exit_rule
    outs = leaving.out(low, rule) != leaving.out(high, rule)
    found = {}
    for i, row in enumerate(rows):
        scores = frozenset(np.array(slum.CRITERIA)[low.scores[i] != high.scores[i]].tolist())
        if scores:
            found[str(row["form_id"])] = Kept(
                scores,
                bool(low.total[i] != high.total[i]),
                bool(low.grade[i] != high.grade[i]),
                bool(outs[i]),
            )
    return found


def _ends(row: Row, code: str, members: Sequence[Row] | None) -> Bounds:
    """The least and the greatest volume of a criterion of homes, by what is told."""
    base = slum.BASES[code]
    if members is None:
        return 0.0, float(row[base] or 0.0)
    if not members:
        line = Line(row[f"v{code}"], row[base])
        return line.bounds if line.narrow else (float(row[f"v{code}"]),) * 2
    lines = [Line(one[f"v{code}"], one[base]).bounds for one in members]
    return sum(start for start, _ in lines), sum(end for _, end in lines)
