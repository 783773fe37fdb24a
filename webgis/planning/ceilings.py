"""The most that a fund pays for one work, and for all works of one BKM together (method 2.9).

It knows nothing about who decides. The amounts are the city's (`funds` of catalogue/gates.toml); without any nothing is
kept out and everybody sees that none was entered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from webgis.planning import gates
from webgis.planning.gates import Gate
from webgis.planning.scoring import Judged

NAME: Final = "fund_ceiling"
GIVEN: Final = ("approved", "funded", "under_construction", "completed")
"""States in which a fund has promised its money or paid it."""


@dataclass(frozen=True)
class Ceiling:
    """Rupiah of a fund for one work and for one BKM, which has one kelurahan; None: not entered."""

    per_work: int | None
    per_bkm: int | None


NO_CEILING: Final = Ceiling(None, None)


def ceilings() -> Mapping[str, Ceiling]:
    """Fund -> its ceilings, for the funds that have rules of their own."""
    return {
        fund: Ceiling(told.get("most_per_work"), told.get("most_per_bkm"))
        for fund, told in gates.table()["funds"].items()
    }


def of_work(mine: Judged, others: Sequence[Judged]) -> tuple[Gate, ...]:
    """The gate of one work among the others of its kelurahan; none where it asks no such fund for money."""
    found = [gate for fund, told in ceilings().items() for gate in _of_fund(mine, others, fund, told)]
    return tuple(sorted(found, key=lambda gate: (False, None, True).index(gate.passed))[:1])


def added(known: Mapping[str, tuple[Gate, ...]], works: Sequence[Judged]) -> dict[str, tuple[Gate, ...]]:
    """Gates of works by id, and the one of ceilings behind them; works: all of the kelurahan."""
    by_id = {item.work.id: item for item in works}
    return {name: (*found, *of_work(by_id[name], works)) for name, found in known.items()}


def among(known: Sequence[Gate]) -> tuple[Gate, ...]:
    """The gate of ceilings among those of a work, if it has one."""
    return tuple(gate for gate in known if gate.name == NAME)


def _of_fund(mine: Judged, others: Sequence[Judged], fund: str, told: Ceiling) -> Iterator[Gate]:
    asked = mine.work.funding.get(fund, 0)
    if not asked:
        return
    if told.per_work is None and told.per_bkm is None:
        yield Gate(NAME, None, "gate_ceiling_unset", {"fund": fund})
        return
    if told.per_work is not None and asked > told.per_work:
        yield Gate(NAME, False, "gate_ceiling_work", {"fund": fund, "most": told.per_work})
    given = sum(
        item.work.funding.get(fund, 0)
        for item in others
        if item.state in GIVEN and item.work.id != mine.work.id
    )
    if told.per_bkm is not None and mine.state not in GIVEN and asked + given > told.per_bkm:
        params = {"fund": fund, "most": told.per_bkm, "given": given}
        yield Gate(NAME, False, "gate_ceiling_bkm", params)
    yield Gate(NAME, True)
