"""Whoever saves second changes nothing, whatever the noun: not a row, not a revision, not the version of a layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, actor
from webgis.planning import regions
from webgis.planning.access import Actor
from webgis.planning.errors import StaleVersion, VersionNeeded
from webgis.planning.mapping import assets, borders, households, slum_forms, slum_outlines, slums
from webgis.planning.mapping.household_drafts import HouseholdDraft
from webgis.settings import database_url
from webgis.store.database import Database, household_scope


@dataclass(frozen=True)
class Noun:
    """What is written and how: both take a version (None: not named)."""

    put: Callable[[int | None, str], Any]
    drop: Callable[[int | None], None] | None


@pytest.fixture(scope="module")
def city(test_databases: Any) -> Iterator[Database]:
    """A sample city of this module."""
    found = Database(database_url(test_databases.new("sample")), pool_size=1)
    yield found
    found.dispose()


def asset(db: Database, admin: Actor) -> Noun:
    stored = assets.list_assets(db, kelurahan=KELURAHAN, kind="public_tap", limit=1).items[0]
    draft = assets.AssetDraft(kind=stored.kind, geometry=stored.geometry)
    return Noun(
        lambda version, word: assets.replace_asset(db, admin, stored.id, replace(draft, name=word), version),
        lambda version: assets.delete_asset(db, admin, stored.id, version),
    )


def household(db: Database, admin: Actor) -> Noun:
    stored = households.list_households(db, admin, kelurahan=KELURAHAN, limit=1).items[0]
    draft = HouseholdDraft(geometry=stored.geometry, members=1)
    return Noun(
        lambda version, word: households.replace_household(
            db, admin, stored.id, replace(draft, members=1 + len(word)), version
        ),
        lambda version: households.delete_household(db, admin, stored.id, version),
    )


def area(db: Database, admin: Actor) -> Noun:
    stored = slums.profile(db, slums.slum_areas(db, KELURAHAN)[0].code)
    draft = slum_outlines.AreaDraft(stored.code, stored.name, stored.level, stored.geometry)
    return Noun(
        lambda version, word: slum_outlines.replace_area(
            db, admin, stored.id, replace(draft, name=f"RT {word}"), version
        ),
        lambda version: slum_outlines.delete_area(db, admin, stored.id, version),
    )


def form(db: Database, admin: Actor) -> Noun:
    stored = slums.profile(db, slums.slum_areas(db, KELURAHAN)[1].code)
    year = stored.forms[-1].year
    return Noun(
        lambda version, word: slum_forms.put_form(
            db, admin, stored.id, year, slum_forms.FormDraft({"1a": float(len(word))}), version
        )[0],
        lambda version: slum_forms.delete_form(db, admin, stored.id, year, version),
    )


def region(db: Database, admin: Actor) -> Noun:
    outline = regions.region(db, KELURAHAN).geometry
    assert outline is not None
    draft = borders.RegionDraft(outline)
    return Noun(
        lambda version, word: borders.replace_region(
            db, admin, KELURAHAN, replace(draft, name=f"Desa {word}"), version
        ),
        None,
    )


def state(db: Database) -> tuple[Any, ...]:
    """How many revisions there are, the last of them, and the version of every layer."""
    with db.transaction() as session, household_scope(session, "*"):
        last = session.execute(text("select count(*), max(id) from revision")).one()
        layers = session.execute(text("select layer, version from layer_version order by 1")).all()
    return tuple(last), tuple(map(tuple, layers))


@pytest.mark.parametrize("make", [asset, household, area, form, region], ids=lambda make: make.__name__)
def test_a_write_at_another_version_changes_nothing(
    city: Database, make: Callable[[Database, Actor], Noun]
) -> None:
    noun = make(city, actor(city, "admin", "99.01"))
    current = noun.put(_version_of(noun), "awal").version

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(st.none(), st.integers(-2, 40)), st.booleans(), st.text("ab", max_size=6))
    def check(version: int | None, deleting: bool, word: str) -> None:
        nonlocal current
        before = state(city)
        if version == current:
            current = noun.put(version, word).version
            assert state(city) != before
            return
        wanted = VersionNeeded if version is None else StaleVersion
        drop = noun.drop if deleting else None
        with pytest.raises(wanted):
            noun.put(version, word) if drop is None else drop(version)
        assert state(city) == before

    check()
    assert current > 1


def _version_of(noun: Noun) -> int:
    """The version stored now, as a stale write is told it."""
    with pytest.raises(StaleVersion) as caught:
        noun.put(-1, "x")
    return int(caught.value.current.version)
