"""The most that a fund pays for one work, for all works of one BKM together, and for those of a city (method 2.9).

It knows nothing about who decides. The amounts are the city's (`funds` of catalogue/gates.toml); without any nothing is
kept out and everybody sees that none was entered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from webgis.planning.judging import gates
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.scoring import Judged
from webgis.planning.regions import city_of
from webgis.store import proposals

NAME: Final = "fund_ceiling"
GIVEN: Final = ("approved", "funded", "under_construction", "completed")
"""States in which a fund has promised its money or paid it."""


@dataclass(frozen=True)
class Ceiling:
    """Rupiah of a fund for one work, for one BKM, which has one kelurahan, and for the city; None: not entered."""

    per_work: int | None
    per_bkm: int | None
    city_pool: int | None


NO_CEILING: Final = Ceiling(None, None, None)


@dataclass(frozen=True)
class Bound:
    """At most so many rupiah of a fund, of which so many are given already; code: of the sentence for more."""

    code: str
    most: int
    given: int

    @property
    def room(self) -> int:
        """What is left of it."""
        return max(0, self.most - self.given)


def ceilings() -> Mapping[str, Ceiling]:
    """Fund -> its ceilings, for the funds that have rules of their own."""
    return {
        fund: Ceiling(told.get("most_per_work"), told.get("most_per_bkm"), told.get("city_pool"))
        for fund, told in gates.table()["funds"].items()
    }


def given_in_city(session: Session, kelurahan: str) -> Mapping[str, int]:
    """Fund -> rupiah given to works of the city of a kelurahan; empty where no fund has a pool."""
    if all(told.city_pool is None for told in ceilings().values()):
        return {}
    return proposals.money_by_fund(session, city_of(kelurahan), GIVEN)


def of_work(mine: Judged, others: Sequence[Judged], in_city: Mapping[str, int]) -> tuple[Gate, ...]:
    """The gate of one work among the others of its kelurahan; none where it asks no such fund for money.

    in_city: what is given in the whole city, see `given_in_city`.
    """
    found = [
        gate for fund, told in ceilings().items() for gate in _of_fund(mine, others, in_city, fund, told)
    ]
    return tuple(sorted(found, key=lambda gate: (False, None, True).index(gate.passed))[:1])


def of_plan(session: Session, kelurahan: str, chosen_from: Sequence[str]) -> dict[str, tuple[Bound, ...]]:
    """Fund -> what the budget of a plan stays within, for funds of which a BKM or the city has so much and no more.

    chosen_from: states of the works that the plan chooses from. They are paid from its budget, so what they were given
    is no money gone before.
    """
    told = {fund: most for fund, most in ceilings().items() if (most.per_bkm, most.city_pool) != (None, None)}
    if not told:
        return {}
    gone = [state for state in GIVEN if state not in chosen_from]
    here, own = (
        proposals.money_by_fund(session, kelurahan, states)
        for states in (gone, [state for state in GIVEN if state in chosen_from])
    )
    city = proposals.money_by_fund(session, city_of(kelurahan), GIVEN)

    def bounds(fund: str, most: Ceiling) -> Iterator[Bound]:
        if most.per_bkm is not None:
            yield Bound("budget_above_ceiling", most.per_bkm, here.get(fund, 0))
        if most.city_pool is not None:
            yield Bound("budget_above_pool", most.city_pool, city.get(fund, 0) - own.get(fund, 0))

    return {fund: tuple(bounds(fund, most)) for fund, most in told.items()}


def _of_fund(
    mine: Judged, others: Sequence[Judged], in_city: Mapping[str, int], fund: str, told: Ceiling
) -> Iterator[Gate]:
    asked = mine.work.funding.get(fund, 0)
    if not asked:
        return
    if told == NO_CEILING:
        yield Gate(NAME, None, "gate_ceiling_unset", {"fund": fund})
        return
    if told.per_work is not None and asked > told.per_work:
        yield Gate(NAME, False, "gate_ceiling_work", {"fund": fund, "most": told.per_work})
    given = sum(
        item.work.funding.get(fund, 0)
        for item in others
        if item.state in GIVEN and item.work.id != mine.work.id
    )
    for code, most, before in (
        ("gate_ceiling_bkm", told.per_bkm, given),
        ("gate_ceiling_city", told.city_pool, in_city.get(fund, 0)),
    ):
        if most is not None and mine.state not in GIVEN and asked + before > most:
            yield Gate(NAME, False, code, {"fund": fund, "most": most, "given": before})
    yield Gate(NAME, True)
