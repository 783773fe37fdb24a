"""Which of several equally good plans: the cheapest, then the earliest, then by the order of ids.

It knows nothing about why plans are equal. Rules of method 5.4, each solved with the ones before held.
"""

from __future__ import annotations

from gis_core.portfolio.benefit import Schedule, built, only, value
from gis_core.portfolio.greedy import Ledger
from gis_core.portfolio.matrix import Model
from gis_core.portfolio.search import aiming, search


def resolve(model: Model, schedule: Schedule) -> Schedule:
    """The plan that the tie rules prefer among those worth as much (for proven optima of small problems)."""
    problem = model.problem
    worth = value(problem, schedule, model.floors)
    slack = 0.5 if problem.is_whole else 1e-7 * max(1.0, abs(worth))
    program = model.program.copy()
    program.at_least(model.benefit(), worth - slack)
    held = model.with_program(program)
    dearest = max([1.0, *(float(c) for row in problem.cost for c in row)])
    cost = {c: problem.cost[i][t] / dearest for (i, t), c in model.column.items()}
    late = {c: t + 1.0 for (_, t), c in model.column.items()}
    for weight, step in ((cost, 0.5 / dearest), (late, 0.5)):
        held, schedule = _least(held, weight, schedule, max(step, 1e-7))
    for work in sorted(range(len(problem.works)), key=lambda i: problem.works[i].id):
        held, schedule = _first(held, work, schedule)
    return schedule


def pull_forward(model: Model, schedule: Schedule) -> Schedule:
    """The same works without those that add nothing, each as early as the money allows, one after the other; unless
    that lowers U, as where works are worth less beside each other and years count.
    """
    problem = model.problem
    works = list(built(schedule))
    worth = value(problem, schedule, model.floors)
    is_free = not (model.floors or problem.limits or problem.money_floors)
    dearest = sorted(works, key=lambda i: (-problem.works[i].cost, problem.works[i].id)) if is_free else []
    for work in dearest:
        rest = [i for i in works if i != work]
        needed = any(a == work and b in works for a, b in problem.precedence)
        if not needed and value(problem, only(schedule, rest)) >= worth:
            works = rest
    ledger = Ledger(problem, model.rows)
    years = {i: schedule[i] or 0 for i in works}
    for work, year in years.items():
        ledger.put(work, year)
    late = [i for i, year in years.items() if year > problem.windows[i][0]]
    for work in sorted(late, key=lambda i: (years[i], problem.works[i].id)):
        ledger.remove(work)
        if not ledger.add([work]):
            ledger.put(work, years[work])
    early = ledger.schedule()
    return early if value(problem, early, model.floors) >= worth else only(schedule, works)


def _least(model: Model, weight: dict[int, float], schedule: Schedule, step: float) -> tuple[Model, Schedule]:
    """Hold a weighted sum at its least."""
    found = search(aiming(model, {c: -w for c, w in weight.items()}))
    if found is not None and found.schedule is not None:
        schedule = found.schedule
    least = sum(weight[model.column[i, t]] for i, t in enumerate(schedule) if t is not None)
    program = model.program.copy()
    program.at_most(weight.items(), least + step)
    return model.with_program(program), schedule


def _first(model: Model, work: int, schedule: Schedule) -> tuple[Model, Schedule]:
    """Hold one work at its earliest year, or out if it cannot be in."""
    years = sorted(t for i, t in model.column if i == work)
    if not years:
        return model, schedule
    if schedule[work] != years[0]:
        found = search(aiming(model, {model.column[work, t]: 1.0 + years[-1] - t for t in years}))
        if found is not None and found.schedule is not None:
            schedule = found.schedule
    program = model.program.copy()
    chosen = schedule[work]
    for year in years:
        if year == chosen:
            program.at_least([(model.column[work, year], 1.0)], 1.0)
        else:
            program.at_most([(model.column[work, year], 1.0)], 0.0)
    return model.with_program(program), schedule
