"""What mends floors and pins that cannot be had: the least money, the fewest pins, the highest floors, each tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core import masterplan
from gis_core.masterplan import Candidate
from gis_core.portfolio import make_plan
from gis_core.portfolio.relief import Relief
from tests.core.test_masterplan import QUIET, WORTH, homes, rules, work


def people(n: int) -> Any:
    """Each household in an RW of its own."""
    found = homes(n)
    return replace(found, zone=[f"RW {k}" for k in range(n)])


def asked(candidates: Sequence[Candidate], *yearly: int, **more: Any) -> tuple[Relief, Any]:
    problem = masterplan.problem(candidates, people(4), WORTH, rules(*yearly, **more))
    assert not make_plan(problem, QUIET).feasible
    return masterplan.mend(problem, candidates, [0]), problem


def pin(name: str, serves: list[int], cost: int, **more: Any) -> Candidate:
    return work(name, serves, cost, required=True, **more)


def test_pins_need_the_missing_money_or_one_pin_less() -> None:
    found, _ = asked([pin("a", [0], 10), pin("b", [1], 7), pin("c", [2], 3)], 15)
    assert found.extra is not None
    assert (found.extra.fund, found.extra.year, found.extra.extra, found.extra.proven) == (0, 0, 5, True)
    assert found.let_go is not None and len(found.let_go) == 1
    assert (found.factor, found.together) == (None, False)


def test_money_does_not_help_what_excludes_each_other() -> None:
    found, _ = asked([pin("a", [0], 1), pin("b", [1], 1)], 15, exclusive=((0, 1),))
    assert found.extra is None
    assert found.let_go is not None and len(found.let_go) == 1


def test_least_shares_come_down_to_what_the_money_reaches() -> None:
    works = [work("a", [0], 10), work("b", [1], 10)]
    found, _ = asked(works, 10, zone_share={"RW 0": 1.0, "RW 1": 1.0})
    assert found.extra is not None and found.extra.extra == 10
    assert (found.let_go, found.factor) == (None, 0.0)
    halves = [
        work("a", [0], 6),
        work("b", [0], 6, service="road"),
        work("c", [1], 6),
        work("d", [1], 6, service="road"),
    ]
    found, _ = asked(halves, 12, zone_share={"RW 0": 1.0, "RW 1": 1.0})
    assert found.factor == pytest.approx(0.5)


def test_a_pin_that_can_never_be_built_is_let_go_and_shares_come_down_with_it() -> None:
    gone = pin("gone", [0], 1, failed_gates=("river",))
    works = [gone, work("a", [1], 10), work("b", [2], 10)]
    found, _ = asked(works, 10, zone_share={"RW 1": 1.0})
    assert (found.extra, found.let_go, found.factor) == (None, ("must:gone",), None)
    found, _ = asked(works, 10, zone_share={"RW 1": 1.0, "RW 2": 1.0})
    assert (found.let_go, found.factor, found.together) == (("must:gone",), 0.0, True)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=2, max_size=4),
    st.lists(st.integers(0, 9), min_size=1, max_size=2),
    st.sampled_from([0.0, 0.5, 1.0]),
)
def test_each_relief_is_enough_and_a_rupiah_less_is_not(
    given: list[tuple[int, bool]], yearly: list[int], share: float
) -> None:
    works = [work(f"w{k}", [k % 4], cost, required=must) for k, (cost, must) in enumerate(given)]
    floors = {f"RW {k}": share for k in range(2) if share}
    problem = masterplan.problem(works, people(4), WORTH, rules(*yearly, zone_share=floors))
    if make_plan(problem, QUIET).feasible:
        return
    found = masterplan.mend(problem, works, [0])
    assert found.extra is not None

    def possible(extra: int) -> bool:
        row = list(problem.budget[0])
        row[found.extra.year] += extra  # type: ignore[union-attr]
        return make_plan(replace(problem, budget=(tuple(row),)), QUIET).feasible

    assert possible(found.extra.extra) and not possible(found.extra.extra - 1)
    pins = {masterplan.PIN + w.id: masterplan.PIN_POINTS for w in works if w.required}
    if found.let_go is not None and not found.together:
        left = {zone: floor for zone, floor in problem.zone_floor.items() if zone not in found.let_go}
        assert make_plan(replace(problem, zone_floor=left), QUIET).feasible
    if found.factor is not None and not found.together:
        lower = {z: f if z in pins else f * found.factor for z, f in problem.zone_floor.items()}
        assert make_plan(replace(problem, zone_floor=lower), QUIET).feasible
