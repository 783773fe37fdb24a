"""The `rank` command: criteria and alternatives in, the ranking with its parts out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program"); the method `value` is the official score, the others are cross-checks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core import crosscheck, overlap, ranking
from gis_core.documents import a_finite, an_object, one_of, only
from gis_core.errors import BadInput, escape
from gis_core.outranking import electre, vetoes
from gis_core.rank_reading import Json, Table, read_criterion, read_table

METHODS = ("value", "topsis", "vikor", "promethee2")


def run(document: Any) -> Json:
    """Answer a `rank` document.

    The answer lists the alternatives in the order of rank, those that fail a gate last with rank null. The
    cross-checks take an option `veto` beyond the contract, the largest discordance (0..1) that is borne, and
    tell in `vetoes` whose weakness against whom is greater. `missing_because` in the details of the method `value`
    says of every missing value why it is: not given, null, NaN, infinite, not asked. Beyond the contract criteria may
    have a `group` and alternatives name what is `not_asked` of them; these rows tell their `effective_weights`.
    Criteria may have reference points `of_type`: {work type: {"points": [[x, v], …]}}, on the scale of their `value`,
    by which alternatives of that `work_type` are read instead; `read_by_type` in the details tells who was, and the
    cross-checks compare what is worth as much. `double_counting` names the pairs of criteria whose values run
    together, see `overlap`.
    Raises BadInput, pointing at the place, for whatever breaks the rules of the document.
    """
    body = an_object(document, "")
    method = one_of(body.get("method", "value"), METHODS, "/method")
    table = read_table(body)
    return _by_value(table) if method == "value" else _by_crosscheck(table, method)


def _by_value(table: Table) -> Json:
    """The additive score with its contributions, interval and completeness."""
    criteria = [read_criterion(c, f"/criteria/{j}") for j, c in enumerate(table.columns)]
    result = ranking.rank(criteria, table.ids, table.raw, table.gates, asked=table.asked, kinds=table.kinds)
    rows = [
        {
            "id": result.ids[i],
            "rank": result.rank[i],
            "score": float(result.score[i]),
            "low": float(result.low[i]),
            "high": float(result.high[i]),
            "completeness": float(result.completeness[i]),
            "passes": bool(result.passes[i]),
            "provisional": bool(result.provisional[i]),
            "contributions": dict(zip(result.criteria, result.contributions[i].tolist(), strict=True)),
            **_effective(result, i),
        }
        for i in result.order
    ]
    details = {
        "method": "value",
        "double_counting": _double_counting(result),
        "weights": dict(zip(result.criteria, result.weights.tolist(), strict=True)),
        "missing": _marked(result.missing, table),
        "missing_because": table.gaps,
        "beyond_reference": _marked(result.beyond, table),
        **_read_by_type(criteria, table),
        "gates_failed": {n: list(g) for n, g in zip(result.ids, result.failed, strict=True) if g},
        "gates_not_checked": {n: list(g) for n, g in zip(result.ids, result.unchecked, strict=True) if g},
        "notes": list(result.notes),
    }
    return {"ranking": rows, "details": details}


def _read_by_type(criteria: Sequence[ranking.Criterion], table: Table) -> Json:
    """Alternative -> criteria it is read on by reference points of its work type, if any criterion has such points."""
    if not any(c.own for c in criteria):
        return {}
    cells = np.zeros(table.raw.shape, dtype=np.bool_)
    for j, criterion in enumerate(criteria):
        cells[criterion.over(table.kinds).own_rows(), j] = True
    return {"read_by_type": _marked(cells & table.asked, table)}


def _effective(result: ranking.Ranking, i: int) -> Json:
    """The weights as they act on a row, where something is not asked of it."""
    if result.asked[i].all():
        return {}
    return {"effective_weights": dict(zip(result.criteria, result.effective[i].tolist(), strict=True))}


def _double_counting(result: ranking.Ranking) -> list[Json]:
    """Criteria whose values run together over the alternatives that are ranked."""
    known = ~result.missing & result.asked
    through = result.passes
    return overlap.told(result.criteria, result.values[through], known[through], result.weights)


def _by_crosscheck(table: Table, method: str) -> Json:
    """TOPSIS, VIKOR or PROMETHEE II on raw values with directions; every value must be there."""
    weights, normalised = ranking.check_weights(table.names, table.weights)
    for i, j in np.argwhere(~np.isfinite(table.raw)):
        name = table.names[j]
        why = table.gaps[table.ids[i]][name]
        raise BadInput(
            f"{method} needs every value; this is {why}", f"/alternatives/{i}/values/{escape(name)}"
        )
    table = _alike(table)
    failed, unchecked = ranking.read_gates(table.gates, len(table.ids))
    score, better, parts, extra = _crosscheck(table, method, weights)
    passes = [not names for names in failed]
    place = ranking.places(better, passes)
    rows = [
        {
            "id": table.ids[i],
            "rank": place[i],
            "score": float(score[i]),
            "low": float(score[i]),
            "high": float(score[i]),
            "completeness": 1.0,
            "passes": passes[i],
            "contributions": {} if parts is None else dict(zip(table.names, parts[i].tolist(), strict=True)),
        }
        for i in ranking.list_order(better, passes, table.ids)
    ]
    details = {
        "method": method,
        "weights": dict(zip(table.names, weights.tolist(), strict=True)),
        "gates_failed": {n: list(g) for n, g in zip(table.ids, failed, strict=True) if g},
        "gates_not_checked": {n: list(g) for n, g in zip(table.ids, unchecked, strict=True) if g},
        "notes": list(normalised),
    }
    return {"ranking": rows, "details": details | extra | _vetoes(table, weights)}


def _alike(table: Table) -> Table:
    """The table with raw values that can be compared where a criterion has reference points of work types: what is
    worth as much by those of all."""
    raw = table.raw.copy()
    for j, column in enumerate(table.columns):
        if column.get("of_type") is not None:
            raw[:, j] = read_criterion(column, f"/criteria/{j}").over(table.kinds).alike(raw[:, j])
    return replace(table, raw=raw)


def _vetoes(table: Table, weights: ArrayLike) -> Json:
    """The veto list of ELECTRE I, if `veto`, the largest discordance that is borne, is among the options."""
    if table.options.get("veto") is None:
        return {}
    limit = a_finite(table.options["veto"], "/options/veto")
    pairs = vetoes(electre(table.raw, weights, _directions(table)), limit)
    told = [
        {
            "id": table.ids[v.a],
            "against": table.ids[v.b],
            "criterion": table.names[v.criterion],
            "discordance": v.discordance,
            "concordance": v.concordance,
        }
        for v in pairs
    ]
    return {"vetoes": told}


def _crosscheck(
    table: Table, method: str, weights: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64] | None, Json]:
    """Score as shown, score with larger better, parts by criterion if there are any, more details."""
    directions = _directions(table)
    if method == "topsis":
        given = table.options.get("topsis_normalisation", "vector")
        way = one_of(given, ("vector", "minmax"), "/options/topsis_normalisation")
        closeness = crosscheck.topsis(table.raw, weights, directions, cast("Any", way))
        return closeness, closeness, None, {"normalisation": way}
    if method == "vikor":
        v = a_finite(table.options.get("vikor_v", 0.5), "/options/vikor_v")
        if not 0 <= v <= 1:
            raise BadInput("must lie between 0 and 1", "/options/vikor_v")
        found = crosscheck.vikor(table.raw, weights, directions, v)
        extra = {
            "S": dict(zip(table.ids, found.s.tolist(), strict=True)),
            "R": dict(zip(table.ids, found.r.tolist(), strict=True)),
            "acceptable_advantage": found.acceptable_advantage,
            "acceptable_stability": found.acceptable_stability,
        }
        return found.q, -found.q, None, extra
    preferences = [
        _read_preference(c.get("preference"), f"/criteria/{j}/preference")
        for j, c in enumerate(table.columns)
    ]
    parts = crosscheck.promethee(table.raw, weights, directions, preferences)
    flow = np.array([math.fsum(row) for row in parts.tolist()], dtype=np.float64)
    return flow, flow, parts, {}


def _directions(table: Table) -> list[crosscheck.Direction]:
    """Which way each criterion is better."""
    words = [
        one_of(c.get("direction", "max"), ("max", "min"), f"/criteria/{j}/direction")
        for j, c in enumerate(table.columns)
    ]
    return cast("list[crosscheck.Direction]", words)


def _read_preference(given: Any, pointer: str) -> crosscheck.Preference:
    """A PROMETHEE preference function; "usual" if none is given."""
    if given is None:
        return crosscheck.Preference()
    body = an_object(given, pointer)
    only(body, ("type", "q", "p", "s"), pointer)
    thresholds = {k: a_finite(body[k], f"{pointer}/{k}") for k in ("q", "p", "s") if body.get(k) is not None}
    kinds = ("usual", "u", "v", "level", "linear", "gaussian")
    kind = one_of(body.get("type", "usual"), kinds, f"{pointer}/type")
    try:
        return crosscheck.Preference(cast("crosscheck.Kind", kind), **thresholds)
    except BadInput as error:
        raise error.under(pointer) from error


def _marked(cells: NDArray[np.bool_], table: Table) -> dict[str, list[str]]:
    """Alternative -> criteria where a mask (n, m) is true, rows without any left out."""
    return {
        name: [table.names[j] for j in np.flatnonzero(row)]
        for name, row in zip(table.ids, cells, strict=True)
        if row.any()
    }
