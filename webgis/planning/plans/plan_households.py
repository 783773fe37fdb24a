"""Whom a plan reaches and what it spends on them, in all and by RW, and how evenly (method 5.3).

It knows nothing about who may read which count; that is `household_counts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gis_core.evenness import evenness
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.household_counts import rounded

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def households(facts: Facts, before: tuple[Bools, Floats], after: tuple[Bools, Floats]) -> dict[str, Any]:
    """Poor households reached by at least one work, in all and by RW, the rupiah spent on them, and how evenly.

    before, after: whether each home (n,) is reached, and the rupiah spent on it. evenness: Gini over the RW, Theil over
    the RT with its parts between and within RW, of the share reached and of the rupiah per poor household (method 5.3).
    """
    rws = sorted({_rw_of(code) for code in facts.zones.codes})
    rw = np.array([rws.index(_rw_of(code)) for code in facts.zones.codes], dtype=np.int64)

    inside = facts.homes.zone >= 0

    def by_rt(amount: Bools | Floats) -> Floats:
        found = np.bincount(facts.homes.zone[inside], weights=amount[inside], minlength=len(rw))
        return found.astype(np.float64)

    people = by_rt(np.ones(len(facts.homes)))
    columns = {
        "total": people, "reached_before": by_rt(before[0]), "reached": by_rt(after[0]),
        "rupiah_before": by_rt(before[1]), "rupiah": by_rt(after[1]),
    }  # fmt: skip
    sums = {name: np.bincount(rw, weights=column, minlength=len(rws)) for name, column in columns.items()}
    spread = {
        name: {
            when: evenness(columns[name + end], people, rw)._asdict()
            for when, end in (("before", "_before"), ("after", ""))
        }
        for name in ("reached", "rupiah")
    }
    return {
        "total": len(facts.homes),
        "reached_before": int(before[0].sum()),
        "reached": int(after[0].sum()),
        "gini_before": spread["reached"]["before"]["gini"],
        "gini": spread["reached"]["after"]["gini"],
        "evenness": spread,
        "by_rw": [
            {"code": code} | {name: round(float(column[k])) for name, column in sums.items()}
            for k, code in enumerate(rws)
        ],
    }


def standing_in(facts: Facts, zone: Sequence[str | None], before: Bools, after: Bools) -> dict[str, Any]:
    """The same of households that stand in (zone (n,): their RW), as far as `household_counts` tells it: no rupiah.

    An RW has as many as are on record there, told like everywhere in steps of five, and no more of them are reached.
    """
    rws = sorted({_rw_of(code) for code in facts.zones.codes})
    here = np.array([rws.index(code) if code in rws else -1 for code in zone], dtype=np.int64)
    at = facts.homes.zone[facts.homes.zone >= 0]
    rw_of_rt = np.array([rws.index(_rw_of(code)) for code in facts.zones.codes], dtype=np.int64)
    totals = np.bincount(rw_of_rt[at], minlength=len(rws)).tolist()

    def reached(flags: Bools) -> list[int]:
        found = np.bincount(here[flags & (here >= 0)], minlength=len(rws)).tolist()
        return [min(count, rounded(total) or 0) for count, total in zip(found, totals, strict=True)]

    by_rw = zip(rws, totals, reached(before), reached(after), strict=True)
    return {
        "in_part": 0,
        "by_rw": [
            {"code": code, "total": total, "reached_before": first, "reached": then}
            for code, total, first, then in by_rw
        ],
    }


def _rw_of(rt: str) -> str:
    """The code of the RW of an RT."""
    return rt.rpartition("-")[0]
