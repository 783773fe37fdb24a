"""Which set of works fits the money: years, funds, relations, equity, with proof and reasons.

It knows nothing about documents, jobs or maps; problem in, plan out. The method is section 5 of the
design: maximum coverage with values as a mixed-integer program, greedy first, bound always.

Public face: `Problem`, `Work`, `Limit`, `MoneyFloor`, `Options`, `make_plan`, `steps` and what they return.
"""

from gis_core.portfolio.model import Problem
from gis_core.portfolio.plan import Admission, Conflict, Kept, LeftOut, Options, Plan, Progress
from gis_core.portfolio.solve import make_plan, steps
from gis_core.portfolio.work import Limit, MoneyFloor, Work

__all__ = [
    "Admission", "Conflict", "Kept", "LeftOut", "Limit", "MoneyFloor", "Options", "Plan", "Problem", "Progress", "Work",
    "make_plan", "steps",
]  # fmt: skip
