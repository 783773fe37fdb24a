"""The drawer of weights: the sets that are kept, and one way of judging filled with the weights in use.

It knows nothing about how weights are computed or the list is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webgis.pages.rankings import choice
from webgis.pages.rankings.choice import Choice
from webgis.planning.catalogues.catalogue import catalogue, weighed_name
from webgis.planning.ranking.weighing import ALIKE, WAYS, comparisons, pairs


@dataclass(frozen=True)
class Criterion:
    """A criterion with its weight, a share of 1, and its points in the way shown."""

    id: str
    name: str
    weight: float
    points: int


@dataclass(frozen=True)
class Pair:
    """A question: how many times a matters as much as b, as now said."""

    a: str
    b: str
    a_name: str
    b_name: str
    times: float


@dataclass(frozen=True)
class Drawer:
    """What the template shows; groups of pairs carry the name of their group, None for that of the groups."""

    way: str
    ways: Sequence[str]
    choice: Choice
    criteria: tuple[Criterion, ...]
    pairs: tuple[tuple[str | None, tuple[Pair, ...]], ...]
    scale: tuple[tuple[float, str, int], ...]
    sets: Sequence[Mapping[str, Any]]
    used: Mapping[str, Any] | None
    people: int


def drawer(chosen: Choice, way: str, sets: Sequence[Mapping[str, Any]], lang: str) -> Drawer:
    """The drawer for a way of judging ("" or unknown: that of the choice, else swing)."""
    way = way if way in WAYS else chosen.way or "swing"
    weights = chosen.weighed.weights
    said = _said(chosen, way)
    marks = choice.points(way, weights) if way in ("swing", "direct") else dict.fromkeys(weights, 0)
    marks |= {name: round(value) for name, value in said.items() if way != "ahp"}
    names = choice.order(weights) if way == "roc" else list(weights)
    return Drawer(
        way=way,
        ways=WAYS,
        choice=chosen,
        criteria=tuple(
            Criterion(name, weighed_name(name, lang), weights[name], marks[name]) for name in names
        ),
        pairs=_pairs(weights, said, lang) if way == "ahp" else (),
        scale=_scale(),
        sets=[item for item in sets if _current(item)],
        people=len({item["participant"] for item in sets if item["participant"] and _current(item)}),
        used=next((item for item in sets if item["id"] == chosen.set_id), None),
    )


def _current(item: Mapping[str, Any]) -> bool:
    """Whether a set was made for the criteria in use."""
    return bool(item["criteria_version"] == catalogue().version)


def _said(chosen: Choice, way: str) -> dict[str, float]:
    """What was said in this way already, so that going on does not round it anew."""
    if chosen.way != way:
        return {}
    prefix = {"roc": "order.", "ahp": "pair."}.get(way, "points.")
    return {
        name.removeprefix(prefix): float(value.replace(",", ".") or 0)
        for name, value in chosen.arguments.items()
        if name.startswith(prefix)
    }


def _pairs(
    weights: Mapping[str, float], said: Mapping[str, float], lang: str
) -> tuple[tuple[str | None, tuple[Pair, ...]], ...]:
    near = choice.steps(weights)
    return tuple(
        (
            None if group == ALIKE else weighed_name(group, lang),
            tuple(
                Pair(a, b, weighed_name(a, lang), weighed_name(b, lang), said.get(f"{a}.{b}", near[a, b]))
                for a, b in pairs(members)
            ),
        )
        for group, members in comparisons().items()
    )


def _scale() -> tuple[tuple[float, str, int], ...]:
    """Steps of the scale from "a matters most" to "b matters most": times, who matters more, and how much."""
    more = [(float(times), "a", times) for times in choice.SCALE[:-1]]
    less = [(1 / times, "b", times) for times in choice.SCALE[-2::-1]]
    return (*more, (1.0, "", 1), *less)
