"""The table of a `rank` document: criteria, alternatives, values and gates, each fault at its place.

It knows nothing about methods and answers; the document is that of `rank_document` and `robustness_document`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from gis_core import ranking
from gis_core.documents import a_list, a_number, a_string, an_object, member, one_of, only
from gis_core.errors import BadInput, escape
from gis_core.value import Scale, ValueFunction

Json = dict[str, Any]

MEMBERS: Final = ("method", "criteria", "alternatives", "options")
CRITERION: Final = ("id", "weight", "direction", "value", "of_type", "missing", "preference", "group")
ALTERNATIVE: Final = ("id", "work_type", "values", "gates", "not_asked")
OPTIONS: Final = ("vikor_v", "topsis_normalisation", "veto")


@dataclass(frozen=True, eq=False)
class Table:
    """What every method reads: criteria objects, names, weights; ids, raw values (n, m), gates.

    raw: NaN or infinite where nothing usable was given; gaps: why, as id -> criterion -> reason. asked: (n, m), False
    for the criteria an alternative names as `not_asked`; groups: (m,) of the criteria, "" for those without; kinds: the
    work types of the alternatives, "" for those without.
    """

    columns: list[Json]
    names: list[str]
    weights: list[float]
    ids: list[str]
    raw: NDArray[np.float64]
    gates: list[dict[str, bool | None]]
    gaps: dict[str, dict[str, str]]
    options: Json
    asked: NDArray[np.bool_]
    kinds: list[str]

    @property
    def groups(self) -> list[str]:
        """(m,) the groups of the criteria."""
        return [str(column.get("group", "")) for column in self.columns]


def read_table(body: Json, more: Sequence[str] = ()) -> Table:
    """Criteria and alternatives without what is particular to a method.

    more: members a command allows beside those of `rank`. Raises BadInput for a member nobody knows, a value of
    a criterion that does not exist, and whatever is of the wrong kind.
    """
    only(body, (*MEMBERS, *more), "")
    columns, names, weights = [], [], []
    for j, item in enumerate(a_list(member(body, "criteria", ""), "/criteria")):
        column = an_object(item, f"/criteria/{j}")
        only(column, CRITERION, f"/criteria/{j}")
        a_string(column.get("group", ""), f"/criteria/{j}/group")
        columns.append(column)
        names.append(a_string(member(column, "id", f"/criteria/{j}"), f"/criteria/{j}/id"))
        weights.append(a_number(member(column, "weight", f"/criteria/{j}"), f"/criteria/{j}/weight"))
    if not columns:
        raise BadInput("needs at least one criterion", "/criteria")
    ranking.check_unique(names, "/criteria")
    ids: list[str] = []
    rows: list[list[float]] = []
    gates: list[dict[str, bool | None]] = []
    gaps: dict[str, dict[str, str]] = {}
    asked: list[list[bool]] = []
    kinds: list[str] = []
    for i, item in enumerate(a_list(member(body, "alternatives", ""), "/alternatives")):
        pointer = f"/alternatives/{i}"
        alternative = an_object(item, pointer)
        only(alternative, ALTERNATIVE, pointer)
        ids.append(a_string(member(alternative, "id", pointer), f"{pointer}/id"))
        kinds.append(a_string(alternative.get("work_type", ""), f"{pointer}/work_type"))
        values = an_object(member(alternative, "values", pointer), f"{pointer}/values")
        only(values, names, f"{pointer}/values", "criterion")
        rows.append([_read_value(values.get(n), f"{pointer}/values/{escape(n)}") for n in names])
        gates.append(read_gates(alternative.get("gates"), f"{pointer}/gates"))
        asked.append(_read_asked(alternative.get("not_asked", []), values, names, pointer))
        why = {
            n: _why_missing(values, n) if wanted else "not asked"
            for n, x, wanted in zip(names, rows[-1], asked[-1], strict=True)
            if not math.isfinite(x)
        }
        if why:
            gaps[ids[-1]] = why
    ranking.check_unique(ids, "/alternatives")
    raw = np.array(rows, dtype=np.float64).reshape(len(ids), len(names))
    options = body.get("options")
    read = {} if options is None else an_object(options, "/options")
    only(read, OPTIONS, "/options")
    wanted = np.array(asked, dtype=np.bool_).reshape(raw.shape)
    return Table(columns, names, weights, ids, raw, gates, gaps, read, wanted, kinds)


def _read_value(value: Any, pointer: str) -> float:
    """A raw value; null is missing, as NaN."""
    return math.nan if value is None else a_number(value, pointer)


def _read_asked(given: Any, values: Json, names: Sequence[str], pointer: str) -> list[bool]:
    """(m,) which criteria are asked of an alternative; what is not asked has no value."""
    skipped = []
    for k, item in enumerate(a_list(given, f"{pointer}/not_asked")):
        name = one_of(item, tuple(names), f"{pointer}/not_asked/{k}")
        if values.get(name) is not None:
            raise BadInput("is not asked and has a value; leave one out", f"{pointer}/values/{escape(name)}")
        skipped.append(name)
    return [name not in skipped for name in names]


def _why_missing(values: Json, name: str) -> str:
    """Why a value counts as missing."""
    if name not in values:
        return "not given"
    given = values[name]
    if given is None:
        return "given as null"
    return "not a number (NaN)" if given != given else "infinite, or too large for a number"


def read_gates(given: Any, pointer: str) -> dict[str, bool | None]:
    """Gates by name: true passed, false failed, null not checked; anything else is BadInput."""
    gates = {} if given is None else an_object(given, pointer)
    for name, state in gates.items():
        if not (state is None or isinstance(state, bool)):
            raise BadInput("a gate is true, false or null", f"{pointer}/{escape(name)}")
    return gates


def read_criterion(column: Json, pointer: str) -> ranking.Criterion:
    """A criterion of the method `value`."""
    value = an_object(member(column, "value", pointer), f"{pointer}/value")
    only(value, ("points", "scale"), f"{pointer}/value")
    scale = one_of(value.get("scale", "linear"), ("linear", "log10"), f"{pointer}/value/scale")
    function = _read_points(value, cast("Scale", scale), f"{pointer}/value")
    own = _read_of_type(column.get("of_type"), function.scale, f"{pointer}/of_type")
    direction = column.get("direction")
    if direction is not None:
        one_of(direction, ("max", "min"), f"{pointer}/direction")
    missing = _read_missing(column.get("missing", "zero"), f"{pointer}/missing")
    try:
        return ranking.Criterion(
            column["id"], float(column["weight"]), function, missing, direction, column.get("group", ""), own
        )
    except BadInput as error:
        raise error.under(pointer) from error


def _read_points(given: Json, scale: Scale, pointer: str) -> ValueFunction:
    """The value function through the `points` of an object."""
    points = []
    for k, item in enumerate(a_list(member(given, "points", pointer), f"{pointer}/points")):
        where = f"{pointer}/points/{k}"
        pair = a_list(item, where)
        if len(pair) != 2:
            raise BadInput("a breakpoint is a pair [x, value]", where)
        points.append((a_number(pair[0], f"{where}/0"), a_number(pair[1], f"{where}/1")))
    try:
        return ValueFunction(points, scale)
    except BadInput as error:
        raise error.under(pointer) from error


def _read_of_type(given: Any, scale: Scale, pointer: str) -> dict[str, ValueFunction]:
    """Work type -> the value function it is read by, on the scale of that of all; `basis` is for who reads the file."""
    found = {}
    for kind, told in ({} if given is None else an_object(given, pointer)).items():
        where = f"{pointer}/{escape(kind)}"
        if not kind:
            raise BadInput("a work type needs a name", where)
        only(an_object(told, where), ("points", "basis"), where)
        a_string(told.get("basis", ""), f"{where}/basis")
        found[kind] = _read_points(told, scale, where)
    return found


def _read_missing(given: Any, pointer: str) -> Any:
    """ "zero" or the number of {"baseline": number}."""
    if isinstance(given, dict):
        only(given, ("baseline",), pointer)
        return a_number(member(given, "baseline", pointer), f"{pointer}/baseline")
    if given != "zero":
        raise BadInput('must be "zero" or {"baseline": number}', pointer)
    return given
