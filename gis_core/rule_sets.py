"""Rule sets of the slum form: the criteria, what each is divided by, and the bands of the total.

It knows nothing about values. Permen PUPR 14/PRT/M/2018 is the form in force; Permen PUPR 2/PRT/M/2016 has three
criteria more. A total of one is never a grade of the other: a record is scored anew by its values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput


@dataclass(frozen=True)
class RuleSet:
    """A form: name, criterion -> base quantity in the order of the form, lowest totals of light, medium and heavy.

    networks: pairs of criteria (missing, bad) of one network, whose metres cannot exceed it together.
    """

    name: str
    bases: Mapping[str, str]
    bands: tuple[int, int, int]
    networks: tuple[tuple[str, str], ...]

    @cached_property
    def criteria(self) -> tuple[str, ...]:
        """Criterion codes; columns of every (n, k) array."""
        return tuple(self.bases)

    @cached_property
    def aspects(self) -> Mapping[str, tuple[str, ...]]:
        """Aspect -> its criteria: building, road, water, drainage, wastewater, solid waste, fire."""
        return MappingProxyType({a: tuple(k for k in self.criteria if k[0] == a) for a in "1234567"})


PERMEN_14_2018: Final = RuleSet(
    "permen-14-2018",
    MappingProxyType({
        "1a": "buildings", "1b": "area_verified_ha", "1c": "buildings",
        "2a": "road_ideal_m", "2b": "road_ideal_m",
        "3a": "households", "3b": "households",
        "4a": "area_verified_ha", "4b": "drain_ideal_m", "4c": "drain_ideal_m",
        "5a": "households", "5b": "households", "6a": "households", "6b": "households",
        "7a": "buildings", "7b": "buildings",
    }),
    (16, 38, 60),
    (("2a", "2b"), ("4b", "4c")),
)  # fmt: skip
"""16 criteria, 0..80."""

PERMEN_02_2016: Final = RuleSet(
    "permen-02-2016",
    MappingProxyType({
        "1a": "buildings", "1b": "area_verified_ha", "1c": "buildings",
        "2a": "road_ideal_m", "2b": "road_ideal_m",
        "3a": "households", "3b": "households",
        "4a": "area_verified_ha", "4b": "drain_ideal_m", "4c": "drain_ideal_m", "4d": "drain_ideal_m",
        "4e": "drain_ideal_m",
        "5a": "households", "5b": "households", "6a": "households", "6b": "households", "6c": "households",
        "7a": "buildings", "7b": "buildings",
    }),
    (19, 45, 71),
    (("2a", "2b"), ("4b", "4e")),
)  # fmt: skip
"""19 criteria, 0..95: drains not connected (4c) or not maintained (4d), waste facilities not maintained (6c), too."""

RULE_SETS: Final[Mapping[str, RuleSet]] = MappingProxyType(
    {rules.name: rules for rules in (PERMEN_14_2018, PERMEN_02_2016)}
)

_BY_2016: Final = {"4c": "4e"}
"""Criterion of 2018 -> the code it had in 2016, where another."""


def from_2016(values: ArrayLike) -> NDArray[np.float64]:
    """Volumes or shares (n, 19) of the form of 2016 as (n, 16) of 2018, to be scored anew ("dihitung ulang").

    Leaves out what 2018 no longer asks (4c, 4d, 6c of 2016) and moves the drain's construction from 4e to 4c.
    Raises BadInput for a wrong shape.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(PERMEN_02_2016.criteria):
        raise BadInput(
            f"values must have shape (n, {len(PERMEN_02_2016.criteria)}), not {table.shape}", "/values"
        )
    columns = [PERMEN_02_2016.criteria.index(_BY_2016.get(code, code)) for code in PERMEN_14_2018.criteria]
    return table[:, columns]
