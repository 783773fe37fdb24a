"""The spatial plan on the sample city: what a zone says of a work, which plan comes first, what nobody can say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from tests.planning.test_gates import gate, told
from webgis.planning.catalogues.catalogue import catalogue, read_table
from webgis.planning.catalogues.zoning import matrix
from webgis.planning.judging.desk import Desk
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.settings import database_url
from webgis.store.database import Database


def spot(db: Database, code: str) -> dict[str, Any]:
    """A place of the kelurahan inside a zone of this code."""
    with db.transaction() as session:
        found = session.execute(
            text("""
                select ST_AsGeoJSON(ST_PointOnSurface(inside)) from spatial_zone z, region k,
                     lateral (select ST_Intersection(z.geom, ST_Buffer(k.geom, -0.0002)) as inside) part
                where k.code = :kelurahan and z.code = :code and ST_Area(inside) > 0 order by z.id limit 1
            """),
            {"kelurahan": KELURAHAN, "code": code},
        ).scalar_one()
    place: dict[str, Any] = json.loads(found)
    return place


def lay(db: Database, place: dict[str, Any], code: str, **more: Any) -> None:
    """A zone of 40 m by 40 m around a place, of a plan as late as the sample's or another year."""
    with db.transaction() as session:
        session.execute(
            text("""
                insert into spatial_zone (code, name, plan, year, source, geom)
                values (:code, :name, :plan, :year, 'uji', ST_Multi(ST_Expand(ST_GeomFromGeoJSON(:at), 0.00018)))
            """),
            {"code": code, "name": None, "plan": "rdtr", "year": 2023, "at": json.dumps(place), **more},
        )


def plan_words(answer: dict[str, Any]) -> str:
    """What the gate of the spatial plan says."""
    return str(next(item["message"] for item in answer["gates"] if item["name"] == "spatial_plan"))


@pytest.mark.parametrize(
    ("work_type", "code", "state", "says"),
    [
        (
            "house_repair",
            "PS",
            False,
            "does not allow this work in zone PS (Perlindungan Setempat); 100% of it",
        ),
        ("house_repair", "R-2", True, ""),
        ("posyandu", "RTH-4", None, "zone RTH-4 (Taman Kelurahan) with limits or on conditions only"),
        ("culvert", "PS", True, ""),
        ("mck", "BJ", False, "zone BJ (Badan Jalan)"),
    ],
)
def test_a_zone_allows_forbids_or_leaves_it_to_a_person(
    shared_db: Database, desk: Desk, work_type: str, code: str, state: bool | None, says: str
) -> None:
    answer = told(shared_db, desk, work_type=work_type, geometry=spot(shared_db, code))
    assert gate(answer, "spatial_plan") is state
    assert says in plan_words(answer)
    if state is False:
        assert answer["rank"] is None
        assert answer["warnings"][0]["code"] == "gate_plan_forbidden"


def test_what_takes_no_ground_is_not_asked(shared_db: Database, desk: Desk) -> None:
    answer = told(shared_db, desk, work_type="training", geometry=spot(shared_db, "PS"))
    assert "spatial_plan" not in {item["name"] for item in answer["gates"]}
    idle = set(catalogue().work_types) - set(matrix().activity)
    assert idle == {"waste_bins", "waste_cart", "fire_pump", "scholarship", "training", "revolving_loan"}


def test_the_ranking_lists_what_the_plan_forbids_below_the_others(shared_db: Database, desk: Desk) -> None:
    run = rank_kelurahan(shared_db, desk, actor(shared_db, "planner", NEXT_DOOR), NEXT_DOOR, keep=False)
    out = [row for row in run["ranking"] if "spatial_plan" in row["gates_failed"]]
    assert [row["rank"] for row in out] == [None]
    passed = [
        row
        for row in run["ranking"]
        if not {"spatial_plan"} & {*row["gates_failed"], *row["gates_unchecked"]}
    ]
    assert len(passed) > 0.5 * len(run["ranking"])
    assert run["data_versions"]["spatial-plan"] >= 1


def test_an_unknown_code_is_neither_allowed_nor_refused(db: Database, desk: Desk) -> None:
    for code in ("R-2", "PS"):
        place = spot(db, code)
        lay(db, place, "ZX-9", name="Zona Khusus Baru", year=2026)
        answer = told(db, desk, work_type="house_repair", geometry=place)
        assert gate(answer, "spatial_plan") is None
        assert "rules of zone ZX-9 (Zona Khusus Baru) are not in the catalogue" in plan_words(answer)
        assert answer["rank"] is not None


def test_the_detailed_plan_comes_first_and_the_later_one_too(db: Database, desk: Desk) -> None:
    bank = spot(db, "PS")
    lay(db, bank, "R", plan="rtrw", year=2026)
    assert gate(told(db, desk, work_type="house_repair", geometry=bank), "spatial_plan") is False
    lay(db, bank, "R", year=2020)
    assert gate(told(db, desk, work_type="house_repair", geometry=bank), "spatial_plan") is False
    lay(db, bank, "R")
    quarrel = told(db, desk, work_type="house_repair", geometry=bank)
    assert gate(quarrel, "spatial_plan") is None
    assert "zones that overlap" in plan_words(quarrel)
    lay(db, bank, "R", year=2026)
    assert gate(told(db, desk, work_type="house_repair", geometry=bank), "spatial_plan") is True


def test_without_a_plan_on_the_map_nobody_has_checked(new_database: Any, desk: Desk) -> None:
    db = Database(database_url(new_database("sample")), owner=True, pool_size=1)
    home = spot(db, "R-2")
    with db.transaction() as session:
        session.execute(text("delete from spatial_zone where code like 'R-%'"))
    gap = told(db, desk, work_type="house_repair", geometry=home)
    assert (gate(gap, "spatial_plan"), "in no zone" in plan_words(gap)) == (None, True)
    with db.transaction() as session:
        session.execute(text("delete from spatial_zone"))
        changes = session.execute(
            text("select count(*) from revision where table_name = 'spatial_zone' and action = 'delete'")
        ).scalar_one()
    bare = told(db, desk, work_type="house_repair", geometry=home)
    assert (gate(bare, "spatial_plan"), "not on the map yet" in plan_words(bare)) == (None, True)
    assert bare["rank"] is not None
    assert bare["score"] == gap["score"], "a gate takes no points"
    assert changes > 50, "every change is kept"
    db.dispose()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("R-2", "R"), ("R2", "R"), ("r.2", "R"), ("RTH-7", "RTH-7"), ("RTH-7.1", "RTH-7"), ("RTH-3", "RTH"),
        ("SPU-1", "SPU"), ("PS", "PS"), ("ZX", None), ("-", None), ("RX", None),
    ],
)  # fmt: skip
def test_a_code_is_known_as_it_stands_or_by_its_zone(code: str, kind: str | None) -> None:
    found = matrix().kind(code)
    assert (found.code if found else None) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Zona Perumahan Kepadatan Sangat Tinggi", "R"), ("Kawasan Permukiman Perkotaan", "R"),
        ("SPU Skala Kelurahan", "SPU"), ("Sub-Zona Perdagangan dan Jasa Skala WP", "K"), ("Badan Jalan", "BJ"),
        ("Zona Perlindungan Setempat (PS)", "PS"), ("Kawasan Peruntukan Industri", "KPI"), ("Zona Ajaib", None),
    ],
)  # fmt: skip
def test_a_name_is_known_by_the_words_of_plans(name: str, kind: str | None) -> None:
    found = matrix().named(name)
    assert (found.code if found else None) == kind


def test_a_matrix_with_a_gap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_table("spatial_plan")
    table["zones"]["R"]["letters"] = "I I I"
    monkeypatch.setattr("webgis.planning.catalogues.zoning.read_table", lambda name: table)
    with pytest.raises(ValueError, match=r"spatial_plan\.toml: R needs 9 letters"):
        matrix.__wrapped__()
