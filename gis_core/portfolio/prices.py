"""What a further rupiah of a fund and year would lift, and so what the money of a work brings elsewhere: duals of the
linear relaxation (method 5.5 e).

It knows nothing about plans. The relaxation is concave in the money, so with extra more in one place no plan is worth
more than the bound of the relaxation and the price times extra. A guide all the same: works are built whole.
"""

from __future__ import annotations

from gis_core.portfolio.funds import scale_of
from gis_core.portfolio.matrix import Model
from gis_core.program import Relaxed

Prices = dict[tuple[int, int], float]
"""Fund and year (0-based) -> U for each further rupiah, at most."""


def prices(model: Model, relaxed: Relaxed) -> Prices:
    """The price of every fund and year by the relaxation of a model.

    A rupiah more is one more in every ceiling that counts the fund in that year.
    """
    problem = model.problem
    unit = scale_of(problem) / model.unit
    return {
        (f, t): unit * max(
            0.0, sum(float(relaxed.duals[row]) for ceiling, row in model.row_of.items() if f in ceiling.funds[t])
        )
        for f in range(len(problem.funds))
        for t in range(problem.years)
    }  # fmt: skip


def elsewhere(model: Model, relaxed: Relaxed) -> dict[tuple[int, int], float]:
    """Work and year (0-based) -> U that its rupiah of that year bring elsewhere at the prices of the relaxation, for
    all years in which it can be built.
    """
    binding = [
        (ceiling, price) for ceiling, row in model.row_of.items() if (price := float(relaxed.duals[row])) > 0
    ]
    return {
        (i, t): sum(price * ceiling.asked[t][i] / model.unit for ceiling, price in binding)
        for i, t in model.column
    }
