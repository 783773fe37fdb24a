"""Migrations up and down with rows, revisions by trigger, validity rules, and the wall around households."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from webgis.settings import BadSetting, database_url
from webgis.store import migrate
from webgis.store.database import Database, household_scope
from webgis.store.models import Base

CITY = """
    insert into region (code, kind, name, geom, source) values
    ('99.01', 'kota', 'Kota', ST_Multi(ST_MakeEnvelope(107, -6, 108, -5, 4326)), 'test')
"""


@pytest.fixture
def owner(new_database: Callable[..., str]) -> Iterator[Database]:
    found = Database(database_url(new_database("migrated")), owner=True, pool_size=1)
    yield found
    found.dispose()


@pytest.fixture
def web(owner: Database) -> Iterator[Database]:
    found = Database(owner.url, pool_size=1)
    yield found
    found.dispose()


def test_every_revision_goes_down_and_up_again_with_rows_in_the_tables(
    new_database: Callable[..., str],
) -> None:
    url = new_database("sample")
    for below in ["base", *migrate.revisions()[:-1]][::-1]:
        migrate.downgrade(url, below)
    assert migrate.current(url) is None
    migrate.upgrade(url)
    assert migrate.current(url) == migrate.head()


def test_a_database_that_cannot_hold_every_name_is_refused(owner: Database) -> None:
    other = owner.url.set(database="in_ascii")
    with owner.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            text("create database in_ascii encoding 'SQL_ASCII' locale 'C' template template0"),
        )
        try:
            with pytest.raises(BadSetting, match="SQL_ASCII.*encoding 'UTF8'"):
                migrate.upgrade(other)
        finally:
            connection.execute(text("drop database in_ascii with (force)"))


def test_a_change_leaves_a_revision_with_who_and_why(owner: Database) -> None:
    with owner.transaction() as session:
        session.execute(text(CITY))
        who = session.execute(
            text(
                "insert into account (email, name, password_hash) values ('a@b.c', 'A', 'x') returning id::text"
            )
        ).scalar_one()
    with owner.transaction(who, "nama diperbaiki") as session:
        session.execute(text("update region set name = 'Kota Baru' where code = '99.01'"))
    with owner.transaction() as session:
        rows = (
            session.execute(text("select * from revision where row_id = '99.01' order by id"))
            .mappings()
            .all()
        )
    assert [row["action"] for row in rows] == ["insert", "update"]
    last = rows[-1]
    assert (str(last["account_id"]), last["reason"]) == (who, "nama diperbaiki")
    assert (last["old"]["name"], last["new"]["name"], last["version"]) == ("Kota", "Kota Baru", 2)
    assert last["new"]["geom"]["type"] == "MultiPolygon" and "geom_3857" not in last["new"]


def test_a_rolled_back_change_leaves_neither_revision_nor_version(owner: Database) -> None:
    def state() -> tuple[int, int]:
        with owner.transaction() as session:
            revisions = session.execute(text("select count(*) from revision")).scalar_one()
            version = session.execute(
                text("select version from layer_version where layer = 'regions'")
            ).scalar_one()
        return revisions, version

    before = state()
    with pytest.raises(DBAPIError), owner.transaction() as session:
        session.execute(text(CITY + "; select 1 / 0"))
    assert state() == before


@pytest.mark.parametrize(
    "sql", ["update revision set reason = 'x'", "delete from revision", "truncate revision"]
)
def test_nobody_rewrites_history(owner: Database, sql: str) -> None:
    with owner.transaction() as session:
        session.execute(text(CITY))
    with pytest.raises(DBAPIError, match="never changed"), owner.transaction() as session:
        session.execute(text(sql))


@pytest.mark.parametrize(
    "geometry",
    [
        "ST_GeomFromText('MULTIPOLYGON(((0 0, 1 1, 1 0, 0 1, 0 0)))', 4326)",  # crosses itself
        "ST_GeomFromText('MULTIPOLYGON EMPTY', 4326)",
        "ST_SetSRID(ST_Multi(ST_MakeEnvelope(0, 0, 1, 1)), 32748)",  # another CRS
        "ST_GeomFromText('MULTIPOLYGON Z (((0 0 5, 1 0 5, 1 1 5, 0 0 5)))', 4326)",
        "ST_GeomFromText('POINT(0 0)', 4326)",
    ],
)
def test_a_bad_geometry_never_gets_in(owner: Database, geometry: str) -> None:
    with pytest.raises(DBAPIError), owner.transaction() as session:
        session.execute(
            text(
                f"insert into region (code, kind, name, geom, source) values ('1', 'kota', 'x', {geometry}, 't')"
            )
        )


def test_money_and_states_are_bounded_by_the_table(owner: Database) -> None:
    with owner.transaction() as session:
        session.execute(text(CITY))
    bad = """
        insert into proposal (title, work_type, kelurahan, volume, unit, cost, state, geom, source)
        values ('x', 'mck', '99.01', 1, 'unit', :cost, :state, ST_SetSRID(ST_MakePoint(107.5, -5.5), 4326), 't')
    """
    for cost, state in ((0, "draft"), (5, "dreaming")):
        with pytest.raises(IntegrityError), owner.transaction() as session:
            session.execute(text(bad), {"cost": cost, "state": state})


WEIGHT_SET = """
    insert into weight_set (kelurahan, name, method, judgements, weights, criteria_version, participant, author)
    values ('99.01.01.1001', 'Bobot Bu Sri', 'roc', '{}', '{"land": 1}', '1', :who, 'A')
"""


def test_a_weight_set_leaves_a_revision_and_is_never_changed_or_deleted(owner: Database) -> None:
    with owner.transaction(reason="bobot") as session:
        session.execute(text(WEIGHT_SET), {"who": "Bu Sri"})
    with owner.transaction() as session:
        kept = (
            session.execute(text("select * from revision where table_name = 'weight_set'")).mappings().one()
        )
    assert (kept["action"], kept["new"]["weights"], kept["reason"]) == ("insert", {"land": 1}, "bobot")
    for sql in ("update weight_set set place = 'x'", "delete from weight_set", "truncate weight_set"):
        with pytest.raises(DBAPIError, match="never changed"), owner.transaction() as session:
            session.execute(text(sql))


def test_the_web_role_may_add_weight_sets_and_no_more(owner: Database, web: Database) -> None:
    with web.transaction() as session:
        session.execute(text(WEIGHT_SET), {"who": "Bu Sri"})
    for sql in ("update weight_set set place = 'x'", "delete from weight_set", "truncate weight_set"):
        with pytest.raises(DBAPIError, match="permission denied"), web.transaction() as session:
            session.execute(text(sql))
    with pytest.raises(IntegrityError, match="agreed_at_a_meeting"), web.transaction() as session:
        session.execute(text(WEIGHT_SET), {"who": None})


class TestHouseholdWall:
    """SQL as the web role, the second wall behind the rights."""

    @pytest.fixture(autouse=True)
    def homes(self, owner: Database) -> None:
        with owner.transaction() as session:
            session.execute(text(CITY))
            session.execute(text("select set_config('app.household_scope', '*', true)"))
            for kelurahan in ("99.01.01.1001", "99.01.01.1002"):
                rt = f"{kelurahan}-RW001-RT001"
                session.execute(
                    text("insert into region (code, kind, name, source) values (:c, 'rt', 'RT', 't')"),
                    {"c": rt},
                )
                session.execute(
                    text("""
                        insert into household (rt, members, geom, source)
                        values (:rt, 4, ST_SetSRID(ST_MakePoint(107.5, -5.5), 4326), 't')
                    """),
                    {"rt": rt},
                )

    @pytest.mark.parametrize(
        "sql",
        [
            "select count(*) from household",
            "select count(*) from (select * from household) as q where members > 0",
            "select count(*) from revision where table_name = 'household'",
        ],
    )
    def test_without_scope_nothing_is_seen(self, web: Database, sql: str) -> None:
        with web.transaction() as session:
            assert session.execute(text(sql)).scalar_one() == 0

    def test_copy_sees_nothing_either(self, web: Database) -> None:
        import io

        with web.transaction() as session:
            raw = session.connection().connection.driver_connection
            assert raw is not None
            out = io.StringIO()
            raw.cursor().copy_expert("copy (select * from household) to stdout", out)
        assert out.getvalue() == ""

    def test_a_scope_opens_one_kelurahan_and_closes_again(self, web: Database) -> None:
        count = text("select count(*) from household")
        with web.transaction() as session:
            with household_scope(session, "99.01.01.1001"):
                assert session.execute(count).scalar_one() == 1
            assert session.execute(count).scalar_one() == 0
        with web.transaction() as session:
            assert session.execute(count).scalar_one() == 0

    def test_a_scope_may_name_several_and_opens_no_other(self, web: Database) -> None:
        count = text("select count(*) from household")
        kept = text("select count(*) from revision where table_name = 'household'")
        for scope, seen in (
            ("99.01.01.1001,99.01.01.1002", 2), ("99.01.01.1002,99.01.09.1009", 1), ("99.01.01", 0), (",", 0), ("", 0),
        ):  # fmt: skip
            with web.transaction() as session, household_scope(session, scope):
                assert (session.execute(count).scalar_one(), session.execute(kept).scalar_one()) == (
                    seen,
                    seen,
                )

    def test_the_scope_does_not_outlive_a_failed_transaction(self, web: Database) -> None:
        with (
            pytest.raises(DBAPIError, match="division by zero"),
            web.transaction() as session,
            household_scope(session, "*"),
        ):
            session.execute(text("select 1 / 0"))
        with web.transaction() as session:
            assert session.execute(text("select count(*) from household")).scalar_one() == 0

    def test_the_web_role_cannot_publish_or_write_outside_its_scope(self, web: Database) -> None:
        for sql in (
            "insert into poverty values ('99.01', '99.01', 5, '5-9', 0, null, default, now())",
            "insert into revision (table_name, row_id, version, action) values ('x', 'x', 1, 'insert')",
            "insert into household (rt, members, geom, source)"
            " values ('99.01.01.1001-RW001-RT001', 1, ST_SetSRID(ST_MakePoint(107, -5), 4326), 't')",
        ):
            with pytest.raises(DBAPIError), web.transaction() as session:
                session.execute(text(sql))


@pytest.mark.parametrize("given", ["mysql://x/y", "not a url", "sqlite:///x"])
def test_a_url_that_is_not_postgres_is_refused(given: str) -> None:
    with pytest.raises(BadSetting):
        database_url(given)


def test_the_driver_is_always_written_out() -> None:
    assert database_url("postgresql://u@/d?host=/s").drivername == "postgresql+psycopg2"


def test_the_models_mirror_the_tables(owner: Database) -> None:
    inspector = inspect(owner.engine)
    for table in Base.metadata.tables.values():
        made = {column["name"]: column for column in inspector.get_columns(table.name)}
        for column in table.columns:
            assert column.name in made, f"{table.name}.{column.name} is in no migration"
            assert column.nullable == made[column.name]["nullable"], f"{table.name}.{column.name}"
