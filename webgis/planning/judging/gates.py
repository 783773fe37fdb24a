"""The gates of a work: conditions that no score makes up for, each passed, failed or not checked, with its words.

It knows nothing about points or about who decides. Numbers stand in catalogue/gates.toml, rules in gis_core.gates;
what the data cannot tell is "not checked", which everybody sees and which keeps nobody out (method, section 2).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from gis_core import gates as rules
from gis_core import zoning
from webgis.planning.catalogues.catalogue import read_table
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.catalogues.vocabulary import LAND, OFFICE
from webgis.planning.catalogues.zoning import LETTERS, UNKNOWN, matrix
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.work import Work
from webgis.store.facts import SpatialPlan

PAKET: Final = "paket"
CITY: Final = "apbd"
"""The city's own budget."""
_WORST_FIRST: Final = (False, None, True)


@dataclass(frozen=True)
class Gate:
    """A condition: its name, how it stands (None: not checked), and the code of the sentence that says why."""

    name: str
    passed: bool | None
    code: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The numbers of this installation, catalogue/gates.toml."""
    return read_table("gates")


def of_work(facts: Facts, work: Work, poor_share: float | None) -> tuple[Gate, ...]:
    """The gates that a work passes or fails by itself, in the order people meet them; duplicates need the others.

    A gate that is not asked of a type is left out. poor_share: M5 of the work, for the rules of funds.
    """
    return (
        _inside(facts, work),
        *_spatial_plan(facts, work),
        *_setback(facts, work),
        *_wells(facts, work),
        _land(work),
        funds(work, poor_share),
    )


def _inside(facts: Facts, work: Work) -> Gate:
    passed = rules.inside(work.geometry, facts.outline)
    return Gate("inside_kelurahan", passed, "" if passed else "gate_outside")


def _spatial_plan(facts: Facts, work: Work) -> Iterator[Gate]:
    """The zones of the spatial plan allow it; not asked of what takes no ground."""
    if not matrix().asked_of(work.type.key):
        return
    if not len(facts.plan.code):
        yield Gate("spatial_plan", None, "gate_plan_unmapped")
        return
    near = facts.plan_near(work.geometry, zoning.REACH_M)
    letters = np.array([matrix().letter(code, work.type.key) for code in near.code], dtype=np.str_)
    found = zoning.judge(
        work.geometry, list(near.geometry), [LETTERS[letter] for letter in letters], near.precedence.tolist()
    )
    code, zones = _blamed(found, near, letters)
    params = {"zone": ", ".join(zones), "percent": _percent(found.forbidden)}
    yield Gate("spatial_plan", found.passed, code, params)


def _blamed(
    found: zoning.Verdict, near: SpatialPlan, letters: NDArray[np.str_]
) -> tuple[str, tuple[str, ...]]:
    """Why a work does not pass: the sentence, and the zones it is about, largest share first."""
    if found.passed is True:
        return "", ()
    causes = (
        ("gate_plan_forbidden", ("X",)),
        ("gate_plan_unknown", (UNKNOWN,)),
        ("gate_plan_conditional", ("T", "B")),
    )
    for code, those in causes if found.passed is False else causes[1:]:
        shares: dict[str, float] = {}
        for piece in np.flatnonzero(np.isin(letters, those) & (found.shares > 0)):
            shares[near.label[piece]] = shares.get(near.label[piece], 0.0) + found.shares[piece]
        worst = sorted(shares, key=lambda label: (-shares[label], label))
        if worst:
            return code, tuple(
                zone for zone in worst if zone == worst[0] or shares[zone] > rules.SLIVER_SHARE
            )
    return "gate_plan_gap", ()


@lru_cache(maxsize=1)
def river_setback() -> rules.Setback:
    """The metres that this installation keeps from water."""
    told = table()["river_setback"]
    steps = tuple((float(depth), float(metres)) for depth, metres in told["open"])
    return rules.Setback(float(told["embankment"]), steps, float(told["deeper"]))


def _setback(facts: Facts, work: Work) -> Iterator[Gate]:
    """Distance from the bank of rivers, canals and lakes, each as its embankment and depth ask; not of water works."""
    told = table()["river_setback"]
    if work.type.key in told["exempt"]:
        return
    if not facts.water.mapped:
        yield Gate("river_setback", None, "gate_setback_unmapped")
        return
    mine = np.isin(facts.water.kind, told["kinds"])
    banks = facts.water.geometry[mine]
    half = np.where(shapely.get_dimensions(banks) == 1, np.nan_to_num(facts.water.width[mine]) / 2, 0.0)
    metres = np.maximum(shapely.distance(work.geometry, banks) - half, 0.0)
    near = np.flatnonzero(metres < river_setback().deeper_m)
    water = zip(metres[near], facts.water.depth[mine][near], facts.water.embankment[mine][near], strict=True)
    found = [_beside(*map(float, one)) for one in water]
    worst = min(
        found, key=lambda gate: (_WORST_FIRST.index(gate.passed), gate.params["metres"]), default=None
    )
    yield worst or Gate("river_setback", True)


def _beside(metres: float, depth: float, embankment: float) -> Gate:
    """The setback of one water by what is known of it, NaN where nothing is. A line is the middle of its water, an area
    its banks."""
    rule, has_depth, has_bank = river_setback(), not np.isnan(depth), not np.isnan(embankment)
    least, most = rule.needed(depth if has_depth else None, bool(embankment) if has_bank else None)
    passed = rules.setback(metres, least, most)
    unsure = (
        "gate_setback_embankment"
        if has_depth
        else "gate_setback_depth"
        if has_bank
        else "gate_setback_unsure"
    )
    code = {True: "", False: "gate_setback", None: unsure}[passed]
    shallow, usual = rule.steps[0]
    params = {"metres": _whole(metres), "least": least, "most": most, "usual": usual, "shallow": shallow}
    return Gate("river_setback", passed, code, params)


def _whole(metres: float) -> int | None:
    """Whole metres, rounded down: what is nearer than 10 m is not told to be 10 m away. Shapes are kept to a cm."""
    return math.floor(metres + 0.01) if metres < float("inf") else None


def _wells(facts: Facts, work: Work) -> Iterator[Gate]:
    """Toilets keep away from wells, as far as wells are on the map."""
    told = table()["well_distance"]
    if work.type.key not in told["works"]:
        return
    wells = facts.assets.geometry[np.isin(facts.assets.kind, told["wells"])]
    passed = rules.apart(work.geometry, list(wells), told["metres"])
    code = {True: "", False: "gate_well", None: "gate_well_unmapped"}[passed]
    near = _whole(rules.distance(work.geometry, list(wells)))
    yield Gate("well_distance", passed, code, {"metres": near, "usual": told["metres"]})


def _land(work: Work) -> Gate:
    """A dispute keeps a work out; without any word about the land nobody can tell."""
    land = str(work.readiness.get("land", "none"))
    if land == "disputed":
        return Gate("land_dispute", False, "gate_land_disputed")
    return Gate("land_dispute", None, "warn_land") if land == "none" else Gate("land_dispute", True)


def funds(work: Work, poor_share: float | None) -> Gate:
    """Whether the funds named may pay the work, by the rules of each; poor_share: M5, None where it is not known."""
    named = {fund for fund, amount in work.funding.items() if amount > 0} | (
        {PAKET} if work.is_paket else set()
    )
    if not named:
        return Gate("funds", None, "gate_no_fund")
    unsure: Gate | None = None
    for fund in sorted(named):
        for found in _fund_rules(work, fund, poor_share):
            if found.passed is False:
                return found
            unsure = unsure or found
    return unsure or Gate("funds", True)


def _fund_rules(work: Work, fund: str, poor_share: float | None) -> Iterator[Gate]:
    """What a fund asks and the work does not meet, then what nobody can tell."""
    told: Mapping[str, Any] = table()["funds"].get(fund, {})
    mine = work.funding.get(fund, 0)
    others = sum(work.funding.values()) - mine
    if (rule := plan_rules().funds.get(fund)) is not None:
        if rule.only_paket and not work.is_paket:
            yield Gate("funds", False, "gate_fund_only_paket", {"fund": fund})
        if others < rule.least_co_funding * mine:
            percent = _percent(float(rule.least_co_funding))
            yield Gate("funds", False, "gate_fund_cofunding", {"fund": fund, "percent": percent})
    if mine > 0 and work.funding.get(CITY, 0) < city_share(fund) * (mine + work.funding.get(CITY, 0)):
        yield Gate(
            "funds", False, "gate_fund_city", {"fund": fund, "percent": _percent(float(city_share(fund)))}
        )
    if work.funding.get("swadaya", 0) < told.get("swadaya", 0.0) * work.cost:
        yield Gate("funds", False, "gate_fund_swadaya", {"fund": fund, "percent": _percent(told["swadaya"])})
    if not all(work.readiness.get(paper) for paper in told.get("papers", ())):
        yield Gate("funds", False, "gate_fund_papers", {"fund": fund})
    if LAND.get(str(work.readiness.get("land")), 0) < LAND[told.get("land", "none")]:
        yield Gate("funds", False, "gate_fund_land", {"fund": fund})
    if poor_share is not None and poor_share < told.get("poor", 0.0):
        yield Gate("funds", False, "gate_fund_poor", {"fund": fund, "percent": _percent(told["poor"])})
    if told.get("office") and not str(work.readiness.get(OFFICE, "")).strip():
        yield Gate("funds", False if told["office"] == "must" else None, "gate_fund_office", {"fund": fund})
    if poor_share is None and "poor" in told:
        yield Gate("funds", None, "gate_fund_poor_unknown", {"fund": fund})


def city_share(fund: str) -> Fraction:
    """Least share of the city's own budget in what it and a fund pay together; 0 where that is not asked."""
    return Fraction(repr(table()["funds"].get(fund, {}).get("city", 0)))


def _percent(share: float) -> int:
    return round(100 * share)
