"""Previews on the sample city: what the saved proposal will score, twins, deficits, homes already served, rights."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.access import PUBLIC
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.effects.preview import preview
from webgis.planning.errors import NotAllowed, SignInNeeded
from webgis.planning.judging import scoring
from webgis.planning.judging.desk import Desk
from webgis.planning.proposals import proposals
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.store.database import Database


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
    assert deficit["lacking"] == pytest.approx(row[3])
    assert 0 < deficit["filled"] <= min(told["volume"] + 0.1, deficit["lacking"])
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
    home = a_poor_place(db)
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
    twin = next(item["about"] for item in after["warnings"] if item["code"] == "warn_asset")
    assert (twin["kind"], twin["geometry"]["type"]) == ("asset", "Point")
    assert twin["geometry"]["coordinates"] == pytest.approx(home)
    assert twin["id"] in [one["id"] for one in after["overlaps"]]
    assert "warn_nobody" in [item["code"] for item in after["warnings"]]


def test_where_nobody_is_served_the_price_per_household_is_known_to_be_hopeless(
    db: Database, desk: Desk
) -> None:
    told = preview(
        db, desk, actor(db, "planner"),
        a_draft(db, work_type="waste_bins", geometry={"type": "Point", "coordinates": far_from_the_poor(db)}),
    )  # fmt: skip
    assert told["poor_served"] == 0
    assert told["contributions"]["cost_per_poor"] == 0
    assert told["values"]["cost_per_poor"] is None
    raw = scoring.table(scoring.criteria(None), [])
    assert raw.shape == (0, len(catalogue().criteria))


def test_a_drain_that_ends_in_nothing_is_told_where_the_next_outlet_is(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    lon, lat = point(
        db,
        """
        select ST_X(p), ST_Y(p) from region r,
            lateral (select (ST_Dump(ST_GeneratePoints(r.geom, 400, 7))).geom as p) points,
            lateral (select min(ST_Distance(p::geography, n.geom::geography)) as metres from (
                select geom from asset where kind = 'drain' union all select geom from waterway) n) near
        where r.code = :k and metres between 12 and 30
          and ST_Distance(ST_Boundary(r.geom)::geography, p::geography) > 100
        order by metres limit 1
        """,
    )
    # From one of four sides the line does not come past the outlet that its end lacks.
    for east, north in ((-4e-4, 0.0), (4e-4, 0.0), (0.0, -4e-4), (0.0, 4e-4)):
        corners = [[lon + east, lat + north], [lon, lat]]
        line = {"type": "LineString", "coordinates": corners}
        told = preview(db, desk, planner, a_draft(db, geometry=line))
        about = next(item["about"] for item in told["warnings"] if item["code"] == "warn_downstream")
        if about["extends"]:
            break
    assert (about["kind"], about["extends"]) == ("outlet", True)
    corners.append(list(about["geometry"]["coordinates"]))
    longer = preview(db, desk, planner, a_draft(db, geometry=line))
    assert "warn_downstream" not in [item["code"] for item in longer["warnings"]]
    assert longer["volume"] == pytest.approx(told["volume"] + 21, abs=10)
    # Where the line passes the outlet and goes on, a straight way back along it is no way on.
    beyond = [about["geometry"]["coordinates"], [lon, lat]]
    back = preview(db, desk, planner, a_draft(db, geometry={"type": "LineString", "coordinates": beyond}))
    assert [one["about"]["extends"] for one in back["warnings"] if one["code"] == "warn_downstream"] == [
        False
    ]


def test_a_road_that_joins_nothing_is_told_where_the_next_street_is(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    lon, lat = point(
        db,
        """
        select ST_X(p), ST_Y(p) from region r,
            lateral (select (ST_Dump(ST_GeneratePoints(r.geom, 400, 7))).geom as p) points,
            lateral (select min(ST_Distance(p::geography, n.geom::geography)) as metres from road n) near
        where r.code = :k and metres between 12 and 30
          and ST_Distance(ST_Boundary(r.geom)::geography, p::geography) > 100
        order by metres limit 1
        """,
    )

    def loose(*corners: list[float]) -> list[dict[str, Any]]:
        line = {"type": "LineString", "coordinates": list(corners)}
        told = preview(db, desk, planner, a_draft(db, work_type="road_paving", geometry=line))
        return [item for item in told["warnings"] if item["code"] == "warn_loose_road"]

    start, end = [lon, lat], [lon + 3e-5, lat]
    (told,) = loose(start, end)
    assert "dari jalan atau gang terdekat" in told["message"]
    place = list(told["about"]["geometry"]["coordinates"])
    assert told["about"]["extends"] is True
    first = abs(place[0] - start[0]) + abs(place[1] - start[1])
    last = abs(place[0] - end[0]) + abs(place[1] - end[1])
    assert loose(*([place, start, end] if first < last else [start, end, place])) == []


def test_who_may_not_see_families_is_not_told_where_another_proposal_lies(db: Database, desk: Desk) -> None:
    proposals.create_proposal(db, actor(db, "planner"), a_draft(db))
    for role, told in (("planner", True), ("reviewer", False)):
        found = preview(db, desk, actor(db, role, KELURAHAN if role == "planner" else "99.01"), a_draft(db))
        about = next(item["about"] for item in found["warnings"] if item["code"] == "warn_duplicate")
        assert (about["geometry"] is not None) is told, role


def a_poor_place(db: Database) -> list[float]:
    query = """
        select ST_X(h.geom), ST_Y(h.geom) from household h
        where split_part(rt, '-', 1) = :k and not exists (
            select from asset a where a.kind = 'rain_tank' and ST_DWithin(a.geom::geography, h.geom::geography, 60))
        order by h.id limit 1
    """
    return point(db, query)


def far_from_the_poor(db: Database) -> list[float]:
    query = """
        select ST_X(p), ST_Y(p) from region r,
            lateral (select (ST_Dump(ST_GeneratePoints(r.geom, 4000, 7))).geom as p) points
        where r.code = :k order by (
            select min(h.geom <-> p) from household h where split_part(rt, '-', 1) = :k) desc limit 1
    """
    return point(db, query)


def point(db: Database, query: str) -> list[float]:
    with db.transaction() as session:
        session.execute(text("select set_config('app.household_scope', :k, true)"), {"k": KELURAHAN})
        row = session.execute(text(query), {"k": KELURAHAN}).one()
    return [row[0], row[1]]
