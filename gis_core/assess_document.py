"""The `assess` command: a document of slum rows in, their forms, errors and changes out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program"); a bad row is named in `errors` and leaves the other rows alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gis_core import slum
from gis_core.documents import a_finite, a_list, a_string, an_object, member, one_of
from gis_core.errors import BadInput, escape

RULES = ("permen-14-2018",)

Json = dict[str, Any]
Shares = NDArray[np.float64]


def run(document: Any) -> Json:
    """Answer an `assess` document.

    `rows`: each {id, shares} or {id, volumes, base}, or {id, before, after} of two such forms.
    Top-level `before` and `after` instead of `rows` are two lists matched by id, or two single forms
    (then the answer carries `delta_total` and `contribution` on top as well). delta_total = total
    before - total after, so an improvement is positive. Raises BadInput only if no row can be read.
    """
    body = an_object(document, "")
    one_of(body.get("rule", RULES[0]), RULES, "/rule")
    if "rows" not in body and ("before" in body or "after" in body):
        return _compare(member(body, "before", ""), member(body, "after", ""))
    rows = a_list(member(body, "rows", ""), "/rows")
    return _answer([(f"/rows/{i}", row) for i, row in enumerate(rows)], _read_row)


def _compare(before: Any, after: Any) -> Json:
    """Two lists of rows matched by id, or two single forms."""
    if isinstance(before, dict) and isinstance(after, dict):
        pair = {"id": before.get("id", after.get("id", "")), "before": before, "after": after}
        answer = _answer([("", pair)], _read_row)
        if answer["rows"]:
            answer |= {name: answer["rows"][0][name] for name in ("delta_total", "contribution")}
        return answer
    firsts = [(f"/before/{i}", row) for i, row in enumerate(a_list(before, "/before"))]
    seconds = {
        row["id"]: (f"/after/{i}", row)
        for i, row in enumerate(a_list(after, "/after"))
        if isinstance(row, dict) and isinstance(row.get("id"), str)
    }
    unmatched = {**seconds}

    def read_pair(row: Any, pointer: str) -> list[Shares]:
        """The form of a row before, and of its namesake after."""
        first = an_object(row, pointer)
        if first.get("id") not in seconds:
            raise BadInput("there is no row of this id after", f"{pointer}/id")
        where, second = seconds[first["id"]]
        unmatched.pop(first["id"], None)
        return [_read_form(first, pointer), _read_form(second, where)]

    answer = _answer(firsts, read_pair)
    for name, (where, _) in unmatched.items():
        error = {"id": name, "pointer": f"{where}/id", "message": "there is no row of this id before"}
        answer["errors"].append(error)
    return answer


def _answer(rows: list[tuple[str, Any]], read: Callable[[Any, str], list[Shares]]) -> Json:
    """Read every row, assess all forms at once, and write the answer."""
    ids: dict[str, None] = {}  # in order, and quick to ask
    forms: list[list[Shares]] = []
    errors: list[Json] = []
    for pointer, row in rows:
        try:
            name = a_string(member(an_object(row, pointer), "id", pointer), f"{pointer}/id")
            if name in ids:
                raise BadInput("the id is used twice", f"{pointer}/id")
            forms.append(read(row, pointer))
            ids[name] = None
        except BadInput as error:
            named = row.get("id") if isinstance(row, dict) else None
            name = named if isinstance(named, str) else "" if named is None else str(named)
            errors.append({"id": name, "pointer": error.pointer, "message": error.message})
    flat = [form for pair in forms for form in pair]
    assessed = slum.assess(np.array(flat).reshape(len(flat), len(slum.CRITERIA)))
    answers, at = [], 0
    for name, pair in zip(ids, forms, strict=True):
        answers.append({"id": name} | _row(assessed, at, len(pair)))
        at += len(pair)
    return {"rows": answers, "errors": errors}


def _row(assessed: slum.Assessment, at: int, count: int) -> Json:
    """One form, or a pair of forms with what changed between them."""
    if count == 1:
        return _form(assessed, at)
    drop = int(assessed.total[at] - assessed.total[at + 1])
    share = slum.contribution(assessed.mean[at : at + 1], assessed.mean[at + 1 : at + 2])
    return {
        "before": _form(assessed, at),
        "after": _form(assessed, at + 1),
        "delta_total": drop,
        "contribution": float(share[0]),
    }


def _form(assessed: slum.Assessment, i: int) -> Json:
    """One filled-in form as JSON."""
    return {
        "scores": dict(zip(slum.CRITERIA, assessed.scores[i].tolist(), strict=True)),
        "aspects": dict(zip(slum.ASPECTS, assessed.aspects[i].tolist(), strict=True)),
        "mean": float(assessed.mean[i]),
        "total": int(assessed.total[i]),
        "grade": str(assessed.grade[i]),
    }


def _read_row(row: Any, pointer: str) -> list[Shares]:
    """The one form of a row, or its forms before and after."""
    body = an_object(row, pointer)
    if "before" in body or "after" in body:
        return [_read_form(member(body, when, pointer), f"{pointer}/{when}") for when in ("before", "after")]
    return [_read_form(body, pointer)]


def _read_form(form: Any, pointer: str) -> Shares:
    """Shares (16,) of one form, given as shares or as volumes over a base."""
    body = an_object(form, pointer)
    if ("shares" in body) == ("volumes" in body):
        raise BadInput("needs either shares or volumes with base", pointer)
    if "shares" in body:
        return _read_criteria(body["shares"], f"{pointer}/shares")
    volumes = _read_criteria(body["volumes"], f"{pointer}/volumes")
    base = an_object(member(body, "base", pointer), f"{pointer}/base")
    bases = {name: [_read_base(base, name, f"{pointer}/base")] for name in set(slum.BASES.values())}
    result: Shares = slum.shares(volumes[None, :], bases)[0]
    return result


def _read_criteria(given: Any, pointer: str) -> Shares:
    """(16,) numbers by criterion code.

    An unknown code is an error: the form of 2016 has 4d, 4e and 6c, and its 4c means something else.
    """
    body = an_object(given, pointer)
    for code in body:
        if code not in slum.CRITERIA:
            raise BadInput(f"{code} is not a criterion of {RULES[0]}", f"{pointer}/{escape(code)}")
    return np.array([a_finite(member(body, code, pointer), f"{pointer}/{code}") for code in slum.CRITERIA])


def _read_base(base: Mapping[str, Any], name: str, pointer: str) -> float:
    """A base quantity, which must be positive: without a denominator there is no share."""
    quantity = a_finite(member(base, name, pointer), f"{pointer}/{name}")
    if quantity <= 0:
        raise BadInput(f"{name} must be positive, or there is no share", f"{pointer}/{name}")
    return quantity
