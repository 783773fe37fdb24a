"""How far weights may move: a ranking by weights inside the range keeps the first ones, one outside does not."""

from __future__ import annotations

import pytest

from tests.planning.conftest import KELURAHAN, actor
from webgis.planning.errors import BadDocument
from webgis.planning.judging.desk import Desk
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.planning.ranking.stability import usual_top
from webgis.store.database import Database


def moved(weights: dict[str, float], name: str, to: float) -> dict[str, float]:
    """One weight moved, the others in proportion."""
    rest = (1 - to) / (1 - weights[name])
    return {key: to if key == name else weight * rest for key, weight in weights.items()}


def first(run: dict, top: int) -> set[str]:
    return {row["id"] for row in run["ranking"][:top]}


def test_the_first_stay_inside_the_range_of_each_weight_and_change_outside(
    shared_db: Database, desk: Desk
) -> None:
    planner = actor(shared_db, "planner")

    def run(weights: dict[str, float] | None = None) -> dict:
        return rank_kelurahan(shared_db, desk, planner, KELURAHAN, weights=weights, top=3, keep=False)

    now = run()
    stable = now["stability"]
    assert stable["top"] == 3 and list(stable["ranges"]) == list(now["weights"])
    outside = 0
    for name, ends in stable["ranges"].items():
        assert 0 <= ends["low"] <= now["weights"][name] <= ends["high"] <= 1
        for end, beyond in (
            (ends["low"] + 1e-6, ends["low"] - 1e-4),
            (ends["high"] - 1e-6, ends["high"] + 1e-4),
        ):
            if 0 < end < 1:
                assert first(run(moved(now["weights"], name, end)), 3) == first(now, 3), name
            if 0 < beyond < 1:
                outside += 1
                assert first(run(moved(now["weights"], name, beyond)), 3) != first(now, 3), name
    assert outside > 3


def test_what_a_proposal_lacks_for_first_place_puts_it_there(shared_db: Database, desk: Desk) -> None:
    planner = actor(shared_db, "planner")
    now = rank_kelurahan(shared_db, desk, planner, KELURAHAN, keep=False)
    best, *others = [row for row in now["ranking"] if row["rank"]]
    assert best["to_first"] is None
    lifted = 0
    for row in others:
        lacks = row["to_first"]
        assert row["score"] + lacks["points"] == pytest.approx(best["score"])
        if lacks["criterion"] is None:
            continue
        lifted += 1
        middle = min(max((lacks["low"] + lacks["high"]) / 2, 0), 1)
        then = rank_kelurahan(
            shared_db, desk, planner, KELURAHAN, keep=False,
            weights=moved(now["weights"], lacks["criterion"], middle),
        )  # fmt: skip
        assert next(one["rank"] for one in then["ranking"] if one["id"] == row["id"]) == 1
    assert lifted > 0
    failing = [row for row in now["ranking"] if row["rank"] is None]
    assert all(row["to_first"] is None for row in failing)


def test_how_many_first_places_are_watched(shared_db: Database, desk: Desk) -> None:
    assert [usual_top(n) for n in (0, 1, 3, 4, 19, 20, 500)] == [1, 1, 1, 3, 3, 10, 10]
    planner = actor(shared_db, "planner")
    for bad in (0, -1, 10_000):
        with pytest.raises(BadDocument) as caught:
            rank_kelurahan(shared_db, desk, planner, KELURAHAN, top=bad, keep=False)
        assert caught.value.problems[0].pointer == "/top"
    whole = rank_kelurahan(shared_db, desk, planner, KELURAHAN, top=1_000, keep=False)["stability"]
    assert all(ends == {"low": 0, "high": 1} for ends in whole["ranges"].values())
