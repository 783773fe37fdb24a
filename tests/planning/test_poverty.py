"""The public poverty map: no published number tells of a group of fewer than five."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from webgis.planning.errors import Conflict
from webgis.planning.mapping.poverty import (
    BANDS,
    SUPPRESSED,
    Edition,
    audit,
    edition,
    following,
    publish,
    release_if_due,
    release_poverty,
)
from webgis.settings import BadSetting, database_url, read
from webgis.store import checks
from webgis.store.database import Database, household_scope

COUNTS = st.integers(0, 3000)


@given(COUNTS, COUNTS, st.floats(0, 500))
def test_a_published_number_is_nothing_or_at_least_five_in_steps_of_five(
    households: int, persons: int, area: float
) -> None:
    cell = publish("x", households, persons, area)
    if households < 5 or persons < 5:
        assert (cell.households, cell.band, cell.density_class) == (None, SUPPRESSED, None)
        return
    assert cell.households is not None and cell.households >= 5 and cell.households % 5 == 0
    assert abs(cell.households - households) <= 2
    assert cell.band in {name for _, name in BANDS}


@given(COUNTS, st.floats(0.1, 500))
def test_one_family_more_or_less_never_shows_below_the_threshold(households: int, area: float) -> None:
    few = [publish("x", n, 4 * n, area) for n in range(5)]
    assert len(set(few)) == 1, "0 to 4 look the same"
    cell = publish("x", households, 10_000, area)
    assert publish("x", households, 20_000, area) == cell, "persons above the threshold change nothing"


def test_the_release_of_the_sample_city_has_no_small_number_and_no_total(shared_db: Database) -> None:
    with shared_db.transaction() as session:
        cells = session.execute(text("select code, households, band, class from poverty")).mappings().all()
    assert len(cells) > 40
    for cell in cells:
        assert cell["code"].count("-") == 1, "one partition: RW"
        assert cell["households"] is None or (cell["households"] >= 5 and cell["households"] % 5 == 0)
        assert (cell["households"] is None) == (cell["band"] == SUPPRESSED) == (cell["class"] is None)


@pytest.mark.parametrize("table", ["poverty"])
def test_only_the_owner_publishes(shared_db: Database, table: str) -> None:
    with pytest.raises(Exception, match="permission denied"), shared_db.transaction() as session:
        session.execute(text(f"delete from {table}"))


QUARTERS = (1, 4, 7, 10)


@pytest.fixture
def owner(new_database: Callable[..., str]) -> Iterator[Database]:
    """The sample city as its owner, who may publish; its map was counted today."""
    found = Database(database_url(new_database("sample")), owner=True, pool_size=1)
    yield found
    found.dispose()


def published(db: Database) -> dict[str, tuple[int | None, dt.date]]:
    with db.transaction() as session:
        rows = session.execute(text("select code, households, released_on from poverty"))
        return {code: (households, on) for code, households, on in rows}


def a_family(db: Database, rw: str, how_many: int = 1) -> None:
    """More poor households in the first RT of an RW."""
    with db.transaction() as session, household_scope(session, "*"):
        session.execute(
            text("""
                insert into household (rt, members, geom, source)
                select code, 4, ST_PointOnSurface(geom), 'uji' from region, generate_series(1, :many)
                where code like :rw || '-%' and code = (select min(code) from region where code like :rw || '-%')
            """),
            {"rw": rw, "many": how_many},
        )


def test_the_map_changes_on_fixed_dates_only(owner: Database) -> None:
    before = published(owner)
    rw, (_, on) = next(iter(before.items()))
    due = following(QUARTERS, on)
    a_family(owner, rw, 20)
    assert edition(owner, QUARTERS, on) == Edition(on, due)
    eve = due - dt.timedelta(days=1)
    with pytest.raises(Conflict) as refused:
        release_poverty(owner, QUARTERS, eve)
    assert refused.value.params["next"] == due.isoformat()
    assert release_if_due(owner, QUARTERS, eve) is None
    assert published(owner) == before
    assert release_if_due(owner, QUARTERS, due) is not None
    after = published(owner)
    assert {on for _, on in after.values()} == {due}
    assert (after[rw][0] or 0) - (before[rw][0] or 0) in (20, 25) or before[rw][0] is None
    assert release_if_due(owner, QUARTERS, due) is None, "once"


def test_a_correction_says_why_and_stays_in_the_chain(owner: Database) -> None:
    rw, (_, on) = next(iter(published(owner).items()))
    a_family(owner, rw, 10)
    release_poverty(owner, QUARTERS, on, correction="RW tertukar")
    with owner.transaction() as session:
        kept = session.execute(
            text(
                "select reason, new ->> 'digest' from revision where table_name = 'poverty_release' order by id"
            )
        ).all()
        assert [reason for reason, _ in kept][-1] == "RW tertukar"
        assert len({digest for _, digest in kept}) == len(kept) == 2
    with owner.transaction() as session, household_scope(session, "*"):
        assert checks.faults(session) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "update poverty set households = households + 5 where households is not null",
            "not the one of the last",
        ),
        (
            "alter table poverty_cell disable trigger keep_update;"
            "update poverty_cell set households = households + 5 where households is not null;"
            "update poverty set households = households + 5 where households is not null;"
            "alter table poverty_cell enable trigger keep_update",
            "whose numbers were changed",
        ),
    ],
)
def test_a_number_that_was_changed_between_releases_is_named(owner: Database, change: str, told: str) -> None:
    with owner.transaction() as session, household_scope(session, "*"):
        session.execute(text(change))
        assert any(told in fault for fault in checks.faults(session))


@pytest.mark.parametrize("statement", ["update {} set digest = ''", "delete from {}", "truncate {} cascade"])
def test_a_release_is_never_taken_back(owner: Database, statement: str) -> None:
    with pytest.raises(DBAPIError), owner.transaction() as session:
        session.execute(text(statement.format("poverty_release")))


def test_a_border_that_moves_three_families_tells_nobody_of_them(owner: Database) -> None:
    """An RT with three poor households goes from one RW to the next: the difference of two releases would be those."""
    with owner.transaction() as session, household_scope(session, "*"):
        give, take = session.execute(
            text("""
                select a.code, b.code from poverty a join poverty b on ST_Touches(a.geom, b.geom)
                where a.households >= 10 and b.households >= 10 and a.code < b.code limit 1
            """)
        ).one()
        session.execute(text("delete from household where rt like :rw || '-%'"), {"rw": take})
        session.execute(text("delete from household where rt like :rw || '-%'"), {"rw": give})
    a_family(owner, give, 10)
    a_family(owner, take, 10)
    on = following(QUARTERS, dt.date.today())
    release_poverty(owner, QUARTERS, on)
    shown = published(owner)
    assert shown[give][0] == shown[take][0] == 10
    with owner.transaction() as session, household_scope(session, "*"):
        values = {"give": give, "take": take}
        session.execute(
            text("""
                with strip as (
                    select ST_Buffer(geom, 1e-5) as geom from household where rt like :give || '-%' limit 1
                ), gone as (
                    update region r set geom = ST_Multi(ST_Difference(r.geom, strip.geom)) from strip
                    where r.code = :give returning 1
                ), come as (
                    update region r set geom = ST_Multi(ST_Union(r.geom, strip.geom)) from strip
                    where r.code = :take returning 1
                )
                update household set rt = (select min(code) from region where code like :take || '-%')
                where id in (select id from household where rt like :give || '-%' limit 3)
                and (select count(*) from gone) + (select count(*) from come) = 2
            """),
            values,
        )
    for _ in range(2):
        on = following(QUARTERS, on)
        release_poverty(owner, QUARTERS, on)
        shown = published(owner)
        assert shown[give][0] is shown[take][0] is None, "hidden, and still so at the next release"


def test_the_audit_stops_a_rule_that_tells() -> None:
    assert audit({"a": 10, "b": None}, {"a": 12, "b": 4}, [{"a": 10, "b": 5}]) == []
    assert audit({"a": 10}, {"a": 13}, []) == ["a"], "not the number of that RW"


@given(COUNTS, COUNTS)
def test_no_two_releases_of_an_rw_hold_a_small_group_between_them(now: int, before: int) -> None:
    told = {"a": publish("a", now, 5 * now, 3.0).households}
    assert audit(told, {"a": now}, [{"a": publish("a", before, 5 * before, 3.0).households}]) == []


@pytest.mark.parametrize(
    ("months", "day", "then"),
    [
        ((1, 4, 7, 10), dt.date(2026, 3, 31), dt.date(2026, 4, 1)),
        ((1, 4, 7, 10), dt.date(2026, 4, 1), dt.date(2026, 7, 1)),
        ((1, 4, 7, 10), dt.date(2026, 12, 24), dt.date(2027, 1, 1)),
        ((6,), dt.date(2026, 6, 1), dt.date(2027, 6, 1)),
    ],
)
def test_the_next_date(months: tuple[int, ...], day: dt.date, then: dt.date) -> None:
    assert following(months, day) == then


def test_the_dates_are_a_setting() -> None:
    url = {"DATABASE_URL": "postgresql://x@y/z"}
    assert read(url).poverty_months == QUARTERS
    assert read(url | {"WEBGIS_POVERTY_MONTHS": "7, 1"}).poverty_months == (1, 7)
    for wrong in ("13", "Januari", "1;7"):
        with pytest.raises(BadSetting, match="WEBGIS_POVERTY_MONTHS"):
            read(url | {"WEBGIS_POVERTY_MONTHS": wrong})
