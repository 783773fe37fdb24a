"""The portfolio as a program for the solver: a column per work and year, rows for money and rules.

It knows nothing about the search. The payments themselves are no columns: the min-cut ceilings of `funds`
say the same about them exactly (method 5.2), which keeps the program small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from gis_core.portfolio.funds import Ceiling
from gis_core.portfolio.model import Problem
from gis_core.portfolio.service import add_columns, gains, serve
from gis_core.program import Program

Terms = list[tuple[int, float]]


@dataclass(frozen=True, eq=False)
class Model:
    """A program with its meaning: column of work i in year t; least covered share; unit of money.

    unit: ceilings are divided by it, so that the solver sees numbers up to some 10,000. margin, yearless: as `write`
    was told. given: a program that was made of the written one; row_of: the row of each ceiling in both; short: column
    of the share that each floor in money misses -> that floor in the unit of money.
    """

    problem: Problem
    column: dict[tuple[int, int], int]
    theta: int | None
    rows: tuple[Ceiling, ...]
    unit: float
    floors: dict[str, float]
    margin: Mapping[str, float] | None
    yearless: bool
    row_of: dict[Ceiling, int] = field(default_factory=dict)
    short: dict[int, float] = field(default_factory=dict)
    given: Program | None = None

    @cached_property
    def program(self) -> Program:
        """Columns and rows, written when first asked for."""
        return _written(self) if self.given is None else self.given

    @cached_property
    def columns_of(self) -> dict[int, list[int]]:
        """The columns of each work that has any."""
        found: dict[int, list[int]] = {}
        for (i, _), c in self.column.items():
            found.setdefault(i, []).append(c)
        return found

    def built(self, work: int) -> Terms:
        """The terms of X_i, whether a work is built at all."""
        return [(c, 1.0) for c in self.columns_of.get(work, ())]

    def standing(self, work: int, year: int) -> Terms:
        """The terms of whether a work stands in a year (0-based), built then or before."""
        return [(self.column[work, t], 1.0) for t in range(year + 1) if (work, t) in self.column]

    def benefit(self) -> Terms:
        """The terms of U."""
        return [(c, gain) for c, gain in enumerate(self.program.gain) if gain]

    def with_program(self, program: Program) -> Model:
        """The same meaning over a program with more rows or another gain."""
        return replace(self, given=program)


def write(
    problem: Problem,
    rows: Sequence[Ceiling],
    floors: Mapping[str, float] | None = None,
    margin: Mapping[str, float] | None = None,
    yearless: bool = False,
) -> Model:
    """The program of a problem that maximises U.

    floors: zone -> least covered weight. margin: zone -> weight; adds a column theta that, times it, is at
    most what is covered there.
    yearless: the relaxation in which money may move between the years a work may be built in. It has one
    column per work and no twins that differ by year only, so its bound is found sooner.
    """
    windows = reachable_years(problem)
    if yearless:
        windows = [window[:1] for window in windows]
    places = [(i, t) for i, window in enumerate(windows) for t in window]
    column = {place: c for c, place in enumerate(places)}
    theta = None if margin is None else len(column)
    largest = max((max([c.money, *(max(a, default=0) for a in c.asked)]) for c in rows), default=0)
    unit = max(1.0, largest / 1e5)
    return Model(problem, column, theta, tuple(rows), unit, dict(floors or {}), margin, yearless)


def _written(model: Model) -> Program:
    program = Program()
    for i, t in model.column:
        program.column(model.problem.works[i].value * model.problem.since[t], True)
    if model.theta is not None:
        program.column(0.0, False)
    _once(model, program)
    if model.yearless:
        _money_over_years(model, program)
    else:
        _money(model, program)
    _relations(model, program)
    _money_floors(model, program)
    _demands(model, program)
    return program


def reachable_years(problem: Problem) -> list[tuple[int, ...]]:
    """Years in which each work may be built once its predecessors' years are respected."""
    windows = list(problem.windows)
    for _ in range(len(windows)):
        before = list(windows)
        for a, b in problem.precedence:
            first = min(windows[a], default=problem.years)
            windows[b] = tuple(t for t in windows[b] if t >= first)
        if windows == before:
            break
    return windows


def _once(model: Model, program: Program) -> None:
    for i in range(len(model.problem.works)):
        if len(terms := model.built(i)) > 1:
            program.at_most(terms, 1.0)


def _money(model: Model, program: Program) -> None:
    for ceiling in model.rows:
        terms = [(c, ceiling.asked[t][i] / model.unit) for (i, t), c in model.column.items()]
        model.row_of[ceiling] = program.at_most(terms, ceiling.money / model.unit)


def _money_over_years(model: Model, program: Program) -> None:
    """Works that must be built within some years cost no more than these years have."""
    windows = reachable_years(model.problem)
    for ceiling in [*model.rows, *in_a_row(model.rows)]:
        counted = set(ceiling.years)
        terms = [
            (c, min([ceiling.asked[t][i] for t in windows[i]]) / model.unit)
            for (i, _), c in model.column.items()
            if counted.issuperset(windows[i])
        ]
        if any(asked for _, asked in terms):
            model.row_of[ceiling] = program.at_most(terms, ceiling.money / model.unit)


def in_a_row(rows: Sequence[Ceiling]) -> list[Ceiling]:
    """The one-year ceilings of the same funds in two or more years running, added up."""
    by_funds: dict[tuple[int, ...], dict[int, Ceiling]] = {}
    for row in rows:
        if len(row.years) == 1:
            (year,) = row.years
            by_funds.setdefault(row.funds[year], {})[year] = row
    found = []
    for by_year in by_funds.values():
        for first in by_year:
            total, year = by_year[first], first + 1
            while year in by_year:
                total, year = total.plus(by_year[year]), year + 1
                found.append(total)
    return found


def _relations(model: Model, program: Program) -> None:
    problem, column = model.problem, model.column
    for a, b in problem.precedence if model.yearless else ():
        then, first = model.built(b), model.built(a)
        if then:
            program.at_most(then + [(c, -1.0) for c, _ in first], 0.0)
    for a, b in () if model.yearless else problem.precedence:
        for year in range(problem.years):
            if (b, year) in column:
                then = [(c, 1.0) for (i, t), c in column.items() if i == b and t <= year]
                first = [(c, -1.0) for (i, t), c in column.items() if i == a and t <= year]
                program.at_most(then + first, 0.0)
    for group in problem.exclusive:
        terms = [term for i in sorted(set(group)) for term in model.built(i)]
        if terms:
            program.at_most(terms, 1.0)
    for (year, part), (a, b, q) in product(problem.counted, problem.synergy):
        first, then = model.standing(a, year), model.standing(b, year)
        if not (first and then and q):
            continue
        both = program.column(part * q, False)
        if q > 0:
            program.at_most([(both, 1.0), *((c, -1.0) for c, _ in first)], 0.0)
            program.at_most([(both, 1.0), *((c, -1.0) for c, _ in then)], 0.0)
        else:
            program.at_most([*first, *then, (both, -1.0)], 1.0)
    for limit in problem.limits:
        size = max([1.0, *(abs(float(u)) for u in limit.use)])
        terms = [(c, float(limit.use[i]) / size) for (i, _), c in column.items()]
        program.at_most(terms, float(limit.capacity) / size)


def _money_floors(model: Model, program: Program) -> None:
    """What is missing of each floor in money, and no more in all than may be."""
    problem = model.problem
    if problem.most_missing is None:
        return
    for floor in problem.money_floors:
        if floor.rupiah > 0:
            short = program.column(0.0, False)
            model.short[short] = floor.rupiah / model.unit
            has = [(c, problem.works[i].cost / floor.rupiah) for i in floor.works for c, _ in model.built(i)]
            program.at_least([(short, 1.0), *has], 1.0)
    # Half a rupiah more, since the shares are numbers of a computer.
    program.at_most(model.short.items(), (problem.most_missing + 0.5) / model.unit)


def _demands(model: Model, program: Program) -> None:
    """Covered shares in every year that counts, each demand once; by zone only at the end and where zones matter."""
    problem = model.problem
    covered: dict[str, Terms] = {place: [] for place in problem.zones}
    by_zone = model.theta is not None or bool(model.floors)
    for year, part in problem.counted:
        _served(model, program, year, part, covered if by_zone and year == problem.years - 1 else None)
    for place, floor in model.floors.items():
        if floor > 0:
            program.at_least(covered.get(place, []), floor - 1e-7 * max(1.0, floor))
    if model.theta is not None:
        for place, whole in (model.margin or {}).items():
            program.at_least([*covered.get(place, []), (model.theta, -whole)], 0.0)


def _served(model: Model, program: Program, year: int, part: float, covered: dict[str, Terms] | None) -> None:
    """Shares covered in a year (0-based) that counts so much; covered: zone -> terms of its weight, to be filled."""
    problem = model.problem
    together = problem.together if covered is None else problem.nodes
    for reach, weight, place in zip(together.reach, together.weight.tolist(), together.zone, strict=True):
        terms = [term for i in reach for term in model.standing(i, year)]
        if len(reach) == 1:
            for c, _ in terms:
                program.gain[c] += part * weight
            shares = [(c, weight) for c, _ in terms]
        elif terms:
            share = program.column(part * weight, False)
            program.at_most([(share, 1.0), *((c, -1.0) for c, _ in terms)], 0.0)
            shares = [(share, weight)]
        else:
            shares = []
        if covered is not None and isinstance(place, str):
            covered[place] += shares
    names = list(problem.zones)
    usable = {i: terms for i in sorted(problem.shared.near) if (terms := model.standing(i, year))}
    # A work that shares its demands with no other serves the same wherever it is built: a number, not columns.
    for i in (
        [i for i in usable if problem.shared.near[i].isdisjoint(usable.keys() - {i})]
        if covered is None
        else ()
    ):
        serves = float(gains(problem.shared, serve(problem.shared, [i])).sum())
        for c, _ in usable.pop(i):
            program.gain[c] += part * serves
    for (k, _), c in add_columns(program, problem.shared, usable).items():
        if covered is not None and (number := problem.shared.zone[k]) >= 0:
            covered[names[number]].append((c, program.gain[c]))
        program.gain[c] *= part
