"""How evenly something is spread over places and over the groups they lie in, such as RT and their RW (method 5.3).

It knows nothing about what is spread: households reached, rupiah. A report, never an aim: it is not linear, and where
all have nothing everything is even.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from gis_core import inequality
from gis_core.errors import BadInput


class Evenness(NamedTuple):
    """Gini over the groups; Theil's T over the places, which is what lies between the groups and within them.

    All None where nothing is spread.
    """

    gini: float | None
    theil: float | None
    between: float | None
    within: float | None


def evenness(amount: ArrayLike, people: ArrayLike, group: ArrayLike) -> Evenness:
    """How evenly amounts per head are spread.

    amount (n,) >= 0: what the people of each place have together; people (n,) >= 0; group (n,): the group of each
    place, any whole numbers. Places without people are left out. Raises BadInput for wrong shapes and numbers.
    """
    had, heads, of = (
        np.asarray(column, dtype=kind)
        for column, kind in ((amount, np.float64), (people, np.float64), (group, np.int64))
    )
    if not had.shape == heads.shape == of.shape or had.ndim != 1:
        raise BadInput("amounts, people and groups need the same length", "/amount")
    there = heads > 0
    had, heads, of = had[there], heads[there], of[there]
    if not had.any():
        return Evenness(None, None, None, None)
    share = had / heads
    names, of = np.unique(of, return_inverse=True)
    all_heads, all_had = (np.bincount(of, column, minlength=len(names)) for column in (heads, had))
    split = inequality.theil_split(
        [share[of == g] for g in range(len(names))], [heads[of == g] for g in range(len(names))]
    )
    return Evenness(inequality.gini(all_had / all_heads, all_heads), inequality.theil(share, heads), *split)
