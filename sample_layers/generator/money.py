"""What a proposal costs and who pays: volume times unit cost with some spread, split over funds to the rupiah.

It knows nothing about places or states; the unit costs are those of the catalogue of work types.
Mixes of funds follow Indonesian practice: BDI and BLM with swadaya, city budget, and PAKET with a city share.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np

CATALOGUE = Path(__file__).resolve().parents[2] / "webgis" / "catalogue" / "work_types.toml"
MIXES: list[tuple[float, dict[str, float]]] = [
    (0.20, {"bdi": 0.85, "swadaya": 0.15}), (0.14, {"blm": 0.8, "swadaya": 0.2}), (0.22, {"apbd": 1.0}),
    (0.10, {"apbd": 0.7, "bdi": 0.2, "swadaya": 0.1}), (0.07, {"dak": 0.9, "apbd": 0.1}),
    (0.06, {"apbn": 0.8, "apbd": 0.2}),
    (0.05, {"swasta": 0.75, "swadaya": 0.25}), (0.05, {"hibah": 0.9, "swadaya": 0.1}),
    (0.05, {"apbd_prov": 0.8, "apbd": 0.2}),
    (0.04, {"swadaya": 1.0}), (0.02, {"lainnya": 0.6, "swadaya": 0.4}),
]  # fmt: skip
PAKET_MIX = {"paket": 0.5, "apbd": 0.4, "swadaya": 0.1}
PAKET_MIXES = (
    PAKET_MIX,
    {"paket": 0.4, "apbd": 0.4, "swadaya": 0.2},
    {"paket": 0.7, "apbd": 0.25, "swadaya": 0.05},
)
"""As a BKM arranges it with the city: as most do, with more of its own, with little of anybody else's."""


def catalogue() -> dict[str, dict[str, object]]:
    """The work types by key."""
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


def cost_of(volume: float, unit_cost: int, rng: np.random.Generator) -> tuple[int, bool]:
    """The cost in rupiah and whether somebody typed it instead of leaving it to the catalogue."""
    if rng.random() < 0.35:
        return round(volume * unit_cost), False
    spread = float(np.clip(rng.lognormal(0.0, 0.16), 0.7, 1.5))
    return max(round(volume * unit_cost * spread / 50_000) * 50_000, 50_000), True


def funding_of(cost: int, paket: bool, rng: np.random.Generator) -> dict[str, int]:
    """The funds that pay, in whole rupiah."""
    return split(cost, PAKET_MIX if paket else MIXES[int(rng.choice(len(MIXES), p=[p for p, _ in MIXES]))][1])


def split(cost: int, mix: dict[str, float]) -> dict[str, int]:
    """A cost by a mix of funds, in whole rupiah; the first fund takes what rounding leaves."""
    step = 1_000 if cost < 20_000_000 else 100_000
    parts = {fund: round(cost * share / step) * step for fund, share in mix.items()}
    first = next(iter(mix))
    parts[first] = cost - sum(v for fund, v in parts.items() if fund != first)
    return {fund: amount for fund, amount in parts.items() if amount > 0}
