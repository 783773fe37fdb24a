"""How firm the places of a ranking are: draws of weights, other methods, vetoes, double counting, who comes next."""

from __future__ import annotations

import pytest

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_ranking import comparable
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument
from webgis.planning.judging.desk import Desk
from webgis.planning.ranking.ranking import get_ranking, rank_kelurahan
from webgis.planning.ranking.robust import KINDS, Asked
from webgis.store.database import Database


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "participants"])
def test_acceptabilities_are_shares_that_fill_every_place_once(
    shared_db: Database, desk: Desk, kind: str
) -> None:
    run = rank_kelurahan(
        shared_db, desk, actor(shared_db, "planner"), KELURAHAN, robustness=Asked(kind, 400, 7), keep=False
    )
    placed = [row for row in run["ranking"] if row["rank"] is not None]
    shares = [row["acceptability"] for row in placed]
    assert all(len(row) == len(shares) for row in shares)
    for line in (*shares, *zip(*shares, strict=True)):
        assert sum(line) == pytest.approx(1)
    for row in placed:
        held = row["robustness"]
        mean = sum(place * share for place, share in enumerate(row["acceptability"], 1))
        assert held["expected_rank"] == pytest.approx(mean)
        within = sum(row["acceptability"][: held["top"]])
        assert held["share"] == pytest.approx(within if held["inside"] else 1 - within)
    assert run["robustness"]["kind"] == kind
    out = [row for row in run["ranking"] if row["rank"] is None]
    assert [row["acceptability"] for row in out] == [None] * len(out), (
        "what fails a gate has no place to hold"
    )


def test_robustness_repeats_to_the_byte_with_its_seed_and_not_with_another(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    first, again, other = (
        rank_kelurahan(db, desk, planner, KELURAHAN, robustness=Asked(samples=300, seed=seed))
        for seed in (5, 5, 6)
    )
    assert comparable(first) == comparable(again) == comparable(get_ranking(db, planner, first["id"]))
    assert first["ranking"] != other["ranking"]


def test_a_veto_names_one_of_the_first_and_one_behind_it_that_has_more_points_there(
    shared_db: Database, desk: Desk
) -> None:
    run = rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), KELURAHAN, keep=False)
    rows = {row["id"]: row for row in run["ranking"]}
    assert run["vetoes"]
    for veto in run["vetoes"]:
        ahead, behind = rows[veto["ahead"]], rows[veto["behind"]]
        assert ahead["rank"] <= 3 and ahead["rank"] < behind["rank"]
        points = [row["contributions"][veto["criterion"]] for row in (ahead, behind)]
        assert points[0] < points[1] or ahead["waived"] or behind["waived"]
        assert catalogue().veto < veto["discordance"] <= 1


@pytest.mark.parametrize("kind", ["ordinal", "interval", "uniform"])
def test_who_is_always_ahead_has_the_better_place_and_who_is_first_a_weighting_that_suits_it(
    shared_db: Database, desk: Desk, kind: str
) -> None:
    planner = actor(shared_db, "planner")
    run = rank_kelurahan(shared_db, desk, planner, KELURAHAN, robustness=Asked(kind, samples=500), keep=False)
    ranked = [row for row in run["ranking"] if row["rank"]]
    assert sum(row["robustness"]["ahead_of"] for row in ranked) == sum(
        row["robustness"]["behind"] for row in ranked
    )
    for row in ranked:
        held = row["robustness"]
        assert held["behind"] < row["rank"] <= len(ranked) - held["ahead_of"]
        assert (held["central"] is None) == (row["acceptability"][0] == 0)
        assert held["central"] is None or sum(held["central"].values()) == pytest.approx(1)
    assert any(row["robustness"]["ahead_of"] for row in ranked) or kind == "uniform"


def test_weights_that_hardly_move_leave_every_distinct_place_robust(shared_db: Database, desk: Desk) -> None:
    run = rank_kelurahan(
        shared_db, desk, actor(shared_db, "planner"), KELURAHAN, weights={"poor_served": 1.0},
        robustness=Asked("interval", 200, spread=0.01), keep=False,
    )  # fmt: skip
    known = [row for row in run["ranking"] if row["completeness"] == 1 and row["passes"]]
    assert {row["robustness"]["verdict"] for row in known if not row["tied"]} == {"robust"}


def test_options_out_of_bounds_are_refused_at_their_place(shared_db: Database, desk: Desk) -> None:
    for asked, name in (
        (Asked("guess"), "kind"), (Asked(samples=0), "samples"), (Asked(samples=10**6), "samples"),
        (Asked(seed=-1), "seed"), (Asked(spread=0), "spread"),
    ):  # fmt: skip
        with pytest.raises(BadDocument) as caught:
            rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), KELURAHAN, robustness=asked)
        assert caught.value.problems[0].pointer == f"/robustness/{name}"


def test_other_methods_are_told_as_agreement_and_never_as_the_order(shared_db: Database, desk: Desk) -> None:
    planner = actor(shared_db, "planner")
    run = rank_kelurahan(shared_db, desk, planner, KELURAHAN, keep=False)
    assert set(run["agreement"]) == {"topsis", "vikor", "promethee2"}
    for told in run["agreement"].values():
        assert 0 < told["kendall_tau_b"] <= 1
        assert 0 <= told["overlap"] <= 1
    for method in ("topsis", "guess"):
        with pytest.raises(BadDocument) as caught:
            rank_kelurahan(shared_db, desk, planner, KELURAHAN, method=method)
        assert caught.value.problems[0].pointer == "/method"


def test_what_a_sum_may_count_twice_is_told_with_every_ranking(shared_db: Database, desk: Desk) -> None:
    planner = actor(shared_db, "planner")
    run = rank_kelurahan(shared_db, desk, planner, KELURAHAN, robustness=Asked(samples=500), keep=False)
    told = run["double_counting"]
    assert (told["overlapping"], told["weight"]) == (["slum_severity", "service_deficit"], pytest.approx(0.2))
    assert told["weight"] <= told["most"] + 1e-9, "the catalogue keeps them together at most .2"
    for pair in told["pairs"]:
        assert abs(pair["rho"]) > 0.8 and pair["proposals"] >= 5
    ranked = [row for row in run["ranking"] if row["rank"]]
    apart = [row["robustness"]["without"] for row in ranked]
    assert {one["criterion"] for one in apart} == {"slum_severity"}
    assert sum(one["expected_rank"] for one in apart) == pytest.approx(len(ranked) * (len(ranked) + 1) / 2)
    assert any(row["robustness"]["share"] != row["robustness"]["without"]["share"] for row in ranked)
    heavy = {"slum_severity": 0.3, "service_deficit": 0.3, "land": 0.4}
    told = rank_kelurahan(shared_db, desk, planner, KELURAHAN, weights=heavy, keep=False)["double_counting"]
    assert told["weight"] == pytest.approx(0.6)
    alone = {"slum_severity": 1.0}
    run = rank_kelurahan(
        shared_db, desk, planner, KELURAHAN, weights=alone, robustness=Asked(samples=50), keep=False
    )
    assert all(row["robustness"]["without"] is None for row in run["ranking"] if row["rank"])


def test_the_line_after_the_first_names_who_comes_next_and_what_turns_them_round(
    shared_db: Database, desk: Desk
) -> None:
    planner = actor(shared_db, "planner")
    run = rank_kelurahan(shared_db, desk, planner, KELURAHAN, top=3, keep=False)
    ranked = [row for row in run["ranking"] if row["rank"]]
    line = run["stability"]["line"]
    assert (line["last"], line["next"]) == (ranked[2]["id"], ranked[3]["id"])
    moves = [ends[side] for ends in run["stability"]["ranges"].values() for side in ("low", "high")]
    assert moves and 0 <= line["moved"] <= 1
    whole = rank_kelurahan(shared_db, desk, planner, KELURAHAN, top=1000, keep=False)
    assert whole["stability"]["line"] is None
