"""From what people judged to weights of the catalogue's criteria: swings, points, an order, or pairs.

It knows nothing about who judged or where it is kept; the mathematics is `gis_core.weights`.
Pairs compare the groups of criteria first and then the criteria of each group, so that nobody answers 45 questions and
no comparison has more than the 9 members it may have (method 4.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gis_core import weights as core
from gis_core.errors import BadInput, escape
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, Problem

WAYS: Final = ("swing", "direct", "roc", "ahp")
NEEDS: Final[Mapping[str, str]] = {"swing": "points", "direct": "points", "roc": "ranks", "ahp": "pairs"}
"""Way of judging -> what its judgements hold."""
ALIKE: Final = "groups"
"""Name of the comparison of groups among those of criteria."""


@dataclass(frozen=True)
class Again:
    """A judgement to look at again: a was said to matter `times` as much as b; `fitting` would fit the others."""

    a: str
    b: str
    times: float
    fitting: float


@dataclass(frozen=True)
class Weighed:
    """Weights by criterion, all of the catalogue, sum 1; for pairs the worst consistency ratio and what to mend."""

    weights: Mapping[str, float]
    consistency_ratio: float | None = None
    again: tuple[Again, ...] = ()

    @property
    def consistent(self) -> bool:
        """Whether no pair need be looked at again."""
        return self.consistency_ratio is None or self.consistency_ratio <= core.CONSISTENT_UP_TO


def weigh(way: str, judgements: Mapping[str, Any]) -> Weighed:
    """Weights that follow from judgements; criteria without one weigh 0.

    swing, direct: {"points": {criterion: number >= 0}}; roc: {"ranks": {criterion: place from 1, ties share}};
    ahp: {"pairs": [{"a", "b", "times"}]}, every pair of groups and every pair of criteria inside a group once.
    Raises BadDocument at /method or below /judgements.
    """
    if way not in WAYS:
        raise BadDocument([Problem("/method", "unknown_way", {"given": way, "known": ", ".join(WAYS)})])
    given = judgements.get(NEEDS[way])
    if not given:
        raise BadDocument([Problem(f"/judgements/{NEEDS[way]}", "judgements_missing")])
    if way == "ahp":
        return _by_pairs(given)
    names = _known(given, NEEDS[way])
    numbers = [float(given[name]) for name in names]
    try:
        found = {"swing": core.from_swings, "direct": core.from_points, "roc": core.rank_order_centroid}[way](
            numbers
        )
    except BadInput as error:
        raise _refused(error, names, NEEDS[way]) from error
    made = dict(zip(names, found.tolist(), strict=True))
    return Weighed({item.id: made.get(item.id, 0.0) for item in catalogue().criteria})


def comparisons() -> dict[str, tuple[str, ...]]:
    """What is compared in pairs with what: the groups, and the criteria of every group that has several."""
    groups: dict[str, list[str]] = {}
    for item in catalogue().criteria:
        groups.setdefault(item.group, []).append(item.id)
    several = {group: tuple(members) for group, members in groups.items() if len(members) > 1}
    return {ALIKE: tuple(groups), **several}


def pairs(members: Sequence[str]) -> list[tuple[str, str]]:
    """Every two of them once, in order."""
    return [(a, b) for i, a in enumerate(members) for b in members[i + 1 :]]


def weigh_together(people: Sequence[Mapping[str, Any]]) -> Weighed:
    """Weights of people who all judged by pairs: of the geometric means of their judgements (method 4.1).

    people: at least one, the judgements of each as `weigh` takes them for ahp. Raises BadDocument as it does.
    """
    each = [_matrices(_said(judgements["pairs"])) for judgements in people]
    return _from_matrices({name: core.group_matrix([one[name] for one in each]) for name in comparisons()})


def _by_pairs(given: Sequence[Mapping[str, Any]]) -> Weighed:
    return _from_matrices(_matrices(_said(given)))


def _matrices(said: Mapping[tuple[str, str], float]) -> dict[str, NDArray[np.float64]]:
    """The judgements of every comparison as a square, in the order of its members."""
    made = {}
    for name, members in comparisons().items():
        made[name] = matrix = np.ones((len(members), len(members)))
        for a, b in pairs(members):
            i, j = members.index(a), members.index(b)
            matrix[i, j], matrix[j, i] = said[a, b], 1 / said[a, b]
    return made


def _from_matrices(matrices: Mapping[str, NDArray[np.float64]]) -> Weighed:
    results = {name: (members, core.ahp(matrices[name])) for name, members in comparisons().items()}
    groups = dict(zip(results[ALIKE][0], results[ALIKE][1].weights.tolist(), strict=True))
    made = {}
    for item in catalogue().criteria:
        inside = results.get(item.group)
        share = 1.0 if inside is None else float(inside[1].weights[inside[0].index(item.id)])
        made[item.id] = groups[item.group] * share
    ratio = max(found.consistency_ratio or 0.0 for _, found in results.values())
    return Weighed(made, ratio, _look_again(results) if ratio > core.CONSISTENT_UP_TO else ())


def _look_again(results: Mapping[str, tuple[tuple[str, ...], core.Ahp]]) -> tuple[Again, ...]:
    """The three judgements that fit worst, of the comparisons that are not consistent."""
    found = [
        (one.factor, Again(members[one.row], members[one.column], one.said, one.fitting))
        for members, result in results.values()
        if (result.consistency_ratio or 0.0) > core.CONSISTENT_UP_TO
        for one in result.again
    ]
    return tuple(again for _, again in sorted(found, key=lambda pair: -pair[0])[:3])


def _said(given: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], float]:
    """How many times a matters as b, for every pair in the order of `pairs`. Raises BadDocument."""
    wanted = [pair for members in comparisons().values() for pair in pairs(members)]
    said: dict[tuple[str, str], float] = {}
    problems = []
    for k, item in enumerate(given):
        pointer, (a, b), times = (
            f"/judgements/pairs/{k}",
            (str(item["a"]), str(item["b"])),
            float(item["times"]),
        )
        key = (a, b) if (a, b) in wanted else (b, a)
        if key not in wanted:
            problems.append(Problem(pointer, "pair_unknown", {"a": a, "b": b}))
        elif key in said:
            problems.append(Problem(pointer, "pair_twice", {"a": a, "b": b}))
        elif not 1 / 9 - 1e-9 <= times <= 9 + 1e-9:
            problems.append(Problem(f"{pointer}/times", "times_out_of_range"))
        else:
            said[key] = times if key == (a, b) else 1 / times
    if not problems and (left := [pair for pair in wanted if pair not in said]):
        params = {"a": left[0][0], "b": left[0][1], "count": len(left)}
        problems.append(Problem("/judgements/pairs", "pair_missing", params))
    if problems:
        raise BadDocument(problems)
    return said


def _known(given: Mapping[str, Any], member: str) -> list[str]:
    """The names given, in the order of the catalogue. Raises BadDocument for others."""
    known = [item.id for item in catalogue().criteria]
    strange = [name for name in given if name not in known]
    if strange:
        params = {"known": ", ".join(known)}
        raise BadDocument(
            [
                Problem(f"/judgements/{member}/{escape(name)}", "weights_unknown", {"given": name, **params})
                for name in strange
            ]
        )
    return [name for name in known if name in given]


def _refused(error: BadInput, names: Sequence[str], member: str) -> BadDocument:
    """What gis_core refuses, at the criterion and in our words."""
    index = error.pointer.rpartition("/")[2]
    where = f"/judgements/{member}" + (f"/{names[int(index)]}" if index.isdigit() else "")
    return BadDocument([Problem(where, "ranks_invalid" if member == "ranks" else "points_invalid")])
