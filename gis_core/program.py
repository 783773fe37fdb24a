"""Linear programs with whole-number variables: rows in, solution, proven bound and duals out.

It knows nothing about households, works or money; `coverage` and `portfolio` write their rows here.
HiGHS by scipy solves them, one thread, stopped by gap or node count so that every machine answers alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]
from scipy.optimize import Bounds, LinearConstraint, linprog, milp  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput

Floats = NDArray[np.float64]
Terms = Iterable[tuple[int, float]]


class SolverFailed(BadInput):
    """The solver reports a fault of its own or numbers out of all proportion."""


@dataclass
class Program:
    """max gain . x subject to rows (A x <= limit), 0 <= x <= upper, some x whole.

    Columns and rows are added one by one and keep their numbers. A variable that may not be used is
    never added: modelling layers were seen to drop a bound of 0 (method 7).
    """

    gain: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    limit: list[float] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)
    _columns: list[int] = field(default_factory=list)
    _values: list[float] = field(default_factory=list)

    def column(self, gain: float, whole: bool, upper: float = 1.0) -> int:
        """Add a variable in 0..upper; returns its number."""
        self.gain.append(gain)
        self.whole.append(whole)
        self.upper.append(upper)
        return len(self.gain) - 1

    def at_most(self, terms: Terms, limit: float) -> int:
        """Add the row: sum of value * x <= limit, terms being (column, value); returns its number."""
        row = len(self.limit)
        for column, value in terms:
            if value:
                self._rows.append(row)
                self._columns.append(column)
                self._values.append(value)
        self.limit.append(limit)
        return row

    def at_least(self, terms: Terms, limit: float) -> int:
        """Add the row: sum of value * x >= limit."""
        return self.at_most(((column, -value) for column, value in terms), -limit)

    def also(self, row: int, column: int, value: float) -> None:
        """Add a term to a row that is there already."""
        self._rows.append(row)
        self._columns.append(column)
        self._values.append(value)

    def copy(self) -> Program:
        """The same program, to add rows to without touching this one."""
        return Program(*(list(getattr(self, name)) for name in self.__dataclass_fields__))

    def matrix(self) -> Any:
        """The rows as a sparse matrix (rows, columns)."""
        shape = (len(self.limit), len(self.gain))
        return sparse.csr_matrix((self._values, (self._rows, self._columns)), shape=shape)


@dataclass(frozen=True, eq=False)
class Relaxed:
    """The linear relaxation: its value (an upper bound), duals of the rows, reduced costs of the columns."""

    value: float
    duals: Floats
    reduced: Floats


@dataclass(frozen=True, eq=False)
class Solved:
    """A solver's word, to be re-checked: x, its value, the proven bound, whether it ran to the end."""

    x: Floats
    value: float
    bound: float
    finished: bool


def relax(program: Program, fixed: dict[int, float] | None = None) -> Relaxed | None:
    """The relaxation of a program, some columns fixed; None if nothing satisfies the rows."""
    low, high = _bounds(program, fixed)
    if not program.gain:
        return (
            Relaxed(0.0, np.zeros(len(program.limit)), np.empty(0))
            if min(program.limit, default=0) >= 0
            else None
        )
    rows: dict[str, Any] = {}
    if program.limit:
        rows = {"A_ub": program.matrix(), "b_ub": np.array(program.limit)}
    bounds: Any = np.column_stack([low, high])
    answer: Any = linprog(-np.array(program.gain), bounds=bounds, method="highs", **rows)
    if answer.status == 2:
        return None
    _expect(answer.status == 0, answer.message)
    duals = -answer.ineqlin.marginals if program.limit else np.empty(0)
    return Relaxed(float(-answer.fun), duals, -(answer.lower.marginals + answer.upper.marginals))


def solve(
    program: Program,
    gap: float = 0.0,
    nodes: int | None = None,
    fixed: dict[int, float] | None = None,
    seconds: float | None = None,
) -> Solved | None:
    """The best whole-number solution within a relative gap; None if there is none.

    nodes: limit of the search tree; a search that ends without any solution gives x = NaN and the
    bound. seconds: an emergency brake that makes the answer depend on the machine; `finished` is then
    False. Raises SolverFailed only if the solver reports a fault.
    """
    if not program.gain:
        return Solved(np.empty(0), 0.0, 0.0, True) if relax(program) else None
    low, high = _bounds(program, fixed)
    rows = LinearConstraint(program.matrix(), -np.inf, np.array(program.limit)) if program.limit else None
    limits = {"node_limit": nodes, "time_limit": seconds}
    options: Any = {"mip_rel_gap": gap} | {k: v for k, v in limits.items() if v is not None}
    answer = milp(
        -np.array(program.gain),
        constraints=rows,
        bounds=Bounds(low, high),
        integrality=np.array(program.whole, dtype=np.int64),
        options=options,
    )
    if answer.status == 2:
        return None
    # scipy has no word of its own for a node limit: status 4 and HiGHS's "limit reached".
    _expect(answer.status in (0, 1) or "limit" in answer.message.lower(), answer.message)
    bound = answer.mip_dual_bound
    bound = np.inf if bound is None or not np.isfinite(bound) else float(-bound)
    if answer.x is None:
        return Solved(np.full(len(program.gain), np.nan), -np.inf, bound, False)
    value = float(-answer.fun)
    return Solved(np.asarray(answer.x), value, max(bound, value), answer.status == 0)


def _bounds(program: Program, fixed: dict[int, float] | None) -> tuple[Floats, Floats]:
    """Lower and upper bounds of the columns; a fixed column has both at its value."""
    low, high = np.zeros(len(program.upper)), np.array(program.upper, dtype=np.float64)
    for column, value in (fixed or {}).items():
        low[column] = high[column] = value
    return low, high


def _expect(sound: bool, message: str) -> None:
    """Raise if the solver failed: the input must be out of all proportion."""
    if not sound:
        raise SolverFailed(f"the solver gave up: {message}")
