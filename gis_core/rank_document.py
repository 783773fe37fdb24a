"""The `rank` command: criteria and alternatives in, the ranking with its parts out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program"); the method `value` is the official score, the others are cross-checks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core import crosscheck, ranking
from gis_core.documents import a_finite, a_list, a_number, a_string, an_object, member, one_of
from gis_core.errors import BadInput, escape
from gis_core.value import Scale, ValueFunction

METHODS = ("value", "topsis", "vikor", "promethee2")

Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Table:
    """What every method reads: criteria objects, names, weights; ids, raw values (n, m), gates."""

    columns: list[Json]
    names: list[str]
    weights: list[float]
    ids: list[str]
    raw: NDArray[np.float64]
    gates: list[dict[str, bool | None]]
    notes: list[str]
    options: Json


def run(document: Any) -> Json:
    """Answer a `rank` document.

    The answer lists the alternatives in the order of rank, those that fail a gate last with rank null.
    Raises BadInput, pointing at the place, for whatever breaks the rules of the document.
    """
    body = an_object(document, "")
    method = one_of(body.get("method", "value"), METHODS, "/method")
    table = read_table(body)
    return _by_value(table) if method == "value" else _by_crosscheck(table, method)


def _by_value(table: Table) -> Json:
    """The additive score with its contributions, interval and completeness."""
    criteria = [read_criterion(c, f"/criteria/{j}") for j, c in enumerate(table.columns)]
    result = ranking.rank(criteria, table.ids, table.raw, table.gates)
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
        }
        for i in result.order
    ]
    details = {
        "method": "value",
        "weights": dict(zip(result.criteria, result.weights.tolist(), strict=True)),
        "missing": _marked(result.missing, table),
        "beyond_reference": _marked(result.beyond, table),
        "gates_failed": {n: list(g) for n, g in zip(result.ids, result.failed, strict=True) if g},
        "gates_not_checked": {n: list(g) for n, g in zip(result.ids, result.unchecked, strict=True) if g},
        "notes": [*result.notes, *table.notes],
    }
    return {"ranking": rows, "details": details}


def _by_crosscheck(table: Table, method: str) -> Json:
    """TOPSIS, VIKOR or PROMETHEE II on raw values with directions; every value must be there."""
    weights, normalised = ranking.check_weights(table.names, table.weights)
    ranking.check_unique(table.names, "/criteria")
    ranking.check_unique(table.ids, "/alternatives")
    for i, j in np.argwhere(~np.isfinite(table.raw)):
        raise BadInput(f"{method} needs every value", f"/alternatives/{i}/values/{escape(table.names[j])}")
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
        "notes": [*normalised, *table.notes],
    }
    return {"ranking": rows, "details": details | extra}


def _crosscheck(
    table: Table, method: str, weights: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64] | None, Json]:
    """Score as shown, score with larger better, parts by criterion if there are any, more details."""
    words = [
        one_of(c.get("direction", "max"), ("max", "min"), f"/criteria/{j}/direction")
        for j, c in enumerate(table.columns)
    ]
    directions = cast("list[crosscheck.Direction]", words)
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


def read_table(body: Json) -> Table:
    """Criteria and alternatives without what is particular to a method."""
    columns, names, weights = [], [], []
    for j, item in enumerate(a_list(member(body, "criteria", ""), "/criteria")):
        column = an_object(item, f"/criteria/{j}")
        columns.append(column)
        names.append(a_string(member(column, "id", f"/criteria/{j}"), f"/criteria/{j}/id"))
        weights.append(a_number(member(column, "weight", f"/criteria/{j}"), f"/criteria/{j}/weight"))
    ids: list[str] = []
    rows: list[list[float]] = []
    gates: list[dict[str, bool | None]] = []
    strange: set[str] = set()
    for i, item in enumerate(a_list(member(body, "alternatives", ""), "/alternatives")):
        pointer = f"/alternatives/{i}"
        alternative = an_object(item, pointer)
        ids.append(a_string(member(alternative, "id", pointer), f"{pointer}/id"))
        values = an_object(member(alternative, "values", pointer), f"{pointer}/values")
        rows.append([_read_value(values.get(n), f"{pointer}/values/{escape(n)}") for n in names])
        gates.append(_read_gates(alternative.get("gates"), f"{pointer}/gates"))
        strange |= values.keys() - set(names)
    notes = [f"values of {name} are not used: no criterion has this id" for name in sorted(strange)]
    raw = np.array(rows, dtype=np.float64).reshape(len(ids), len(names))
    options = body.get("options")
    read = {} if options is None else an_object(options, "/options")
    return Table(columns, names, weights, ids, raw, gates, notes, read)


def _read_value(value: Any, pointer: str) -> float:
    """A raw value; null is missing, as NaN."""
    return math.nan if value is None else a_number(value, pointer)


def _read_gates(given: Any, pointer: str) -> dict[str, bool | None]:
    """Gates by name: true passed, false failed, null not checked."""
    gates = {} if given is None else an_object(given, pointer)
    for name, state in gates.items():
        if not (state is None or isinstance(state, bool)):
            raise BadInput("a gate is true, false or null", f"{pointer}/{escape(name)}")
    return gates


def read_criterion(column: Json, pointer: str) -> ranking.Criterion:
    """A criterion of the method `value`."""
    value = an_object(member(column, "value", pointer), f"{pointer}/value")
    points = []
    for k, item in enumerate(a_list(member(value, "points", f"{pointer}/value"), f"{pointer}/value/points")):
        where = f"{pointer}/value/points/{k}"
        pair = a_list(item, where)
        if len(pair) != 2:
            raise BadInput("a breakpoint is a pair [x, value]", where)
        points.append((a_number(pair[0], f"{where}/0"), a_number(pair[1], f"{where}/1")))
    direction = column.get("direction")
    if direction is not None:
        one_of(direction, ("max", "min"), f"{pointer}/direction")
    scale = one_of(value.get("scale", "linear"), ("linear", "log10"), f"{pointer}/value/scale")
    try:
        function = ValueFunction(points, cast("Scale", scale))
    except BadInput as error:
        raise error.under(f"{pointer}/value") from error
    missing = _read_missing(column.get("missing", "zero"), f"{pointer}/missing")
    try:
        return ranking.Criterion(column["id"], float(column["weight"]), function, missing, direction)
    except BadInput as error:
        raise error.under(pointer) from error


def _read_missing(given: Any, pointer: str) -> Any:
    """ "zero" or the number of {"baseline": number}."""
    if isinstance(given, dict):
        return a_number(member(given, "baseline", pointer), f"{pointer}/baseline")
    if given != "zero":
        raise BadInput('must be "zero" or {"baseline": number}', pointer)
    return given


def _read_preference(given: Any, pointer: str) -> crosscheck.Preference:
    """A PROMETHEE preference function; "usual" if none is given."""
    if given is None:
        return crosscheck.Preference()
    body = an_object(given, pointer)
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
