"""The criteria of the catalogue on the sample city: each against the same figure reached another way."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from gis_core.upkeep import present_value
from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.access import PUBLIC
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.effects.preview import preview
from webgis.planning.errors import BadDocument
from webgis.planning.judging.desk import Desk
from webgis.planning.proposals import proposals
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.store.database import Database


@pytest.fixture(scope="module")
def rows(shared_db: Database, desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rank_kelurahan(
        shared_db, desk, actor(shared_db, "planner"), KELURAHAN, keep=False
    )["ranking"]
    return found


def told(db: Database, desk: Desk, **changes: Any) -> dict[str, Any]:
    return preview(db, desk, actor(db, "planner"), a_draft(db, **changes))


def test_the_weights_sum_to_one_and_slum_severity_does_not_count_twice() -> None:
    weights = {item.id: item.core.weight for item in catalogue().criteria}
    assert sum(weights.values()) == pytest.approx(1, abs=1e-12)
    assert weights["slum_severity"] + weights["service_deficit"] <= 0.2 + 1e-12
    assert len(weights) == 16


def test_every_criterion_tells_the_works_of_the_city_apart(rows: list[dict[str, Any]]) -> None:
    """But for slope: this kelurahan lies in the plain."""
    for item in catalogue().criteria:
        parts = {round(row["contributions"][item.id], 6) for row in rows}
        assert len(parts) > 1 or item.id == "slope", item.id


def test_vulnerable_people_are_those_of_the_households_newly_served(shared_db: Database, desk: Desk) -> None:
    """A latrine for one family serves the nearest one: its people and no others."""
    with shared_db.transaction() as session:
        session.execute(text("select set_config('app.household_scope', :k, true)"), {"k": KELURAHAN})
        row = session.execute(
            text("""
                select ST_X(geom), ST_Y(geom), elderly + under_five + disabled + female_headed::integer
                from household where split_part(rt, '-', 1) = :k and elderly > 0 and under_five > 0 order by id limit 1
            """),
            {"k": KELURAHAN},
        ).one()
    home = {"type": "Point", "coordinates": [row[0], row[1]]}
    answer = told(shared_db, desk, work_type="latrine", geometry=home)
    assert (answer["poor_served"], answer["values"]["vulnerable_served"]) == (1, row[2])


def test_the_poor_share_counts_no_more_people_than_there_are(
    shared_db: Database, desk: Desk, rows: list[dict[str, Any]]
) -> None:
    for row in rows:
        assert 0 <= row["values"]["poor_share"] <= 1
    everywhere = told(
        shared_db, desk, work_type="waste_cart", volume=1000, geometry=_point_of(shared_db, "h.id")
    )
    assert everywhere["values"]["poor_share"] < 1, "within 300 m not everybody is poor"


def test_upkeep_makes_a_work_dearer_by_its_annuity(rows: list[dict[str, Any]]) -> None:
    served = [row for row in rows if row["served"]]
    assert served
    for row in served:
        kind = catalogue().work_types[row["work_type"]]
        whole = row["cost"] + present_value(kind.upkeep * row["cost"], kind.life, catalogue().discount_rate)
        assert row["values"]["cost_per_poor"] == pytest.approx(whole / row["served"], abs=1)


def test_questions_that_are_not_asked_give_their_weight_to_the_group_and_are_no_gap(
    rows: list[dict[str, Any]],
) -> None:
    group = {item.id: item.group for item in catalogue().criteria}
    weight = {item.id: item.core.weight for item in catalogue().criteria}
    assert any(row["waived"] for row in rows)
    for row in rows:
        acting = row["effective_weights"]
        assert sum(acting.values()) == pytest.approx(1, abs=1e-12)
        for criterion in row["waived"]:
            assert row["values"][criterion] is None
            assert acting[criterion] == row["contributions"][criterion] == 0
        for name in set(group.values()):
            members = {item for item in group if group[item] == name}
            asked = members - set(row["waived"])
            gained = [acting[item] - weight[item] for item in asked]
            assert gained == pytest.approx(gained[:1] * len(gained)), "in equal parts"
            if "connection" not in row["waived"]:
                assert sum(acting[item] for item in asked) == pytest.approx(sum(weight[k] for k in members))
        for item, points in row["contributions"].items():
            assert -1e-9 <= points <= 100 * acting[item] + 1e-9
    assert all(row["low"] == row["high"] for row in rows if row["completeness"] == 1)


def test_money_of_others_counts_by_what_stands_behind_it(shared_db: Database, desk: Desk) -> None:
    funding = {"apbd": 30_000_000, "paket": 20_000_000, "swadaya": 10_000_000}
    shares = [
        told(shared_db, desk, cost=100_000_000, funding=funding, readiness={"cofunding": evidence})["values"][
            "cofunding"
        ]
        for evidence in ("none", "verbal", "letter")
    ]
    assert shares == [0, pytest.approx(0.15), pytest.approx(0.3)]
    with pytest.raises(BadDocument) as caught:
        told(shared_db, desk, readiness={"cofunding": "rumour"})
    assert (caught.value.problems[0].pointer, caught.value.problems[0].code) == (
        "/properties/readiness/cofunding",
        "unknown_cofunding",
    )


def test_a_work_joins_what_is_there_and_a_new_street_makes_the_difference(db: Database, desk: Desk) -> None:
    line = {"type": "LineString", "coordinates": _nowhere(db)}
    alone = told(db, desk, work_type="road_paving", geometry=line)
    with db.transaction() as session:
        session.execute(
            text("""
                insert into road (class, geom, source) select 'gang', ST_SetSRID(ST_MakeLine(
                    ST_MakePoint(:x + 0.00001, :y - 0.0002), ST_MakePoint(:x + 0.00001, :y + 0.0002)), 4326), 'uji'
            """),
            dict(zip("xy", line["coordinates"][1], strict=True)),
        )
    joined = told(db, desk, work_type="road_paving", geometry=line)
    assert joined["values"]["connection"] == min(alone["values"]["connection"] + 0.5, 1.0)


def test_steep_ground_is_said_against_what_the_type_bears(shared_db: Database, desk: Desk) -> None:
    items = proposals.list_proposals(shared_db, PUBLIC, kelurahan=KELURAHAN).items
    line = max((item for item in items if item.unit == "m"), key=lambda item: item.volume).geometry
    flat, stairs = (
        told(shared_db, desk, work_type=kind, geometry=line)["values"]["slope"]
        for kind in ("road_paving", "stairway")
    )
    assert flat == pytest.approx(stairs * 60 / 12)
    assert told(shared_db, desk)["values"]["slope"] is None, "a drain follows the water"


def _point_of(db: Database, order: str) -> dict[str, Any]:
    with db.transaction() as session:
        session.execute(text("select set_config('app.household_scope', :k, true)"), {"k": KELURAHAN})
        row = session.execute(
            text(f"""
                select ST_X(h.geom), ST_Y(h.geom) from household h
                where split_part(h.rt, '-', 1) = :k order by {order} limit 1
            """),
            {"k": KELURAHAN},
        ).one()
    return {"type": "Point", "coordinates": [row[0], row[1]]}


def _nowhere(db: Database) -> list[list[float]]:
    """A short line inside the kelurahan with no street near its second end."""
    with db.transaction() as session:
        row = session.execute(
            text("""
                select ST_X(p), ST_Y(p) from region r,
                    lateral (select (ST_Dump(ST_GeneratePoints(ST_Buffer(r.geom, -0.0008), 400, 3))).geom as p) points
                where r.code = :k order by (select min(s.geom <-> p) from road s) desc limit 1
            """),
            {"k": KELURAHAN},
        ).one()
    return [[row[0] - 0.0003, row[1]], [row[0], row[1]]]


def test_a_proposal_keeps_its_evidence(db: Database) -> None:
    made = proposals.create_proposal(db, actor(db, "planner"), a_draft(db, readiness={"cofunding": "letter"}))
    assert made.readiness["cofunding"] == "letter"
