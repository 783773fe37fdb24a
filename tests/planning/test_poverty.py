"""The public poverty map: no published number tells of a group of fewer than five."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from webgis.planning.poverty import BANDS, SUPPRESSED, publish
from webgis.store.database import Database

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
