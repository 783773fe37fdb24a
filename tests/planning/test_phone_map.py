"""The map that travels in one file: complete, without links, without households."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.catalogues.vocabulary import STATES
from webgis.planning.errors import NotFound
from webgis.planning.giving import phone_map
from webgis.planning.proposals import proposals
from webgis.store.database import Database

TODAY = dt.date(2026, 11, 24)


def test_the_file_loads_nothing_from_anywhere(shared_db: Database) -> None:
    page = phone_map.render(shared_db, KELURAHAN, "id", TODAY)
    assert not re.findall(r"""<(?:script|link|img)[^>]*(?:src|href)=["']?(?:https?:)?//""", page)
    assert "@import" not in page and "L.map(" in page
    assert "Kumuh berat" in page and "kota ini tidak nyata" in page and "24-11-2026" in page
    assert len(page) < 4_000_000


@pytest.mark.parametrize(
    ("lang", "waiting"), [("id", "Diajukan atau ditinjau"), ("en", "Submitted or under review")]
)
def test_the_legend_explains_every_line_and_the_scale_is_metric(
    shared_db: Database, lang: str, waiting: str
) -> None:
    page = phone_map.render(shared_db, KELURAHAN, lang, TODAY)
    legend = page[page.index('<div class="sheet">') :]
    assert waiting in legend and legend.count("<svg") == len(phone_map.LOOKS)
    drawn = {state for look in phone_map.LOOKS.values() for state in look.states}
    assert drawn == set(STATES) - {"rejected", "withdrawn"}
    assert "L.control.scale({imperial: false})" in page and "L.control.scale()" not in page


def test_it_shows_works_but_no_household(shared_db: Database) -> None:
    page = phone_map.render(shared_db, KELURAHAN, "en", TODAY)
    works = proposals.list_proposals(shared_db, actor(shared_db, "planner"), kelurahan=KELURAHAN).items
    assert sum(work.title in page for work in works) > len(works) / 2
    with shared_db.transaction() as session:
        session.execute(text("select set_config('app.household_scope', '*', true)"))
        homes = session.execute(
            text("select ST_X(geom), ST_Y(geom) from household order by id limit 300")
        ).all()
    for x, y in homes:
        assert f"{x:.6f}, {y:.6f}" not in page and f"{x:.5f}" + "," + f"{y:.5f}" not in page


def test_what_people_type_stays_text(db: Database) -> None:
    proposals.create_proposal(db, actor(db, "planner"), a_draft(db, title="<img src=x onerror=alert(1)>"))
    page = phone_map.render(db, KELURAHAN, "id", TODAY)
    assert "<img src=x" not in page


def test_only_a_kelurahan_has_one(shared_db: Database) -> None:
    with pytest.raises(NotFound):
        phone_map.render(shared_db, "99.01", "id", TODAY)
