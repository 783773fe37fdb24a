"""Locking: whatever is tried at another version than the stored one changes nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from webgis.settings import database_url
from webgis.store import versioned
from webgis.store.database import Database, household_scope

RT = "99.01.01.1001-RW001-RT001"
POINT = shapely.to_wkb(shapely.Point(107.7, -5.6))
SQUARE = shapely.to_wkb(shapely.multipolygons([shapely.box(107.7, -5.6, 107.701, -5.599)]))
NEW: dict[str, dict[str, Any]] = {
    "asset": {"kind": "public_tap", "name": "a", "geom": POINT, "source": "t"},
    "slum_area": {"code": "k", "name": "a", "level": "kawasan", "geom": SQUARE, "source": "t"},
    "household": {"rt": RT, "members": 3, "geom": POINT, "source": "t"},
    "region": {"code": "99.01", "kind": "kota", "name": "a", "geom": SQUARE, "source": "t"},
}
CHANGE = {
    "asset": ("name", st.text("abc", max_size=5)), "slum_area": ("name", st.text("abc", min_size=1, max_size=5)),
    "household": ("members", st.integers(1, 30)), "region": ("name", st.text("abc", min_size=1, max_size=5)),
}  # fmt: skip


@pytest.fixture(scope="module")
def web(test_databases: Any) -> Iterator[Database]:
    """An empty store as the web role writes it, with one RT."""
    url = database_url(test_databases.new("migrated"))
    owner = Database(url, owner=True, pool_size=1)
    with owner.transaction() as session:
        session.execute(
            text("insert into region (code, kind, name, source) values (:c, 'rt', 'RT', 't')"), {"c": RT}
        )
    owner.dispose()
    found = Database(url, pool_size=8)
    yield found
    found.dispose()


def run(web: Database, act: Callable[[Any], Any]) -> Any:
    """Something done in a transaction that may see households."""
    with web.transaction(reason="uji") as session, household_scope(session, "99.01.01.1001"):
        return act(session)


def state(web: Database, table: str) -> tuple[Any, ...]:
    """All rows and all revisions."""

    def read(session: Any) -> tuple[Any, ...]:
        rows = session.execute(text(f"select t::text from {table} t order by 1")).scalars().all()
        kept = session.execute(text("select r::text from revision r order by id")).scalars().all()
        return rows, kept

    return run(web, read)


@pytest.mark.parametrize("table", sorted(NEW))
def test_no_write_at_another_version_changes_anything(web: Database, table: str) -> None:
    key = run(web, lambda s: versioned.insert(s, table, NEW[table]))
    column, values = CHANGE[table]
    current = 1

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.booleans(), st.integers(-3, 12), values), min_size=1, max_size=4))
    def check(steps: list[tuple[bool, int, Any]]) -> None:
        nonlocal current
        for deleting, version, value in steps:
            before = state(web, table)
            if version == current and not deleting:
                assert run(web, lambda s: versioned.replace(s, table, key, version, {column: value}))  # noqa: B023
                current += 1
                assert len(state(web, table)[1]) == len(before[1]) + 1
            elif version != current:
                act = (
                    (lambda s: versioned.delete(s, table, key, version))  # noqa: B023
                    if deleting
                    else (lambda s: versioned.replace(s, table, key, version, {column: value}))  # noqa: B023
                )
                assert not run(web, act)
                assert state(web, table) == before

    check()
    assert run(web, lambda s: versioned.delete(s, table, key, current))
    assert [row["action"] for row in run(web, lambda s: versioned.history(s, table, key))][-1] == "delete"


def test_of_many_writers_of_one_version_one_wins(web: Database) -> None:
    key = run(web, lambda s: versioned.insert(s, "asset", NEW["asset"]))
    for version in range(1, 11):
        with ThreadPoolExecutor(8) as pool:
            won = list(
                pool.map(
                    lambda n, v=version: run(
                        web, lambda s: versioned.replace(s, "asset", key, v, {"name": f"{v}-{n}"})
                    ),
                    range(8),
                )
            )
        assert won.count(True) == 1
    kept = run(web, lambda s: versioned.history(s, "asset", key))
    assert [row["version"] for row in kept] == list(range(1, 12))


def test_a_row_that_must_be_unique_is_not_made_twice(web: Database) -> None:
    first = run(web, lambda s: versioned.insert(s, "slum_area", NEW["slum_area"] | {"code": "once"}))
    before = state(web, "slum_area")
    assert first is not None
    assert run(web, lambda s: versioned.insert(s, "slum_area", NEW["slum_area"] | {"code": "once"})) is None
    assert state(web, "slum_area") == before


def test_without_a_scope_no_household_is_written(web: Database) -> None:
    key = run(web, lambda s: versioned.insert(s, "household", NEW["household"]))
    before = state(web, "household")
    with web.transaction() as session:
        assert not versioned.replace(session, "household", key, 1, {"members": 9})
        assert not versioned.delete(session, "household", key, 1)
        assert versioned.history(session, "household", key) == []
    assert state(web, "household") == before
