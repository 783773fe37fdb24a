"""What the review tells of a work's place: flooded ground and slope on page, side by side and paper, and as a layer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from mapbox_vector_tile import decode  # type: ignore[import-untyped, unused-ignore]
from sqlalchemy import text

from tests import web
from tests.pages.test_pages import LANGUAGES
from tests.pages.test_review import queued
from tests.pages.test_review_papers import printed, words
from tests.tiles.test_tiles import tile_of
from tests.web import Person

NAMES = {
    "id": ("Di lahan rawan genangan", "Kemiringan sepanjang kegiatan", "Seluruh KK penerima manfaat"),
    "en": ("In flood-prone ground", "Slope along the work", "All households that benefit"),
}


@pytest.fixture(scope="module")
def wet_and_dry(app: Any, people: dict[str, Person]) -> tuple[str, str]:
    """A work of the queue that lies at least half in a flooded area as drawn, and one that touches none."""
    with app.extensions["webgis"].db.transaction() as session:
        found = session.execute(
            text("""
                select p.id::text, coalesce(ST_Length(ST_Intersection(p.geom, a.geom)) / ST_Length(p.geom), 0)
                from proposal p, (select ST_Union(geom) as geom from hazard_area) a
                where p.id::text = any(:ids) and ST_Dimension(p.geom) = 1
            """),
            {"ids": [*queued(people["reviewer"]), *queued(people["reviewer"], "decided")]},
        ).all()
    wet = next(key for key, share in found if share > 0.5)
    dry = next(key for key, share in found if share == 0)
    return wet, dry


def shown(page: str, name: str) -> str:
    found = re.search(rf"<dt>{name}</dt>\s*<dd><b>([^<]*)</b>", page)
    assert found, name
    return found[1]


def percent(value: str) -> float:
    return float(value.replace("%", "").replace("\u202f", "").replace("\xa0", "").replace(",", ".").strip())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_tells_flood_and_slope_of_a_work(
    people: dict[str, Person], wet_and_dry: tuple[str, str], lang: str
) -> None:
    flood, slope, everybody = NAMES[lang]
    pages = [people["reviewer"].client.get(f"/review/{key}?lang={lang}").text for key in wet_and_dry]
    assert percent(shown(pages[0], flood)) >= 50 and percent(shown(pages[1], flood)) == 0
    assert all(0 <= percent(shown(page, slope)) < 100 for page in pages)
    assert all(everybody in page for page in pages)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sheet_and_comparison_tell_the_same(
    people: dict[str, Person], wet_and_dry: tuple[str, str], lang: str
) -> None:
    reviewer, flood = people["reviewer"], NAMES[lang][0]
    page = reviewer.client.get(f"/review/{wet_and_dry[0]}?lang={lang}").text
    sheet = words(printed(reviewer, f"/review/{wet_and_dry[0]}/lembar.pdf", lang))
    flat = sheet.replace(" ", "").replace("\u202f", "").replace("\xa0", "")
    assert f"{flood}{shown(page, flood)}".replace(" ", "").replace("\u202f", "").replace("\xa0", "") in flat
    two = queued(reviewer)[:2]
    beside = reviewer.client.get(f"/review/compare?work={two[0]}&work={two[1]}&lang={lang}").text
    assert all(f'<th scope="row">{name}</th>' in beside for name in NAMES[lang])


def test_flooded_ground_is_a_layer_for_everybody(app: Any, people: dict[str, Person]) -> None:
    with app.extensions["webgis"].db.transaction() as session:
        lon, lat, threshold = session.execute(
            text("""
                select ST_X(p), ST_Y(p), threshold
                from (select ST_PointOnSurface(geom) p, threshold from hazard_area order by ST_Area(geom) desc) big
                limit 1
            """)
        ).one()
    x, y = tile_of(lon, lat, 15)
    answer = people["public"].client.get(f"/tiles/hazards/15/{x}/{y}.mvt")
    assert answer.status_code == 200
    layer = decode(answer.data)["hazards"]
    assert layer["features"]
    assert {tuple(sorted(one["properties"])) for one in layer["features"]} == {("kind", "threshold", "year")}
    assert layer["features"][0]["properties"]["threshold"] == threshold
    page = people["public"].client.get("/?lang=en").text
    assert re.search(r'data-layer="hazards"> ', page), "there is a switch, and it is off"
    assert f"Water deeper than {threshold} m" in page


def test_a_city_without_a_flood_map_has_no_such_layer(test_databases: Any) -> None:
    visitor = web.public(web.make_app(test_databases.new("migrated")))
    assert 'data-layer="hazards"' not in visitor.client.get("/").text


def test_the_queue_is_filtered_by_kecamatan(people: dict[str, Person]) -> None:
    reviewer = people["reviewer"]
    page = reviewer.client.get("/review?lang=id").text
    offered = re.findall(r'<optgroup label="([^"]+)"><option value="([\d.]+)"', page)
    assert len(offered) >= 2
    parts = [
        re.findall(r'data-proposal="([^"]+)"', reviewer.client.get(f"/review?kelurahan={code}").text)
        for _, code in offered
    ]
    assert all(parts) and sorted(key for part in parts for key in part) == sorted(queued(reviewer))
