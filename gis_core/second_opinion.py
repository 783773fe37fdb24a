"""What TOPSIS, VIKOR, PROMETHEE II and ELECTRE I say beside an official ranking: agreement and vetoes, nothing more.

It knows nothing about proposals or documents. Their order is never the official one, since it changes with what else
is in the table (method 0.4, 3.1, 3.7).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core import crosscheck
from gis_core.agreement import Agreement, agreement
from gis_core.not_asked import Share, stand_in
from gis_core.outranking import Veto, electre
from gis_core.ranking import Criterion, check_weights

Floats = NDArray[np.float64]

TOP: Final = 3
"""How many first places the overlap looks at."""


def second_opinions(
    criteria: Sequence[Criterion],
    X: ArrayLike,
    score: ArrayLike,
    top: int = TOP,
    shares: Sequence[Share] = (),
    kinds: Sequence[str] | None = None,
) -> dict[str, Agreement]:
    """Agreement of each method with the official score (n,), all with the same weights.

    X: (n, m) raw values, NaN where missing; shares: who stands in for what is not asked, kinds: (n,) for reference
    points of a kind's own; see `complete`. Empty where there are fewer than two proposals or no weight: then there is
    no order to compare.
    """
    official = np.asarray(score, dtype=np.float64)
    if len(official) < 2:
        return {}
    weights, _ = check_weights([c.id for c in criteria], [c.weight for c in criteria])
    raw = complete(criteria, X, shares, kinds)
    directions = [_direction(c) for c in criteria]
    flows = crosscheck.promethee(raw, weights, directions)
    others: Mapping[str, Floats] = {
        "topsis": crosscheck.topsis(raw, weights, directions),
        "vikor": -crosscheck.vikor(raw, weights, directions).q,
        "promethee2": np.array([math.fsum(row) for row in flows.tolist()]),
    }
    return {name: agreement(official, other, top) for name, other in others.items()}


def weaknesses(
    criteria: Sequence[Criterion],
    X: ArrayLike,
    score: ArrayLike,
    limit: float,
    top: int = TOP,
    shares: Sequence[Share] = (),
    kinds: Sequence[str] | None = None,
) -> list[Veto]:
    """For each of the first `top` the proposal with a lower score that it is worst against on some criterion, by row.

    limit: the discordance of ELECTRE I above which that is a veto (method 3.7); X, shares and kinds as in
    `second_opinions`. The first ones come first; who has no veto against it is left out.
    """
    official = np.round(np.asarray(score, dtype=np.float64), 9)
    first = np.argsort(-official, kind="stable")[:top].tolist()
    if len(official) < 2:
        return []
    weights, _ = check_weights([c.id for c in criteria], [c.weight for c in criteria])
    raw = complete(criteria, X, shares, kinds)
    used = np.flatnonzero(weights > 0).tolist()
    found = electre(raw[:, used], weights[used], [_direction(criteria[j]) for j in used], first)
    kept = []
    for place, a in enumerate(first):
        against = np.where(official < official[a], found.discordance[place], 0.0)
        b = int(np.argmax(against))
        if against[b] > limit:
            worst = used[int(found.worst[place, b])]
            kept.append(Veto(a, b, worst, float(against[b]), float(found.concordance[place, b])))
    return kept


def _direction(criterion: Criterion) -> crosscheck.Direction:
    return "max" if criterion.value.rising else "min"


def complete(
    criteria: Sequence[Criterion],
    X: ArrayLike,
    shares: Sequence[Share] = (),
    kinds: Sequence[str] | None = None,
) -> Floats:
    """Raw values (n, m) as these methods need them: none missing, none beyond the reference points.

    A gap takes the raw value that is worth what the gap is worth in the score, and what is not asked one that is worth
    what stands in for it; what lies beyond a reference point is worth no more than it, and would stretch the scale of
    everybody else. What is read by reference points of its kind takes the raw value that is worth as much by those of
    all, or raw values of different kinds could not be compared.
    """
    raw: Floats = np.array(X, dtype=np.float64).reshape(-1, len(criteria))
    for j, criterion in enumerate(criteria):
        gap = criterion.value.inverse(criterion.missing_value)
        raw[:, j] = np.where(np.isfinite(raw[:, j]), criterion.over(kinds).alike(raw[:, j]), gap)
    if shares:
        values = stand_in(np.stack([c.value(raw[:, j]) for j, c in enumerate(criteria)], axis=1), shares)
        for rows, j, _ in shares:
            raw[rows, j] = criteria[j].value.inverse(values[rows, j])
    return raw
