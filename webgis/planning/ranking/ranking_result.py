"""What a ranking answers about judged works: rows as the contract names them, firmness, agreement, double counting.

It knows nothing about rights or storage, nor how a score is made (`scoring`, gis_core).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from gis_core import not_asked, overlap
from gis_core.ranking import Criterion, Ranking
from gis_core.second_opinion import TOP, second_opinions, weaknesses
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.judging import scoring
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.scoring import Judged
from webgis.planning.ranking import robust, stability, value_for_money
from webgis.planning.ranking.robust import Asked


def result(
    facts: Facts,
    works: Sequence[Judged],
    gates: Mapping[str, Sequence[Gate]],
    chosen: Sequence[Criterion],
    asked: Asked | None,
    people: Sequence[Mapping[str, float]],
    top: int | None,
    decided: Sequence[Judged] = (),
    *,
    exactly: bool = True,
) -> dict[str, Any]:
    """The ranking in its order, rows as the contract names them, and what other methods say of it.

    people: weights of participants, for draws around them; top: first places to watch;
    decided: works under way, whose homes a plan counts as served; exactly: the works know which homes they serve.
    """
    judged = [(item.work.id, item.effect) for item in works]
    made, kinds = scoring.rank(chosen, judged, gates), scoring.kinds(judged)
    raw = scoring.table(chosen, [item.effect for item in works])
    asked_of = scoring.asked(chosen, [item.effect for item in works])
    through = [i for i, place in enumerate(made.rank) if place is not None]
    shared, ranked_kinds = [made.rank[i] for i in through], [kinds[i] for i in through]
    stand_ins = not_asked.spread(asked_of[through], made.weights, [item.group for item in chosen])
    held: dict[int, dict[str, Any]] = {}
    if asked is not None:
        ranks = [made.rank[i] or 0 for i in through]
        told = robust.analyse(
            chosen, raw[through], made.values[through], ranks, asked, people, stand_ins, ranked_kinds
        )
        held = dict(zip(through, told, strict=True))
    stable, lacks = stability.analyse(made, through, top)
    lacking = dict(zip(through, lacks, strict=True))
    worth = value_for_money.told(_benefits(facts, works, chosen, decided, exactly), works, through)
    agreed = second_opinions(chosen, raw[through], made.score[through], TOP, stand_ins, ranked_kinds)
    weak = weaknesses(
        chosen, raw[through], made.score[through], catalogue().veto, TOP, stand_ins, ranked_kinds
    )
    beside = [
        {
            "tied": made.rank[i] is not None and shared.count(made.rank[i]) > 1,
            "to_first": lacking.get(i),
            **worth[i],
            **held.get(i, {"acceptability": None, "robustness": None}),
        }
        for i in range(len(works))
    ]
    return {
        "ranking": [_row(made, works[i], i, beside[i]) for i in made.order.tolist()],
        "agreement": {name: {**asdict(one), "top": TOP} for name, one in agreed.items()},
        "stability": stable,
        "double_counting": _double_counting(made, through),
        "vetoes": [
            {"ahead": made.ids[through[one.a]], "behind": made.ids[through[one.b]],
             "criterion": made.criteria[one.criterion], "discordance": one.discordance}
            for one in weak
        ],
    }  # fmt: skip


def _benefits(
    facts: Facts,
    works: Sequence[Judged],
    chosen: Sequence[Criterion],
    decided: Sequence[Judged],
    exactly: bool,
) -> list[float]:
    """Points of benefit of each work, by the homes it serves or by their fives."""
    if exactly:
        return value_for_money.benefits(facts, works, chosen, decided)
    return value_for_money.by_fives(works, chosen)


def _row(made: Ranking, item: Judged, i: int, beside: Mapping[str, Any]) -> dict[str, Any]:
    """Row i as the contract names it: the work, its place and score, then how it stands beside the others."""
    return {
        "id": item.work.id, "title": item.title, "state": item.state, "work_type": item.work.type.key,
        "rank": made.rank[i], "score": float(made.score[i]), "low": float(made.low[i]), "high": float(made.high[i]),
        "completeness": float(made.completeness[i]), "provisional": bool(made.provisional[i]),
        "passes": bool(made.passes[i]), "gates_failed": list(made.failed[i]),
        "gates_unchecked": list(made.unchecked[i]), "waived": sorted(item.effect.waived),
        "contributions": dict(zip(made.criteria, made.contributions[i].tolist(), strict=True)),
        "effective_weights": scoring.effective(made, i),
        "values": dict(item.effect.values), "beyond": scoring.beyond(made, i, item.effect),
        "served": item.effect.served, "cost": item.work.cost,
        "changed_on": item.changed_on and item.changed_on.isoformat(), **beside,
    }  # fmt: skip


def _double_counting(made: Ranking, through: Sequence[int]) -> dict[str, Any]:
    """What the sum may count twice (method 3.2): criteria whose values run together over the ranked works, and what
    the criteria that overlap by their meaning weigh beside the most they should."""
    known = (~made.missing & made.asked)[through]
    rule = catalogue().overlap
    weights = dict(zip(made.criteria, made.weights.tolist(), strict=True))
    return {
        "pairs": overlap.told(made.criteria, made.values[through], known, made.weights),
        "overlapping": list(rule.criteria), "weight": sum(weights[name] for name in rule.criteria),
        "most": rule.most,
    }  # fmt: skip
