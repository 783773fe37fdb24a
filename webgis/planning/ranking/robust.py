"""How firmly each proposal of a ranking holds its place: options, draws of weights and data, and words.

It knows nothing about rights or storage; the analysis is `gis_core.robustness` (method 4.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gis_core import draws, overlap, robust_dominance, robustness
from gis_core.not_asked import Share
from gis_core.ranking import Criterion
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, Problem

KINDS: Final = ("ordinal", "interval", "participants", "uniform")
ENOUGH_PEOPLE: Final = 3
"""From so many participants on their sets are the spread of the weights; before that any weights in this order."""
SAMPLES: Final = 10_000
MOST_SAMPLES: Final = 50_000
MOST_SCORES: Final = 5_000_000
"""Draws times proposals that one request may ask for: about a second of one processor."""
LARGEST_SEED: Final = 2**53 - 1
"""Whole numbers up to here survive every JSON reader."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """Which weights are thinkable, and how many draws of them with which seed.

    kind: ordinal (any that keep the order of the weights in use), interval (each within a share `spread` of the
    weight in use), participants (around the stored sets of people) or uniform (any at all).
    """

    kind: str = "ordinal"
    samples: int = SAMPLES
    seed: int = 1
    spread: float = 0.5


def most_samples(proposals: int) -> int:
    """How many draws one request may ask for where there are so many proposals."""
    return min(MOST_SAMPLES, MOST_SCORES // max(proposals, 1))


def check(asked: Asked, proposals: int = 0) -> None:
    """Raise BadDocument below /robustness for options out of bounds, also for so many proposals."""
    if asked.kind not in KINDS:
        params = {"given": asked.kind, "known": ", ".join(KINDS)}
        raise BadDocument([Problem("/robustness/kind", "unknown_kind", params)])
    most = most_samples(proposals)
    if not 1 <= asked.samples <= most:
        raise BadDocument([Problem("/robustness/samples", "samples_out_of_range", {"most": most})])
    if not 0 <= asked.seed <= LARGEST_SEED:
        raise BadDocument([Problem("/robustness/seed", "seed_out_of_range", {"most": LARGEST_SEED})])
    if not 0 < asked.spread <= 1:
        raise BadDocument([Problem("/robustness/spread", "spread_out_of_range")])


def analyse(
    criteria: Sequence[Criterion],
    raw: Floats,
    values: Floats,
    ranks: Sequence[int],
    asked: Asked,
    people: Sequence[Mapping[str, float]],
    stand_ins: Sequence[Share] = (),
    kinds: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """For every ranked proposal: acceptability [b_1 .. b_n] by place, and `robustness` with what follows from it.

    raw: (n, m) with NaN where missing or not asked, stand_ins: who stands in there; values: (n, m) as they score now;
    kinds: (n,) types, for reference points of their own; ranks: (n,); people: weights of participants, for that kind.
    Raises BadDocument as `check` does, and where there are no participants.
    """
    check(asked, len(ranks))
    if not len(ranks):
        return []
    noise = {item.id: item.noise for item in catalogue().criteria}
    columns = [item.over(kinds) for item in criteria]
    data = draws.value_draws(raw, columns, [noise[item.id] for item in criteria], asked.seed, stand_ins)
    drawn = drawn_weights(criteria, asked, people)
    found = robustness.smaa(data, drawn)
    apart = _without_overlap(criteria, data, drawn)
    ahead = always_ahead(criteria, values, asked, people)
    rows = []
    for i, rank in enumerate(ranks):
        shares = found.acceptability[i].tolist()
        held = robustness.standing(rank, shares)
        confidence = float(found.confidence[i])
        rows.append({
            "acceptability": shares,
            "robustness": {
                **held._asdict(),
                "expected_rank": float(found.expected_rank[i]),
                "confidence": None if np.isnan(confidence) else confidence,
                "central": _central(criteria, found.central[i]),
                "ahead_of": int(ahead[i].sum()),
                "behind": int(ahead[:, i].sum()),
                "without": None if apart is None else _told_without(apart[i], held),
            },
        })  # fmt: skip
    return rows


def _central(criteria: Sequence[Criterion], weights: Floats) -> dict[str, float] | None:
    """The mean of the weights drawn that put a proposal first, None if none did (method 4.2)."""
    if np.isnan(weights).any():
        return None
    return {item.id: float(weight) for item, weight in zip(criteria, weights, strict=True)}


def always_ahead(
    criteria: Sequence[Criterion], values: Floats, asked: Asked, people: Sequence[Mapping[str, float]] = ()
) -> NDArray[np.bool_]:
    """(n, n) whether a row is ahead of a column with all weights of the kind asked for (method 4.4).

    values: (n, m) as they score now. For participants it is the set of each of them, not what lies around.
    """
    now = np.array([item.weight for item in criteria])
    used = now > 0
    if asked.kind == "uniform":
        return robust_dominance.by_bounds(values, np.zeros(len(now)), np.ones(len(now)))
    if asked.kind == "participants":
        sets = [[person.get(item.id, 0.0) for item in criteria] for person in people]
        return robust_dominance.by_sets(values, sets)
    if asked.kind == "interval":
        return robust_dominance.by_bounds(values, *_bounds(now, asked.spread))
    return robust_dominance.by_order(values[:, used], -np.round(now[used], 9))


def _bounds(now: Floats, spread: float) -> tuple[Floats, Floats]:
    """Each weight a share of itself down and up, at most all."""
    return now * (1 - spread), np.minimum(now * (1 + spread), 1.0)


def _without_overlap(
    criteria: Sequence[Criterion], data: Floats | draws.Draws, drawn: Floats
) -> Floats | None:
    """Acceptability (n, n) with the criterion taken away that overlaps with others (method 3.2), draw by draw.

    None where nothing else weighs, or where it weighs nothing itself.
    """
    name = catalogue().overlap.criteria[0]
    k = next(j for j, item in enumerate(criteria) if item.id == name)
    left = overlap.without(drawn, k) if drawn[:, k].any() else None
    return None if left is None else robustness.rank_acceptability(data, left)


def _told_without(shares: Floats, held: robustness.Standing) -> dict[str, Any]:
    """How the same line holds without the criterion that overlaps."""
    within = min(float(shares[: held.top].sum()), 1.0)
    share = within if held.inside else 1.0 - within
    return {
        "criterion": catalogue().overlap.criteria[0], "share": share, "verdict": robustness.verdict(share),
        "expected_rank": float(shares @ np.arange(1.0, len(shares) + 1)),
    }  # fmt: skip


def drawn_weights(
    criteria: Sequence[Criterion], asked: Asked, people: Sequence[Mapping[str, float]] = ()
) -> Floats:
    """Weights drawn (N, m), rows sum to 1. One of 0 stays 0 in all kinds but the uniform one.

    Raises BadDocument for draws around participants where there are none.
    """
    now = np.array([item.weight for item in criteria])
    if asked.kind == "uniform":
        return draws.uniform_weights(asked.samples, len(now), asked.seed)
    if asked.kind == "participants":
        if not people:
            raise BadDocument([Problem("/robustness/kind", "no_participants")])
        sets = [[person.get(item.id, 0.0) for item in criteria] for person in people]
        return draws.participant_weights(asked.samples, sets, asked.seed)
    used = now > 0
    drawn = np.zeros((asked.samples, len(now)))
    if asked.kind == "interval":
        drawn[:, used] = draws.interval_weights(asked.samples, *_bounds(now[used], asked.spread), asked.seed)[
            0
        ]
    else:
        drawn[:, used] = draws.ordinal_weights(asked.samples, -np.round(now[used], 9), asked.seed)
    return drawn
