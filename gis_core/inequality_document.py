"""The `inequality` command: amounts in, Gini, Theil and Atkinson out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program").
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from gis_core import inequality
from gis_core.documents import a_finite, a_list, an_object, member
from gis_core.errors import BadInput

Json = dict[str, Any]


def run(document: Any) -> Json:
    """Answer an `inequality` document: {x, weights, groups}; what is not defined is null.

    groups: the amounts of x again, cut into groups in the same order, or the numbers (from 0) of the
    units of each group; x may be left out where groups hold the amounts. Raises BadInput, pointing at
    the place, for whatever breaks the rules of the document.
    """
    body = an_object(document, "")
    groups = None if body.get("groups") is None else _read_groups(body["groups"])
    if groups is not None and body.get("x") is None:
        x = [amount for group in groups for amount in group]
    else:
        x = _read_numbers(member(body, "x", ""), "/x")
    weights = None if body.get("weights") is None else _read_numbers(body["weights"], "/weights")
    indices = {f"{e:g}": inequality.atkinson(x, e, weights) for e in inequality.AVERSIONS}
    answer: Json = {
        "gini": inequality.gini(x, weights),
        "theil_T": inequality.theil(x, weights),
        "atkinson": indices,
        "theil_between": None,
        "theil_within": None,
    }
    if groups is not None:
        units = _units(groups, x)
        sizes = None if weights is None else [[weights[i] for i in unit] for unit in units]
        split = inequality.theil_split([[x[i] for i in unit] for unit in units], sizes)
        answer |= {"theil_between": split.between, "theil_within": split.within}
    return answer


def _units(groups: list[list[float]], x: list[float]) -> list[list[int]]:
    """The numbers of the units of each group."""
    flat = [entry for group in groups for entry in group]
    if flat == x:
        ends = [sum(len(group) for group in groups[:g]) for g in range(len(groups) + 1)]
        return [list(range(a, b)) for a, b in pairwise(ends)]
    if sorted(flat) == list(range(len(x))):
        return [[int(entry) for entry in group] for group in groups]
    raise BadInput("must hold every amount of x in order, or the number of every unit once", "/groups")


def _read_groups(given: Any) -> list[list[float]]:
    """Lists of finite numbers."""
    return [_read_numbers(group, f"/groups/{g}") for g, group in enumerate(a_list(given, "/groups"))]


def _read_numbers(given: Any, pointer: str) -> list[float]:
    """A list of finite numbers."""
    return [a_finite(x, f"{pointer}/{k}") for k, x in enumerate(a_list(given, pointer))]
