"""The `robustness` command: a `rank` document with uncertain weights and data in, shares of draws out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program"); the method is in `robustness` and `draws`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from gis_core import draws, not_asked, overlap, ranking, robustness
from gis_core.documents import a_finite, a_list, an_object, member, one_of, only
from gis_core.errors import BadInput, escape
from gis_core.rank_reading import Table, read_criterion, read_table
from gis_core.weights import check_ranks

Floats = NDArray[np.float64]
Json = dict[str, Any]

SAMPLES: Final = 10_000
"""Draws if the document does not say (method 4.2)."""

_MOST_SAMPLES: Final = 1_000_000
_MOST_PLACES: Final = 200_000_000
_FALSE_OR_TRUE: Final = ("relative", "shared")
_KINDS: Final = ("uniform", "ordinal", "interval", "participants")


def run(document: Any) -> Json:
    """Answer a `robustness` document; what does not exist (no draw is first) is null.

    "top": k asks only for the share of draws in which each is among the first k, which large tables need.
    "without": [criterion, …] asks how places hold when one of them is taken away, its weight given to the others in
    proportion, draw by draw (null where nothing else weighs). `double_counting` names the pairs of criteria that run
    together, if there are any; see `overlap`. For bounds of weights `weights_accepted` is the share of all weights that
    keep them (method 4.2). Groups, what is `not_asked` and reference points `of_type` are those of `rank`.

    A missing value is drawn evenly between worst and best; `missing_because` says of each why it is missing.
    Alternatives that fail a gate are not ranked and are left out. Criteria may leave out their weights,
    all of them: it is those of `weights` that count. Raises BadInput, pointing at the place, for
    whatever breaks the rules of the document.
    """
    body = an_object(document, "")
    one_of(body.get("method", "value"), ("value",), "/method")
    table = read_table(_with_weights(body), ("samples", "seed", "weights", "noise", "top", "without"))
    ranking.check_weights(table.names, table.weights)
    failed, _ = ranking.read_gates(table.gates, len(table.ids))
    ranked = [i for i, names in enumerate(failed) if not names]
    kinds = [table.kinds[i] for i in ranked]
    values = [_read_value(c, j, kinds) for j, c in enumerate(table.columns)]
    noise = _read_noise(body.get("noise"), table.names)
    samples = _read_count(body.get("samples", SAMPLES), "/samples", _MOST_SAMPLES)
    seed = _read_count(body.get("seed", 0), "/seed", 2**63 - 1)
    told: Json = {}
    weights = _read_weights(body.get("weights"), table.weights, samples, seed, told)
    if samples * len(ranked) > _MOST_PLACES:
        raise BadInput(f"too many draws for {len(ranked)} alternatives", "/samples")
    raw, asked = _checked(table, values)[ranked], table.asked[ranked]
    shares = not_asked.spread(asked, table.weights, table.groups)
    data = draws.value_draws(raw, values, noise, seed, shares)
    ids = [table.ids[i] for i in ranked]
    removed = _read_removed(body.get("without", []), table.names)
    top = None if body.get("top") is None else _read_count(body["top"], "/top", _MOST_PLACES)

    def shares_of_draws(drawn: Floats) -> Json:
        if top is None:
            return {"rank_acceptability": _by_id(ids, robustness.rank_acceptability(data, drawn))}
        return {"top_acceptability": _by_id(ids, robustness.in_top(data, drawn, top))}

    if table.gaps and top is None:
        told["missing_because"] = table.gaps
    if removed:
        left = {table.names[k]: overlap.without(weights, k) for k in removed}
        told["without"] = {
            name: None if drawn is None else shares_of_draws(drawn) for name, drawn in left.items()
        }
    base = np.stack([value(raw[:, j]) for j, value in enumerate(values)], axis=1)
    pairs = overlap.told(table.names, base, np.isfinite(raw) & asked, table.weights)
    whole = shares_of_draws(weights) if top is not None else _answer(robustness.smaa(data, weights), ids)
    return whole | told | ({"double_counting": pairs} if pairs else {})


def _answer(found: robustness.Robustness, ids: Sequence[str]) -> Json:
    """The fields of the contract, NaN as null."""
    known = ~np.isnan(found.confidence)
    central, confidence = _by_id(ids, found.central), _by_id(ids, found.confidence)
    for name, exists in zip(ids, known, strict=True):
        if not exists:
            central[name] = confidence[name] = None
    return {
        "rank_acceptability": _by_id(ids, found.acceptability),
        "central_weights": central,
        "confidence": confidence,
        "pairwise": {
            name: dict(zip(ids, row, strict=True))
            for name, row in zip(ids, found.pairwise.tolist(), strict=True)
        },
        "expected_rank": _by_id(ids, found.expected_rank),
    }


def _by_id(ids: Sequence[str], rows: Floats) -> dict[str, Any]:
    return dict(zip(ids, rows.tolist(), strict=True))


def _checked(table: Table, values: Sequence[draws.Value]) -> Floats:
    """Raw values with NaN where missing; BadInput for one that "identity" cannot take."""
    raw = np.where(np.isfinite(table.raw), table.raw, np.nan)
    for j, value in enumerate(values):
        if value is _identity:
            for i in np.flatnonzero((raw[:, j] < 0) | (raw[:, j] > 1)):
                where = f"/alternatives/{i}/values/{escape(table.names[j])}"
                raise BadInput("must lie between 0 and 1: its criterion takes values as they are", where)
    return raw


def _identity(x: Floats) -> Floats:
    """Values in 0..1 as they are; noise may not carry them outside."""
    return np.clip(x, 0.0, 1.0)


def _read_removed(given: Any, names: Sequence[str]) -> list[int]:
    """Numbers of the criteria to take away, one at a time."""
    return [
        names.index(one_of(item, tuple(names), f"/without/{k}"))
        for k, item in enumerate(a_list(given, "/without"))
    ]


def _read_value(column: Json, j: int, kinds: Sequence[str]) -> draws.Value:
    """A criterion's value function of alternatives of these work types, or "identity"."""
    if column.get("value") == "identity":
        if column.get("of_type") is not None:
            raise BadInput("takes values as they are, so no type is read otherwise", f"/criteria/{j}/of_type")
        return _identity
    return read_criterion(column, f"/criteria/{j}").over(kinds)


def _with_weights(body: Json) -> Json:
    """The document with equal weights of criteria if none of them has one."""
    criteria = a_list(member(body, "criteria", ""), "/criteria")
    if any(isinstance(c, dict) and "weight" in c for c in criteria):
        return body
    share = 1 / max(len(criteria), 1)
    return body | {"criteria": [c | {"weight": share} if isinstance(c, dict) else c for c in criteria]}


def _read_weights(given: Any, stated: Sequence[float], samples: int, seed: int, told: Json) -> Floats:
    """Draws (N, m) of the kind asked for; "ordinal" without ranks takes the order of the criteria's weights.

    told: takes what is to be told of the draws, the share of all weights that lie between bounds.
    """
    body = {} if given is None else an_object(given, "/weights")
    only(body, ("kind", "ranks", "lower", "upper", "people", "concentration"), "/weights")
    kind = one_of(body.get("kind", "uniform"), _KINDS, "/weights/kind")
    m = len(stated)
    try:
        if kind == "ordinal":
            if body.get("ranks") is None:
                return draws.ordinal_weights(samples, [-w for w in stated], seed)
            return draws.ordinal_weights(samples, check_ranks(_read_row(body, "ranks", m)), seed)
        if kind == "interval":
            lower, upper = _read_row(body, "lower", m), _read_row(body, "upper", m)
            drawn, told["weights_accepted"] = draws.interval_weights(samples, lower, upper, seed)
            return drawn
        if kind == "participants":
            people = a_list(member(body, "people", "/weights"), "/weights/people")
            rows = [_numbers(row, f"/weights/people/{k}", m) for k, row in enumerate(people)]
            close = body.get("concentration")
            close = None if close is None else a_finite(close, "/weights/concentration")
            return draws.participant_weights(samples, rows, seed, close)
    except BadInput as error:
        raise error if error.pointer.startswith("/weights") else error.under("/weights") from error
    return draws.uniform_weights(samples, m, seed)


def _read_row(body: Json, name: str, m: int) -> list[float]:
    """A member of `weights` with one finite number per criterion."""
    return _numbers(member(body, name, "/weights"), f"/weights/{name}", m)


def _numbers(given: Any, pointer: str, m: int) -> list[float]:
    """m finite numbers."""
    row = [a_finite(x, f"{pointer}/{k}") for k, x in enumerate(a_list(given, pointer))]
    if len(row) != m:
        raise BadInput(f"has {len(row)} numbers for {m} criteria", pointer)
    return row


def _read_noise(given: Any, names: Sequence[str]) -> list[draws.Noise | None]:
    """The noise of each criterion: {criterion: {low, high, kind, relative, shared}}."""
    body = {} if given is None else an_object(given, "/noise")
    for name in body:
        if name not in names:
            raise BadInput("no criterion has this id", f"/noise/{escape(name)}")
    return [None if body.get(n) is None else _noise(body[n], f"/noise/{escape(n)}") for n in names]


def _noise(given: Any, pointer: str) -> draws.Noise:
    """The noise of one criterion."""
    body = an_object(given, pointer)
    only(body, ("low", "high", "kind", *_FALSE_OR_TRUE), pointer)
    low, high = (a_finite(member(body, end, pointer), f"{pointer}/{end}") for end in ("low", "high"))
    kind = one_of(body.get("kind", "interval"), ("interval", "triangular"), f"{pointer}/kind")
    for name in _FALSE_OR_TRUE:
        if not isinstance(body.get(name, False), bool):
            raise BadInput("must be true or false", f"{pointer}/{name}")
    flags = {name: body.get(name, False) for name in _FALSE_OR_TRUE}
    try:
        return draws.Noise(low, high, cast("Any", kind), **flags)
    except BadInput as error:
        raise error.under(pointer) from error


def _read_count(given: Any, pointer: str, most: int) -> int:
    """A whole number from 0 (the draws refuse 0 of them) to a sensible most."""
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= most:
        raise BadInput(f"must be a whole number from 0 to {most}", pointer)
    return given
