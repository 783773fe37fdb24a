"""The form of a whole kelurahan: sums, never means; a kawasan is not counted beside its RT."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import text

from gis_core.slum import CRITERIA
from tests.planning.conftest import KELURAHAN
from webgis.planning.mapping.slum_totals import kawasan_of, kelurahan_form
from webgis.planning.mapping.slums import slum_areas
from webgis.store.database import Database

FILL = ", ".join(f"v{code} = 0" for code in CRITERIA)


def test_hectares_and_number_of_rt_are_those_of_the_last_forms(shared_db: Database) -> None:
    found = kelurahan_form(shared_db, KELURAHAN)
    areas = slum_areas(shared_db, KELURAHAN)
    assert found is not None and found.areas == len(areas)
    with shared_db.transaction() as session:
        rows = session.execute(
            text("""
                select distinct on (s.code) s.code, a.area_verified_ha from slum_assessment a
                join slum_area s on s.id = a.slum_area_id where s.kelurahan = :code order by s.code, a.year desc
            """),
            {"code": KELURAHAN},
        ).all()
    hectares: dict[str, float] = dict(rows)
    for grade, total in found.hectares.items():
        assert total == pytest.approx(sum(hectares[a.code] for a in areas if a.outcome.grade == grade))
    assert found.total == sum(aspect.points for aspect in found.aspects) and len(found.aspects) == 7


def test_a_deficit_is_divided_after_adding_up_and_what_one_rt_lacks_is_unknown(db: Database) -> None:
    areas = slum_areas(db, KELURAHAN)
    with db.transaction() as session:
        session.execute(text(f"update slum_assessment set {FILL}, buildings = 10, area_verified_ha = 1"))
        one = "update slum_assessment set {} where slum_area_id = cast(:id as uuid)"
        session.execute(text(one.format("v1a = 90, buildings = 100, v3a = null")), {"id": areas[0].id})
        session.execute(text(one.format("area_verified_ha = null")), {"id": areas[1].id})
    found = kelurahan_form(db, KELURAHAN)
    assert found is not None
    others = len(areas) - 1
    assert found.aspects[0].mean == pytest.approx(90 / (100 + 10 * others) / 3)
    assert "3a" in found.unknown and found.without_area == 1
    assert np.isclose(sum(found.hectares.values()), others)


def test_a_kawasan_is_not_counted_beside_its_rt(db: Database) -> None:
    before = kelurahan_form(db, KELURAHAN)
    with db.transaction() as session:
        session.execute(
            text("update slum_area set level = 'kawasan' where id = cast(:id as uuid)"),
            {"id": slum_areas(db, KELURAHAN)[0].id},
        )
    after = kelurahan_form(db, KELURAHAN)
    assert before is not None and after is not None and after.areas == before.areas - 1


def test_a_kelurahan_without_forms_has_none(shared_db: Database) -> None:
    assert kelurahan_form(shared_db, "99.99.99.9999") is None


def test_a_kawasan_adds_up_the_rt_that_lie_in_it(shared_db: Database) -> None:
    found = kawasan_of(shared_db, KELURAHAN)
    assert [one.name for one in found] == ["Kawasan Bantaran Utara", "Kawasan Bantaran Tenggara"]
    whole = kelurahan_form(shared_db, KELURAHAN)
    assert whole is not None
    scores = {area.code: area.outcome.total or 0 for area in slum_areas(shared_db, KELURAHAN)}
    for one in found:
        assert one.form is not None and one.form.areas == len(one.rt) > 5
        inside = [scores[code] for code in one.rt]
        assert min(inside) <= one.form.total <= max(inside)
        assert 0 < sum(one.form.hectares.values()) < sum(whole.hectares.values())
    assert not set(found[0].rt) & set(found[1].rt), "an RT lies in one kawasan"
