"""What keeping a work in order costs over its life, in today's rupiah.

It knows nothing about kinds of works. The sum of discounted yearly payments is the ordinary annuity.
"""

from __future__ import annotations

import math

from gis_core.errors import BadInput


def present_value(yearly_rp: float, years: float, rate: float) -> float:
    """Today's worth of a yearly payment at the end of each of some years: C (1 - (1 + r)^-n) / r, C n for r = 0.

    Raises BadInput for negative or infinite figures.
    """
    for name, value in (("yearly_rp", yearly_rp), ("years", years), ("rate", rate)):
        if not (math.isfinite(value) and value >= 0):
            raise BadInput(f"{name} must be a number of 0 or more, not {value}", f"/{name}")
    # expm1 and log1p keep the limit r -> 0 smooth where the plain formula loses all digits.
    growth = math.log1p(rate)
    return yearly_rp * (years if rate == 0 else -math.expm1(-years * growth) / rate)
