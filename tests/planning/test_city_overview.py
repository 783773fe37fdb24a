"""The overview of a city: what it adds up, what is told of poor households to whom, and in which order it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from gis_core.slum import GRADES
from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from webgis.planning.access import PUBLIC
from webgis.planning.errors import NotAllowed, SignInNeeded
from webgis.planning.giving import city_overview
from webgis.planning.giving.city_overview import SORTS, Row, Wish, chosen
from webgis.planning.mapping import slum_totals, slums
from webgis.store.database import Database, household_scope

CITY = "99.01"


def rows_of(db: Database, role: str, region: str = CITY) -> dict[str, Row]:
    return {row.code: row for row in city_overview.overview(db, actor(db, role, region))}


def looks(db: Database) -> set[str]:
    """Kelurahan whose counts somebody was told, by the log."""
    with db.transaction() as session:
        return set(
            session.execute(text("select kelurahan from household_view where way = 'counts'")).scalars()
        )


def test_only_those_with_a_workspace_see_their_own_kelurahan(db: Database) -> None:
    assert len(rows_of(db, "city")) == 6
    assert set(rows_of(db, "facilitator", NEXT_DOOR)) == {NEXT_DOOR}
    with pytest.raises(NotAllowed):
        rows_of(db, "partner")
    with pytest.raises(SignInNeeded):
        city_overview.overview(db, PUBLIC)


def test_counts_are_for_those_with_the_right_and_noted(db: Database) -> None:
    published = rows_of(db, "city")[KELURAHAN].figures
    assert not looks(db), "who reads the published map sees no household"
    with db.transaction() as session:
        told = session.execute(
            text("select households from poverty where kelurahan = :code and households is not null"),
            {"code": KELURAHAN},
        ).scalars()
        assert (published.poor, published.counted) == (sum(told), False)
    counted = rows_of(db, "facilitator")[KELURAHAN].figures
    with db.transaction() as session, household_scope(session, KELURAHAN):
        homes = session.execute(
            text("select count(*) from household where split_part(rt, '-', 1) = :c"), {"c": KELURAHAN}
        )
        assert (counted.poor, counted.counted) == (homes.scalar_one(), True)
    assert looks(db) == set(rows_of(db, "city"))


def test_a_new_family_changes_nothing_for_those_without_the_right(db: Database) -> None:
    before = rows_of(db, "reviewer")
    with db.transaction() as session, household_scope(session, KELURAHAN):
        session.execute(text("delete from household where id = (select id from household limit 1)"))
    assert rows_of(db, "reviewer") == before


def test_stages_count_each_work_where_it_stands(db: Database) -> None:
    before = rows_of(db, "city")[KELURAHAN].figures
    with db.transaction() as session:
        moved = session.execute(
            text("""
                update proposal set state = 'completed' where id = (select id from proposal
                where kelurahan = :code and state = 'funded' order by id limit 1) returning cost
            """),
            {"code": KELURAHAN},
        ).scalar_one()
    after = rows_of(db, "city")[KELURAHAN].figures
    assert after.stages["funded"] == before.stages["funded"], "what is built was funded"
    assert after.stages["completed"].cost == before.stages["completed"].cost + moved
    assert after.progress == after.stages["completed"].cost / after.stages["funded"].cost
    assert after.planned is None, "no meeting adopted a plan"


def test_slum_land_is_that_of_the_graded_rt(shared_db: Database) -> None:
    found = rows_of(shared_db, "city")[KELURAHAN].figures
    form = slum_totals.kelurahan_form(shared_db, KELURAHAN)
    assert form is not None and found.hectares is not None
    assert found.hectares == pytest.approx({grade: form.hectares[grade] for grade in GRADES})
    assert found.slum_ha == pytest.approx(
        sum(area for grade, area in form.hectares.items() if grade != "none")
    )
    assert {area.outcome.grade for area in slums.slum_areas(shared_db, KELURAHAN)} > {"none"}


def test_sums_are_those_of_the_rows(shared_db: Database) -> None:
    rows = tuple(rows_of(shared_db, "city").values())
    whole, parts = city_overview.together(rows), city_overview.by_kecamatan(rows)
    assert len(parts) > 1
    assert whole.poor == sum(row.figures.poor or 0 for row in rows)
    assert whole.stages["verified"].cost == sum(one.figures.stages["verified"].cost for one in parts)
    assert whole.slum_ha == pytest.approx(sum(one.figures.slum_ha or 0 for one in parts))


@pytest.mark.parametrize("sort", SORTS)
def test_every_column_sorts_both_ways_with_the_unknown_last(shared_db: Database, sort: str) -> None:
    rows = tuple(rows_of(shared_db, "city").values())
    blank = replace(rows[0].figures, hectares=None, poor=None, planned=None)
    rows = (*rows, replace(rows[0], code="99.09.01.1001", name="Zzz", figures=blank))
    for rising in (True, False):
        values = [SORTS[sort](row) for row in chosen(rows, Wish(sort=sort, rising=rising))]
        known = [value for value in values if value is not None]
        assert values == [*known, *[None] * (len(values) - len(known))]
        assert known == sorted(known, reverse=not rising)


def test_filters_are_by_kecamatan_and_by_words(shared_db: Database) -> None:
    rows = tuple(rows_of(shared_db, "city").values())
    here = chosen(rows, Wish(kecamatan=rows[0].kecamatan))
    assert 0 < len(here) < len(rows)
    assert {row.kecamatan for row in here} == {rows[0].kecamatan}
    assert [row.code for row in chosen(rows, Wish(words=rows[0].name.upper()))] == [rows[0].code]
    assert [row.code for row in chosen(rows, Wish(words=rows[0].code))] == [rows[0].code]
