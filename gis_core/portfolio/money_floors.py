"""Floors in money, counted: what the works of each cost together and what is missing of it, in whole rupiah.

It knows nothing about which works are best; that they are kept as far as they can be is the business of `soft_floors`.
"""

from __future__ import annotations

from collections.abc import Collection

from gis_core.portfolio.model import Problem


def spent(problem: Problem, works: Collection[int]) -> dict[str, int]:
    """Name of each floor -> rupiah of year 1 that its works among these cost."""
    inside = set(works)
    return {
        floor.name: sum(problem.works[i].cost for i in floor.works & inside) for floor in problem.money_floors
    }


def missing(problem: Problem, works: Collection[int]) -> dict[str, int]:
    """Name of each floor that these works miss -> the rupiah it lacks."""
    got = spent(problem, works)
    lacks = {floor.name: floor.rupiah - got[floor.name] for floor in problem.money_floors}
    return {name: rupiah for name, rupiah in lacks.items() if rupiah > 0}


def is_kept(problem: Problem, works: Collection[int]) -> bool:
    """Whether no more is missing than may be."""
    return problem.most_missing is None or sum(missing(problem, works).values()) <= problem.most_missing
