"""Rankings on the sample city: sums, order, repeatability, weights, rights, the second list."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.access import PUBLIC
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.errors import BadDocument, NotAllowed, NotFound, SignInNeeded
from webgis.planning.judging.desk import Desk, open_desk
from webgis.planning.judging.household_counts import OF_HOUSEHOLDS
from webgis.planning.judging.provenance import catalogue_hash, program_hash
from webgis.planning.proposals import proposals
from webgis.planning.ranking.city_ranking import KEPT, merge
from webgis.planning.ranking.ranking import get_ranking, list_rankings, rank_kelurahan
from webgis.planning.ranking.robust import Asked
from webgis.store.database import Database


def comparable(run: dict[str, Any]) -> str:
    return json.dumps({k: v for k, v in run.items() if k != "id"}, sort_keys=True)


def test_contributions_sum_to_the_score_and_ranks_follow_it(shared_db: Database, desk: Desk) -> None:
    run = rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), KELURAHAN, keep=False)
    works = proposals.list_proposals(shared_db, PUBLIC, kelurahan=KELURAHAN, state=OPEN_STATES, limit=1000)
    assert {row["id"] for row in run["ranking"]} == {item.id for item in works.items}
    for row in run["ranking"]:
        assert sum(row["contributions"].values()) == pytest.approx(row["score"], abs=1e-9)
        assert 0 <= row["low"] <= row["score"] <= row["high"] <= 100
    scores = [row["score"] for row in run["ranking"] if row["rank"] is not None]
    assert scores == sorted(scores, reverse=True)
    assert run["ranking"][0]["rank"] == 1
    places = [row["rank"] for row in run["ranking"]]
    out = [row for row in run["ranking"] if row["rank"] is None]
    assert places == sorted(places, key=lambda place: (place is None, place)) and out, (
        "gates put some below the rest"
    )
    assert all(bool(row["gates_failed"]) == (row["rank"] is None) != row["passes"] for row in run["ranking"])


def test_a_run_is_kept_and_repeats_to_the_byte(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    first = rank_kelurahan(db, desk, planner, KELURAHAN)
    again = rank_kelurahan(db, open_desk(desk.facts._data_dir), planner, KELURAHAN)
    assert comparable(first) == comparable(again)
    assert comparable(get_ranking(db, planner, first["id"])) == comparable(first)
    assert [row["id"] for row in list_rankings(db, planner, KELURAHAN)] == [again["id"], first["id"]]
    assert first["data_versions"]["proposals"] >= 1
    with pytest.raises(SignInNeeded):
        get_ranking(db, PUBLIC, first["id"])
    with pytest.raises(NotFound):
        get_ranking(db, planner, "nonsense")


def test_a_score_does_not_depend_on_the_other_proposals(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    before = {row["id"]: row["score"] for row in rank_kelurahan(db, desk, planner, KELURAHAN)["ranking"]}
    new = proposals.create_proposal(db, planner, a_draft(db))
    after = {row["id"]: row["score"] for row in rank_kelurahan(db, desk, planner, KELURAHAN)["ranking"]}
    assert after.pop(new.id) > 0
    assert after == before


def test_weights_of_a_meeting_are_used_and_checked(shared_db: Database, desk: Desk) -> None:
    planner = actor(shared_db, "planner")
    run = rank_kelurahan(shared_db, desk, planner, KELURAHAN, weights={"poor_served": 1.0}, keep=False)
    served = [row["served"] for row in run["ranking"]]
    assert served[:3] == sorted(served[:3], reverse=True) or served[0] >= 150
    assert all({k for k, v in row["contributions"].items() if v} <= {"poor_served"} for row in run["ranking"])
    for bad, code in (
        ({"poor_served": 0.5}, "weights_invalid"),
        ({"poor_served": 1.5, "land": -0.5}, "weight_impossible"),
        ({"poor_served": float("nan")}, "weight_impossible"),
        ({name.id: 0.0 for name in catalogue().criteria}, "weights_invalid"),
        ({"beauty": 1.0}, "weights_unknown"),
    ):
        with pytest.raises(BadDocument) as caught:
            rank_kelurahan(shared_db, desk, planner, KELURAHAN, weights=bad, keep=False)
        assert caught.value.problems[0].code == code


def test_rankings_are_for_those_with_the_right(shared_db: Database, desk: Desk) -> None:
    with pytest.raises(SignInNeeded):
        rank_kelurahan(shared_db, desk, PUBLIC, KELURAHAN)
    with pytest.raises(NotAllowed):
        rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), NEXT_DOOR)
    with pytest.raises(NotAllowed):
        rank_kelurahan(shared_db, desk, actor(shared_db, "partner", "99.01"), KELURAHAN)
    with pytest.raises(NotFound):
        rank_kelurahan(shared_db, desk, actor(shared_db, "admin", "99"), "99.01.01.1009")


def test_an_empty_kelurahan_has_an_empty_ranking(shared_db: Database, desk: Desk) -> None:
    run = rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), KELURAHAN, states=[], keep=False)
    assert run["ranking"] == []
    robust = rank_kelurahan(
        shared_db, desk, actor(shared_db, "planner"), KELURAHAN, states=[], robustness=Asked(), keep=False
    )
    assert (robust["ranking"], robust["agreement"]) == ([], {})


def test_a_run_names_the_digests_of_what_computed_it(shared_db: Database, desk: Desk) -> None:
    planner = actor(shared_db, "planner")
    run = rank_kelurahan(shared_db, desk, planner, KELURAHAN, keep=False)
    assert {len(run["catalogue_hash"]), len(run["program_hash"])} == {64}
    assert run["catalogue_hash"] == catalogue_hash() != program_hash() == run["program_hash"]


def test_what_lies_beyond_the_reference_is_marked_and_tells_no_count(shared_db: Database, desk: Desk) -> None:
    run = rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), KELURAHAN, keep=False)
    for row in run["ranking"]:
        values = {item.id: item.core.as_of(row["work_type"]).value for item in catalogue().criteria}
        ends = {name: (value.points[0][0], value.points[-1][0]) for name, value in values.items()}
        known = {name: value for name, value in row["values"].items() if value is not None}
        past = [name for name, value in known.items() if not ends[name][0] <= value <= ends[name][1]]
        assert row["beyond"] == past
    assert any(set(row["beyond"]) & OF_HOUSEHOLDS for row in run["ranking"])
    told = rank_kelurahan(shared_db, desk, actor(shared_db, "reviewer"), KELURAHAN, keep=False)
    assert not any(set(row["beyond"]) & OF_HOUSEHOLDS for row in told["ranking"])


def test_the_second_list_divides_the_benefit_of_each_by_its_cost(shared_db: Database, desk: Desk) -> None:
    run = rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), KELURAHAN, keep=False)
    ranked = [row for row in run["ranking"] if row["rank"]]
    for row in run["ranking"]:
        assert row["benefit_per_million"] == pytest.approx(row["benefit"] * 1e6 / row["cost"])
        assert (row["rank_per_rupiah"] is None) == (row["rank"] is None)
        if row["served"] == 0 and not row["values"]["slum_reduction"]:
            assert row["benefit"] == 0
    by_money = sorted(ranked, key=lambda row: -row["benefit_per_million"])
    assert [row["rank_per_rupiah"] for row in by_money] == sorted(row["rank_per_rupiah"] for row in ranked)
    assert [row["id"] for row in by_money] != [row["id"] for row in ranked], "the lists answer two questions"
    plain = {"poor_served": 1.0}
    counted = next(item.core for item in catalogue().criteria if item.id == "poor_served")
    for row in rank_kelurahan(
        shared_db, desk, actor(shared_db, "planner"), KELURAHAN, weights=plain, keep=False
    )["ranking"]:
        assert row["benefit"] == pytest.approx(
            100 * row["served"] / counted.as_of(row["work_type"]).value.points[-1][0]
        ), "a straight line to the last reference of its type"


def test_equal_scores_of_a_city_list_who_serves_more_then_the_cheaper_first() -> None:
    def row(name: str, served: float | None, cost: float | None) -> dict:
        told = dict.fromkeys(KEPT, None) | {"id": name, "score": 50.0, "passes": True, "rank": 1}
        return told | {"served": served, "values": {"cost_per_poor": cost}}

    rows = [row("a", None, None), row("b", 20.0, 9e6), row("c", 30.0, None), row("d", 20.0, 8e6)]
    runs = [
        {"kelurahan": f"99.01.01.100{k}", "id": str(k), "data_versions": {}, "weights": {}, "ranking": part,
         "criteria_version": "", "catalogue_change": 0}
        for k, part in enumerate((rows[:2], rows[2:]), 1)
    ]  # fmt: skip
    merged = merge(runs)["ranking"]
    assert [found["id"] for found in merged] == ["c", "d", "b", "a"]
    assert {found["rank"] for found in merged} == {1}
