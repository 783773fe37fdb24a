"""Slum assessment of the slum-like RT: bases and deficits of the 16 criteria (Permen PUPR 14/2018) for three years.

It knows nothing about scores or grades: the application computes them; here are only volumes within their bases.
Shares per criterion follow the real KOTAKU table of Pekalongan (382 sound RT, 2019); a common severity ties them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.stats import norm, rankdata

from .frame import Floats, stream
from .households import Homes
from .regions import Regions
from .roads import Road, metres_in
from .terrain import Terrain

# share of RT with score 0, 1, 3, 5 and the pull of the common severity
CLASSES: dict[str, tuple[float, float, float, float]] = {
    "v1a": (0.53, 0.09, 0.07, 0.31), "v1b": (0.99, 0.0, 0.0, 0.01), "v1c": (0.68, 0.23, 0.07, 0.02),
    "v2a": (0.90, 0.10, 0.0, 0.0), "v2b": (0.44, 0.26, 0.15, 0.15), "v3a": (0.75, 0.10, 0.07, 0.08),
    "v3b": (0.97, 0.01, 0.01, 0.01), "v4a": (0.27, 0.05, 0.14, 0.54), "v4b": (0.42, 0.30, 0.11, 0.17),
    "v4c": (0.42, 0.23, 0.16, 0.19), "v5a": (0.73, 0.09, 0.07, 0.11), "v5b": (0.77, 0.07, 0.04, 0.12),
    "v6a": (0.51, 0.0, 0.0, 0.49), "v6b": (0.56, 0.06, 0.05, 0.33), "v7a": (0.53, 0.0, 0.0, 0.47),
    "v7b": (0.32, 0.0, 0.0, 0.68),
}  # fmt: skip
BANDS = [(0.0, 0.24), (0.26, 0.5), (0.52, 0.75), (0.77, 1.0)]
BASE = {
    "1a": "buildings", "1b": "area_verified_ha", "1c": "buildings", "2": "road_ideal_m", "3": "households",
    "4a": "area_verified_ha", "4": "drain_ideal_m", "5": "households", "6": "households", "7": "buildings",
}  # fmt: skip
YEARS = (2024, 2025, 2026)
HEAVY, MEDIUM = 2, 5


@dataclass
class Slums:
    """Rows of the table and the codes of the slum RT, worst first."""

    rows: list[dict[str, object]]
    codes: list[str]


def base_of(criterion: str) -> str:
    """The base column of a criterion ("v4a" -> area_verified_ha)."""
    return BASE.get(criterion[1:], BASE.get(criterion[1:2], ""))


def assess(codes: list[str], regions: Regions, homes: Homes, roads: list[Road], terrain: Terrain) -> Slums:
    """Shares per RT in 2024, then works that lessen them in 2025 and 2026. `codes` come worst first."""
    rng = stream("slums")
    flood = np.array([flooded_share(regions.by_code[c].metric, terrain) for c in codes])
    shares = _shares(len(codes), flood, rng)
    slums = Slums([], codes)
    for k, code in enumerate(codes):
        bases = _bases(code, regions, homes, roads)
        mine = {c: float(shares[c][k]) for c in CLASSES}
        if bases["buildings"] / bases["area_verified_ha"] >= 200:  # type: ignore[operator]
            mine["v1b"] = 1.0
        for year in YEARS:
            if year > YEARS[0]:
                _work(mine, k, rng)
            slums.rows.append({"code": code, "year": year, **bases, **_volumes(mine, bases)})
    slums.rows.sort(key=lambda r: (str(r["code"]), str(r["year"])))
    return slums


def flooded_share(shape: shapely.Geometry, terrain: Terrain, deep: float = 0.3) -> float:
    """Share of a region under more than `deep` metres in the design flood."""
    x0, y0, x1, y1 = shape.bounds
    gx, gy = np.meshgrid(np.arange(x0, x1, 8.0), np.arange(y0, y1, 8.0))
    inside = shapely.contains_xy(shape, gx.ravel(), gy.ravel())
    if not inside.any():
        return 0.0
    return float(np.mean(terrain.flood_depth(gx.ravel()[inside], gy.ravel()[inside]) > deep))


def _shares(n: int, flood: Floats, rng: np.random.Generator) -> dict[str, Floats]:
    """Deficit shares with the real class frequencies; a few RT are pushed into the medium and heavy grades."""
    push = np.zeros(n)
    push[:HEAVY], push[HEAVY : HEAVY + MEDIUM] = 3.2, 1.0
    sewage, drain = rng.normal(size=n), rng.normal(size=n)
    wet = norm.ppf(rankdata(flood + rng.normal(0, 0.05, n)) / (n + 1))
    special = {
        "v4a": 0.85 * wet,
        "v5a": 0.8 * sewage,
        "v5b": 0.8 * sewage,
        "v4b": 0.7 * drain,
        "v4c": -0.7 * drain,
    }
    out: dict[str, Floats] = {}
    for criterion, classes in CLASSES.items():
        own = rng.normal(size=n)
        pull = special.get(criterion, np.zeros(n))
        z = pull + own * np.sqrt(max(1 - float(np.var(pull)), 0.3))
        u = np.clip(norm.cdf(z + push), 1e-6, 1 - 1e-6)
        edges = np.concatenate([[0.0], np.cumsum(classes)])
        band = np.clip(np.searchsorted(edges, u, side="right") - 1, 0, 3)
        low, high = np.array(BANDS).T
        share = low[band] + (high - low)[band] * rng.beta(1.4, 1.2, n)
        share[(band == 0) & (rng.random(n) < 0.55)] = 0.0
        if criterion in ("v1b", "v6a", "v7a", "v7b", "v6b"):
            share = np.where(band >= 2, 1.0, 0.0) if criterion != "v6b" else np.where(share > 0.9, 1.0, share)
        out[criterion] = share
    _fit_pair(out, "v2a", "v2b")
    _fit_pair(out, "v4b", "v4c")
    return out


def _fit_pair(shares: dict[str, Floats], first: str, second: str) -> None:
    """A missing metre cannot be bad as well: the smaller of the two gives way."""
    total = shares[first] + shares[second]
    over = np.maximum(total - 1.0, 0.0)
    keep_first = shares[first] >= shares[second]
    shares[second] = np.where(keep_first, shares[second] - over, shares[second])
    shares[first] = np.where(keep_first, shares[first], shares[first] - over)


def _bases(code: str, regions: Regions, homes: Homes, roads: list[Road]) -> dict[str, object]:
    shape = regions.by_code[code].metric
    road = max(metres_in(roads, shape.buffer(1.0)) * 0.95, 120.0)
    return {
        "area_verified_ha": round(shape.area / 1e4, 2), "buildings": homes.buildings.get(code, 0),
        "persons": homes.persons.get(code, 0), "households": homes.households.get(code, 0),
        "road_ideal_m": round(road), "drain_ideal_m": round(road * 0.86),
    }  # fmt: skip


def _volumes(shares: dict[str, float], bases: dict[str, object]) -> dict[str, object]:
    out: dict[str, object] = {}
    for criterion, share in shares.items():
        base = float(bases[base_of(criterion)])
        volume = share * base
        unit = base_of(criterion)
        out[criterion] = round(volume, 2) if unit == "area_verified_ha" else round(volume)
    for first, second, total in (("v2a", "v2b", "road_ideal_m"), ("v4b", "v4c", "drain_ideal_m")):
        out[second] = min(int(out[second]), int(bases[total]) - int(out[first]))  # type: ignore[call-overload]
    return out


def _work(shares: dict[str, float], rank: int, rng: np.random.Generator) -> None:
    """With some luck one work of the past year lessens one deficit (two that go together for drains and sewage)."""
    if rng.random() > (0.25 if rank < HEAVY else 0.55):
        return
    open_ = [c for c, s in shares.items() if s >= 0.25 and c not in ("v1a", "v1b")]
    if not open_:
        return
    criterion = str(rng.choice(open_))
    left = 0.0 if criterion in ("v6a", "v7a", "v7b") else float(rng.uniform(0.0, 0.5))
    shares[criterion] *= left
    if criterion in ("v4b", "v4c") and rng.random() < 0.6:
        shares["v4a"] *= 0.5
    if criterion in ("v5a", "v5b"):
        other = "v5b" if criterion == "v5a" else "v5a"
        shares[other] *= left
