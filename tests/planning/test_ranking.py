"""Rankings and previews on the sample city: sums, order, repeatability, and what a change of the facts does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from tests.planning.test_proposals import a_draft
from webgis.planning import proposals, scoring
from webgis.planning.access import PUBLIC
from webgis.planning.catalogue import OPEN_STATES, catalogue
from webgis.planning.errors import BadDocument, NotAllowed, NotFound, SignInNeeded
from webgis.planning.household_counts import OF_HOUSEHOLDS
from webgis.planning.preview import preview
from webgis.planning.provenance import catalogue_hash, program_hash
from webgis.planning.ranking import Desk, get_ranking, list_rankings, open_desk, rank_kelurahan
from webgis.planning.robust import KINDS, Asked
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


def test_an_empty_kelurahan_has_an_empty_ranking(shared_db: Database, desk: Desk) -> None:
    run = rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), KELURAHAN, states=[], keep=False)
    assert run["ranking"] == []
    robust = rank_kelurahan(
        shared_db, desk, actor(shared_db, "planner"), KELURAHAN, states=[], robustness=Asked(), keep=False
    )
    assert (robust["ranking"], robust["agreement"]) == ([], {})


def test_a_preview_says_what_the_saved_proposal_will_score(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    told = preview(db, desk, planner, a_draft(db))
    assert sum(told["contributions"].values()) == pytest.approx(told["score"], abs=1e-9)
    made = proposals.create_proposal(db, planner, a_draft(db))
    assert (told["volume"], told["cost"], told["rw"]) == (made.volume, made.cost, made.rw)
    run = rank_kelurahan(db, desk, planner, KELURAHAN)
    row = next(row for row in run["ranking"] if row["id"] == made.id)
    assert (row["score"], row["rank"]) == (told["score"], told["rank"])
    assert told["of"] == sum(row["rank"] is not None for row in run["ranking"])
    unchanged = preview(db, desk, planner, a_draft(db), proposal_id=made.id)
    assert unchanged["of"] == told["of"], "a proposal does not stand beside itself"


def test_a_preview_names_a_twin_and_stores_nothing(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    made = proposals.create_proposal(db, planner, a_draft(db))
    total = proposals.list_proposals(db, PUBLIC).total
    told = preview(db, desk, planner, a_draft(db, title=""), lang="en")
    assert made.id in [item["id"] for item in told["overlaps"]]
    assert "similar proposal" in " ".join(item["message"] for item in told["warnings"])
    assert proposals.list_proposals(db, PUBLIC).total == total


def test_a_drain_through_a_slum_rt_meets_its_deficit(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    with db.transaction() as session:
        row = session.execute(
            text("""
                select s.code, ST_X(ST_Centroid(s.geom)), ST_Y(ST_Centroid(s.geom)), a.v4b, a.drain_ideal_m
                from slum_area s join slum_assessment a on a.slum_area_id = s.id
                where s.kelurahan = :k and a.year = 2026 and a.v4b / a.drain_ideal_m > 0.6
                  and ST_Area(s.geom::geography) > 8000
                order by a.v4b desc limit 1
            """),
            {"k": KELURAHAN},
        ).one()
    x, y = row[1], row[2]
    line = {"type": "LineString", "coordinates": [[x - 0.0003, y], [x + 0.0003, y]]}
    told = preview(db, desk, planner, a_draft(db, geometry=line))
    assert row[0] in told["rt"]
    deficit = next(d for d in told["deficits"] if d["zone"] == row[0] and d["criterion"] == "4b")
    assert deficit["share"] == pytest.approx(row[3] / row[4])
    assert told["slum_change"]["contribution"] > 0
    assert told["slum_change"]["after"] <= told["slum_change"]["before"]
    aspects = told["slum_change"]["aspects"]
    assert (
        sum(one["points"] for one in aspects) == told["slum_change"]["before"] - told["slum_change"]["after"]
    )
    assert sum(one["contribution"] for one in aspects) == pytest.approx(told["slum_change"]["contribution"])


def test_a_preview_is_for_those_who_see_the_workspace(shared_db: Database, desk: Desk) -> None:
    with pytest.raises(SignInNeeded):
        preview(shared_db, desk, PUBLIC, a_draft(shared_db))
    with pytest.raises(NotAllowed):
        preview(shared_db, desk, actor(shared_db, "planner"), a_draft(shared_db, NEXT_DOOR))
    with pytest.raises(NotAllowed) as refused:
        preview(shared_db, desk, actor(shared_db, "partner", "99.01"), a_draft(shared_db))
    assert refused.value.code == "not_allowed_see_workspace"
    for role in ("facilitator", "reviewer", "city"):
        found = preview(shared_db, desk, actor(shared_db, role, "99.01"), a_draft(shared_db))
        assert found["cost"] > 0


def test_a_new_working_asset_leaves_fewer_households_to_serve(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    home = _a_poor_place(db)
    tap = {"type": "Point", "coordinates": home}
    before = preview(db, desk, planner, a_draft(db, work_type="rain_tank", geometry=tap))
    assert before["poor_served"] > 0
    with db.transaction(planner.account_id) as session:
        session.execute(
            text("""
                insert into asset (kind, kelurahan, condition, geom, source)
                values ('rain_tank', :k, 'good', ST_SetSRID(ST_MakePoint(:x, :y), 4326), 'test')
            """),
            {"k": KELURAHAN, "x": home[0], "y": home[1]},
        )
    after = preview(db, desk, planner, a_draft(db, work_type="rain_tank", geometry=tap))
    assert after["poor_served"] == 0
    assert "warn_nobody" in [item["code"] for item in after["warnings"]]


def test_where_nobody_is_served_the_price_per_household_is_known_to_be_hopeless(
    db: Database, desk: Desk
) -> None:
    told = preview(
        db, desk, actor(db, "planner"),
        a_draft(db, work_type="waste_bins", geometry={"type": "Point", "coordinates": _far_from_the_poor(db)}),
    )  # fmt: skip
    assert told["poor_served"] == 0
    assert told["contributions"]["cost_per_poor"] == 0
    assert told["values"]["cost_per_poor"] is None
    raw = scoring.table(scoring.criteria(None), [])
    assert raw.shape == (0, len(catalogue().criteria))


def _a_poor_place(db: Database) -> list[float]:
    query = """
        select ST_X(h.geom), ST_Y(h.geom) from household h
        where split_part(rt, '-', 1) = :k and not exists (
            select from asset a where a.kind = 'rain_tank' and ST_DWithin(a.geom::geography, h.geom::geography, 60))
        order by h.id limit 1
    """
    return _point(db, query)


def _far_from_the_poor(db: Database) -> list[float]:
    query = """
        select ST_X(p), ST_Y(p) from region r,
            lateral (select (ST_Dump(ST_GeneratePoints(r.geom, 4000, 7))).geom as p) points
        where r.code = :k order by (
            select min(h.geom <-> p) from household h where split_part(rt, '-', 1) = :k) desc limit 1
    """
    return _point(db, query)


def _point(db: Database, query: str) -> list[float]:
    with db.transaction() as session:
        session.execute(text("select set_config('app.household_scope', :k, true)"), {"k": KELURAHAN})
        row = session.execute(text(query), {"k": KELURAHAN}).one()
    return [row[0], row[1]]


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


def test_a_run_names_the_digests_of_what_computed_it(shared_db: Database, desk: Desk) -> None:
    planner = actor(shared_db, "planner")
    run = rank_kelurahan(shared_db, desk, planner, KELURAHAN, keep=False)
    assert {len(run["catalogue_hash"]), len(run["program_hash"])} == {64}
    assert run["catalogue_hash"] == catalogue_hash() != program_hash() == run["program_hash"]


def test_what_lies_beyond_the_reference_is_marked_and_tells_no_count(shared_db: Database, desk: Desk) -> None:
    run = rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), KELURAHAN, keep=False)
    ends = {
        item.id: (item.core.value.points[0][0], item.core.value.points[-1][0])
        for item in catalogue().criteria
    }
    for row in run["ranking"]:
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
    for row in rank_kelurahan(
        shared_db, desk, actor(shared_db, "planner"), KELURAHAN, weights=plain, keep=False
    )["ranking"]:
        assert row["benefit"] == pytest.approx(100 * row["served"] / 150), (
            "a straight line to the last reference"
        )


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
