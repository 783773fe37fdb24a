"""The `inequality` command: amounts in, Gini, Theil and Atkinson out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program").
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from gis_core import inequality
from gis_core.documents import a_finite, a_list, an_object, member, only
from gis_core.errors import BadInput

Json = dict[str, Any]

MEMBERS: Final = ("x", "weights", "groups")
ANSWER: Final = ("gini", "theil_T", "atkinson", "theil_between", "theil_within")
"""May stand in the document unread: a case of the reference carries its right answer."""


def run(document: Any) -> Json:
    """Answer an `inequality` document: {x, weights, groups}; what is not defined is null.

    groups: the amounts themselves cut into groups, as in the reference; x may then be left out, and where it is
    given it holds the same amounts in the same order. weights: in the order of x. Raises BadInput, pointing
    at the place, for whatever breaks the rules of the document.
    """
    body = an_object(document, "")
    only(body, (*MEMBERS, *ANSWER), "")
    groups = None if body.get("groups") is None else _read_groups(body["groups"])
    flat = [amount for group in groups or () for amount in group]
    x = flat if groups is not None and body.get("x") is None else _read_numbers(member(body, "x", ""), "/x")
    if groups is not None and flat != x:
        raise BadInput(
            "must hold the amounts of x, all of them in the same order, not numbers of units", "/groups"
        )
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
        split = inequality.theil_split(groups, None if weights is None else _cut(weights, groups))
        answer |= {"theil_between": split.between, "theil_within": split.within}
    return answer


def _cut(weights: list[float], groups: list[list[float]]) -> list[list[float]]:
    """The weights of the units of each group."""
    each = iter(weights)
    return [list(islice(each, len(group))) for group in groups]


def _read_groups(given: Any) -> list[list[float]]:
    """Lists of finite numbers."""
    return [_read_numbers(group, f"/groups/{g}") for g, group in enumerate(a_list(given, "/groups"))]


def _read_numbers(given: Any, pointer: str) -> list[float]:
    """A list of finite numbers."""
    return [a_finite(x, f"{pointer}/{k}") for k, x in enumerate(a_list(given, pointer))]
