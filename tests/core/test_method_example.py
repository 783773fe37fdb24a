"""The small plan of docs/method.md, computed: two works that share homes, and the best single one left out."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from gis_core import masterplan
from gis_core.masterplan import Candidate, Homes, Rules, Worth
from gis_core.portfolio import Options, benefit, make_plan


def test_the_plan_of_the_document_is_b_and_c() -> None:
    homes = Homes(np.ones(60), ["RW 1"] * 60, np.zeros(60), {"drain": np.zeros(60)})
    drains = [
        Candidate(name, cost, "drain", np.arange(first - 1, last), 0.0, {0: Fraction(1)})
        for name, cost, first, last in (("A", 60, 1, 30), ("B", 50, 21, 45), ("C", 45, 46, 60))
    ]
    problem = masterplan.problem(drains, homes, Worth(1.0, 0.0, 0.0, 0.0), Rules(1, ("blm",), ((100,),)))
    plan = make_plan(problem, Options(explain=False))
    assert plan.schedule == (None, 0, 0)
    assert plan.objective == 40.0
    assert benefit.total(problem, [0]) == 30.0
