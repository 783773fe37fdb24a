"""Gates on the sample city: what fails, what nobody can check, how it is mended, and what it does to the rank."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.effects.preview import preview
from webgis.planning.judging.desk import Desk, open_scene
from webgis.planning.judging.facts import Facts
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.plans.plans import make_plan
from webgis.planning.proposals import proposals
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.store.database import Database

PAPERS = {"operator": True, "fee": True, "schedule": True, "rules": True, "land": "signed"}
PAKET = {"paket": 50_000_000, "apbd": 40_000_000, "swadaya": 10_000_000}


@pytest.fixture(scope="module")
def facts(shared_db: Database, desk: Desk) -> Facts:
    with shared_db.transaction() as session:
        return open_scene(session, desk, KELURAHAN, ("draft",), exactly=True).facts


def told(db: Database, desk: Desk, **changes: Any) -> dict[str, Any]:
    """The preview of a draft, in English."""
    return preview(db, desk, actor(db, "planner"), a_draft(db, **changes), lang="en")


def gate(answer: dict[str, Any], name: str) -> bool | None:
    return {item["name"]: item["passed"] for item in answer["gates"]}[name]


def geojson(facts: Facts, geometry: BaseGeometry) -> dict[str, Any]:
    """A geometry in metres as a client sends it."""
    result: dict[str, Any] = json.loads(shapely.to_geojson(facts.projector.to_lonlat(geometry)))
    return result


def from_bank(facts: Facts, metres: float) -> dict[str, Any]:
    """A point inside the kelurahan at a distance from its river."""
    river = shapely.union_all(facts.water.geometry[facts.water.kind == "river"])
    ring = shapely.boundary(shapely.buffer(river, metres, quad_segs=64)) if metres else river
    inside = shapely.intersection(ring, shapely.buffer(facts.outline, -60))
    return geojson(facts, shapely.points(shapely.get_coordinates(inside)[5] if metres else inside.centroid))


@pytest.mark.parametrize(("metres", "state"), [(1.0, False), (6.0, None), (14.6, None), (16.0, True)])
def test_near_a_river_of_4_m_nobody_knows_whether_there_is_an_embankment(
    shared_db: Database, desk: Desk, facts: Facts, metres: float, state: bool | None
) -> None:
    place = from_bank(facts, metres)
    answer = told(shared_db, desk, work_type="hydrant", geometry=place)
    assert gate(answer, "river_setback") is state
    assert (answer["rank"] is None) == (state is False)
    words = " ".join(item["message"] for item in answer["warnings"])
    assert ("bank" in words) == (state is not True)
    if state is None:
        assert (
            f"{int(metres)} m from the bank. Without an embankment 15 m are needed here, behind one 3 m"
            in words
        )
    culvert = told(shared_db, desk, work_type="culvert", geometry=place)
    assert "river_setback" not in {item["name"] for item in culvert["gates"]}, "water works belong there"


@pytest.mark.parametrize(
    ("known", "metres", "state", "says"),
    [
        ("embankment = true", 6.0, True, ""),
        ("embankment = true", 1.0, False, "3 m at least"),
        ("embankment = false, depth_m = 2.5", 12.0, True, ""),
        ("embankment = false, depth_m = 2.5", 6.0, False, "10 m at least"),
        ("embankment = false, depth_m = 8", 12.0, False, "15 m at least"),
        ("embankment = false, depth_m = 25", 28.0, False, "30 m at least"),
        ("embankment = false", 6.0, False, "10 m at least"),
        ("embankment = false", 12.0, None, "measure its depth"),
        ("depth_m = 8", 12.0, None, "15 m are needed here, behind one 3 m"),
        ("depth_m = 8", 16.0, True, ""),
    ],
)
def test_what_the_map_says_of_a_river_decides(
    db: Database, desk: Desk, facts: Facts, known: str, metres: float, state: bool | None, says: str
) -> None:
    with db.transaction() as session:
        session.execute(text("update waterway set depth_m = null, embankment = null"))
        session.execute(text(f"update waterway set {known}"))
    answer = told(db, desk, work_type="hydrant", geometry=from_bank(facts, metres))
    found = next(item for item in answer["gates"] if item["name"] == "river_setback")
    assert found["passed"] is state
    assert says in found["message"]
    assert bool(found["message"]) == (state is not True)


def test_a_toilet_keeps_away_from_a_well(shared_db: Database, desk: Desk, facts: Facts) -> None:
    inside = shapely.within(facts.assets.geometry, shapely.buffer(facts.outline, -50))
    well = facts.assets.geometry[(facts.assets.kind == "borehole") & inside][0]
    near, far = (geojson(facts, shapely.transform(well, lambda xy, d=d: xy + [d, 0.0])) for d in (6, 12))
    failed = told(shared_db, desk, work_type="mck", geometry=near)
    assert gate(failed, "well_distance") is False
    assert "Only 6 m from a well" in failed["warnings"][0]["message"]
    assert failed["warnings"][0]["gate"] == "well_distance"
    assert gate(told(shared_db, desk, work_type="mck", geometry=far), "well_distance") is True
    assert "well_distance" not in {item["name"] for item in told(shared_db, desk)["gates"]}


def test_disputed_land_keeps_a_work_out_and_silence_does_not(shared_db: Database, desk: Desk) -> None:
    disputed = told(shared_db, desk, readiness={"land": "disputed"})
    silent = told(shared_db, desk)
    settled = told(shared_db, desk, readiness={"land": "signed"})
    assert [gate(answer, "land_dispute") for answer in (disputed, silent, settled)] == [False, None, True]
    assert disputed["rank"] is None
    assert disputed["score"] == silent["score"], "a gate takes no points"
    assert silent["rank"] is not None


@pytest.mark.parametrize(
    ("funding", "papers", "state", "says"),
    [
        ({}, {}, None, "No fund is named"),
        ({"blm": 1_000_000}, {}, True, ""),
        (PAKET, PAPERS, None, "partner office"),
        (PAKET | {"apbd": 0}, PAPERS, False, "co-funding"),
        (PAKET | {"swadaya": 0}, PAPERS, False, "swadaya must reach 5%"),
        (PAKET, PAPERS | {"fee": False}, False, "maintenance plan"),
        (PAKET, PAPERS | {"land": "verbal"}, False, "no paper for the land"),
        (PAKET, PAPERS, False, "Partnership grant (PAKET) is for PAKET proposals only"),
    ],
)
def test_a_fund_asks_for_what_its_rules_say(
    shared_db: Database,
    desk: Desk,
    funding: dict[str, int],
    papers: dict[str, Any],
    state: bool | None,
    says: str,
) -> None:
    home = a_poor_home(shared_db)
    answer = told(
        shared_db,
        desk,
        work_type="rain_tank",
        geometry=home,
        cost=100_000_000,
        funding=funding,
        readiness=papers,
        is_paket="paket" in funding and not says.startswith("Partnership"),
    )
    found = next(item for item in answer["gates"] if item["name"] == "funds")
    assert found["passed"] is state
    assert says in found["message"]


def a_poor_home(db: Database) -> dict[str, Any]:
    """A poor household without a rain tank near; a tank serves two, so most who benefit there are poor."""
    with db.transaction() as session:
        session.execute(text("select set_config('app.household_scope', :k, true)"), {"k": KELURAHAN})
        row = session.execute(
            text("""
                select ST_X(h.geom), ST_Y(h.geom) from household h
                where split_part(h.rt, '-', 1) = :k and not exists (select from asset a
                    where a.kind = 'rain_tank' and ST_DWithin(a.geom::geography, h.geom::geography, 60))
                order by h.id limit 1
            """),
            {"k": KELURAHAN},
        ).one()
    return {"type": "Point", "coordinates": [row[0], row[1]]}


def test_the_twin_of_an_open_proposal_is_marked_and_that_of_a_funded_one_is_out(
    db: Database, desk: Desk
) -> None:
    planner = actor(db, "planner")
    made = proposals.create_proposal(db, planner, a_draft(db, readiness={"land": "signed"}))
    twin = told(db, desk, readiness={"land": "signed"})
    assert gate(twin, "duplicate") is None
    assert [(item["kind"], item["id"]) for item in twin["relations"]] == [
        ("duplicate", made.id)
    ] or made.id in {item["id"] for item in twin["relations"]}
    assert twin["rank"] is not None
    with db.transaction() as session:
        session.execute(text("update proposal set state = 'funded' where id = :id"), {"id": made.id})
    out = told(db, desk, readiness={"land": "signed"})
    assert gate(out, "duplicate") is False
    assert out["rank"] is None
    saved = proposals.create_proposal(db, planner, a_draft(db, readiness={"land": "signed"}))
    run = rank_kelurahan(db, desk, planner, KELURAHAN, keep=False)["ranking"]
    row = next(row for row in run if row["id"] == saved.id)
    assert (row["rank"], row["passes"], row["gates_failed"]) == (None, False, ["duplicate"])
    assert row["score"] == pytest.approx(out["score"])
    assert all(item["rank"] is None for item in run[run.index(row) :]), "listed below those that are ranked"


def test_a_work_that_leaves_the_kelurahan_after_an_import_fails(db: Database, desk: Desk) -> None:
    made = proposals.create_proposal(db, actor(db, "planner"), a_draft(db))
    with db.transaction() as session:
        session.execute(
            text("update proposal set geom = ST_Translate(geom, 0.05, 0) where id = :id"), {"id": made.id}
        )
    run = rank_kelurahan(db, desk, actor(db, "planner"), KELURAHAN, keep=False)["ranking"]
    assert "inside_kelurahan" in next(row["gates_failed"] for row in run if row["id"] == made.id)


def test_what_has_to_be_built_first_is_said_both_ways(db: Database, desk: Desk) -> None:
    line = a_draft(db).geometry
    planner = actor(db, "planner")
    drain = proposals.create_proposal(db, planner, a_draft(db, title="Saluran dulu", geometry=line))
    paving = told(db, desk, work_type="road_paving", geometry=line)
    assert ("before", drain.id) in {(item["role"], item["id"]) for item in paving["relations"]}
    assert any("“Saluran dulu” has to be built first" in item["message"] for item in paving["warnings"])
    road = proposals.create_proposal(
        db, planner, a_draft(db, title="Paving kemudian", work_type="road_paving", geometry=line)
    )
    again = preview(db, desk, planner, a_draft(db, geometry=line), proposal_id=drain.id, lang="en")
    assert ("after", road.id) in {(item["role"], item["id"]) for item in again["relations"]}


def test_areas_that_take_the_same_ground_are_in_conflict(db: Database, desk: Desk, facts: Facts) -> None:
    middle = facts.outline.representative_point()
    park, waste = (
        geojson(facts, shapely.box(middle.x + d, middle.y, middle.x + d + 20, middle.y + 20)) for d in (0, 15)
    )
    made = proposals.create_proposal(
        db, actor(db, "planner"), a_draft(db, work_type="green_space", geometry=park)
    )
    clash = told(db, desk, work_type="tps3r", geometry=waste)
    assert ("conflict", made.id) in {(item["kind"], item["id"]) for item in clash["relations"]}
    shared = told(db, desk, work_type="playground", geometry=waste)
    assert made.id not in {item["id"] for item in shared["relations"] if item["kind"] == "conflict"}


def test_a_plan_builds_nothing_that_fails_a_gate_and_says_which(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    ranked = rank_kelurahan(db, desk, planner, KELURAHAN, keep=False)["ranking"]
    failing = {row["id"]: row["gates_failed"] for row in ranked if row["rank"] is None}
    plenty = PlanWish(
        kelurahan=KELURAHAN, budget={"blm": [10**12] * 3, "apbd": [10**12] * 3}, first_year=2027
    )
    plan = make_plan(db, desk, planner, plenty)
    out = {work["id"]: work for work in plan["left_out"]}
    assert failing
    for name, gates in failing.items():
        assert (out[name]["reason"], out[name]["gates"]) == ("gate", gates)
