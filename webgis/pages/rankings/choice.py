"""Which weights a list is ranked by: the catalogue's, a stored set, or judgements being made in the drawer.

It knows nothing about HTML. A choice stands in the address: `set=ID`, `set=median`, or `way=` with points.X, order.X
or pair.A.B.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from webgis.planning.access import Actor
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.ranking import weight_sets
from webgis.planning.ranking.weighing import WAYS, Weighed, comparisons, pairs, weigh
from webgis.store.database import Database

SCALE: Final = (9, 7, 5, 3, 1)
"""How many times one matters as much as the other, as people are asked (Saaty's odd steps)."""


@dataclass(frozen=True)
class Choice:
    """way None: nothing judged here, the weights are those of the stored set or of the catalogue."""

    weighed: Weighed
    way: str | None = None
    set_id: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)

    @property
    def custom(self) -> bool:
        """Whether these are other weights than the catalogue's."""
        return bool(self.way or self.set_id)

    @property
    def weights(self) -> dict[str, float] | None:
        """What planning takes."""
        return dict(self.weighed.weights) if self.custom else None


def read_choice(db: Database, actor: Actor, kelurahan: str, given: Mapping[str, str]) -> Choice:
    """The choice that stands in an address. Raises BadDocument, NotFound, NotAllowed."""
    way, set_id = given.get("way", ""), given.get("set", "")
    if way in WAYS:
        return Choice(weigh(way, _judgements(way, given)), way, "", {"way": way, **_told(given)})
    if set_id == weight_sets.MEDIAN:
        return Choice(weight_sets.together(db, actor, kelurahan), None, set_id, {"set": set_id})
    if set_id:
        kept = weight_sets.get_weight_set(db, actor, set_id)
        if kept["kelurahan"] != kelurahan:
            raise BadDocument([Problem("/set", "no_weight_set")])
        if kept["criteria_version"] != catalogue().version:
            params = {"old": kept["criteria_version"], "now": catalogue().version}
            raise BadDocument([Problem("/set", "weight_set_outdated", params)])
        return Choice(Weighed(kept["weights"], kept["consistency_ratio"]), None, set_id, {"set": set_id})
    return Choice(Weighed({item.id: item.core.weight for item in catalogue().criteria}))


def points(way: str, weights: Mapping[str, float]) -> dict[str, int]:
    """Weights as points: of 100 for the largest (swing), or of 100 in all (direct; largest remainders)."""
    if way == "swing":
        most = max(weights.values())
        return {name: round(100 * weight / most) for name, weight in weights.items()}
    down = {name: int(100 * weight + 1e-9) for name, weight in weights.items()}
    left = sorted(down, key=lambda name: down[name] - 100 * weights[name])[: 100 - sum(down.values())]
    return {name: part + (name in left) for name, part in down.items()}


def order(weights: Mapping[str, float]) -> list[str]:
    """Criteria from the most to the least important."""
    return sorted(weights, key=lambda name: -round(weights[name], 9))


def steps(weights: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """For every pair the step of the scale nearest to weights; groups weigh what their criteria do."""
    heavy = dict(weights)
    for item in catalogue().criteria:
        heavy[item.group] = heavy.get(item.group, 0.0) + weights[item.id]
    return {
        (a, b): _step(heavy[a], heavy[b]) for members in comparisons().values() for a, b in pairs(members)
    }


def _step(a: float, b: float) -> float:
    """One of 1/9 … 9, nearest to a / b in ratio."""
    least = max(min(a, b), 1e-6)
    near = min(SCALE, key=lambda times: abs(max(a, b) / least - times))
    return float(near) if a >= b else 1 / near


def _told(given: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value for name, value in given.items() if name.partition(".")[0] in ("points", "order", "pair")
    }


def _judgements(way: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Judgements of a way out of an address, as planning takes them. Raises BadDocument for what is no number."""
    numbers = {name: _number(name, value) for name, value in _told(given).items()}
    if way == "ahp":
        told = [(name.split("."), times) for name, times in numbers.items() if name.startswith("pair.")]
        return {"pairs": [{"a": at[1], "b": at[2], "times": times} for at, times in told if len(at) == 3]}
    member, prefix = ("ranks", "order.") if way == "roc" else ("points", "points.")
    return {member: {n.removeprefix(prefix): value for n, value in numbers.items() if n.startswith(prefix)}}


def _number(name: str, text: str) -> float:
    try:
        return float(text.replace(",", ".") or 0)
    except ValueError:
        raise BadDocument([Problem(f"/{name}", "number")]) from None
