"""A poor household that nobody may find: added, searched for in every public and partner answer, and compared.

The strongest check needs no idea of what a leak looks like: no byte of any answer may differ once it is there
(reliability, section 2, canaries). A route that this test does not know makes it fail.
"""

from __future__ import annotations

import io
import json
import math
import re
import uuid
import zipfile
from typing import Any

import mapbox_vector_tile
import pyarrow.parquet
import pytest
import shapely
from sqlalchemy import text

from tests import files
from tests.api.rights_table import MEETING, PLAN, PROGRAMME, SET
from tests.api.test_attachments import send
from tests.web import HOME, Person, make_app, public, signed_in, work
from webgis.app import create_app
from webgis.context import KEY
from webgis.planning.giving.exports import FORMATS
from webgis.planning.plans.plans import run_plan
from webgis.settings import database_url
from webgis.store.database import Database, household_scope
from webgis.store.tiles import LAYERS

MEMBERS = 29
UNSTEADY = {"/metrics", "/healthz", "/readyz", "/static/<path:filename>"}
NOT_THERE = {"/tiles/basemap.pmtiles", "/login/openid", "/login/openid/back", "/welcome/<token>"}
"""No file, no provider, no invitation in this installation; nothing of families is near them."""
BINARY = {"gpkg", "shp.zip", "kml"}
"""Formats with times of making inside: searched, not compared."""
WHOLE = "geojson"
"""The format in which the whole city is asked for, too; in all others it would be written from the same rows."""
XLSX_TIMES = "docProps/core.xml"
ZOOMS = range(21)


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    n = 1 << z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n
    return int((lon + 180) / 360 * n), int(y)


def quiet_place(session: Any) -> tuple[float, float, str]:
    """A place in the planner's kelurahan as far as possible from anything public, and the RT it is said to be in."""
    query = text("""
        with k as (select geom_3857 as geom from region where code = :home),
        grid as (select (ST_Dump(ST_GeneratePoints(geom, 3000, 7))).geom as p from k),
        things as (
            select geom_3857 as g from building union all select geom_3857 from road
            union all select geom_3857 from asset union all select geom_3857 from place
            union all select ST_Boundary(geom_3857) from region
            union all select geom_3857 from proposal)
        select ST_X(ST_Transform(p, 4326)), ST_Y(ST_Transform(p, 4326)),
               (select code from region where kind = 'rt' and split_part(code, '-', 1) = :home limit 1)
        from grid, lateral (select g <-> p as d from things order by g <-> p limit 1) near
        order by d desc limit 1
    """)
    lon, lat, rt = session.execute(query, {"home": HOME}).one()
    return round(lon, 7), round(lat, 7), rt


def addresses(app: Any, lon: float, lat: float, known: dict[str, str]) -> dict[str, list[str]]:
    """Every GET route of the application with what to ask it."""
    tiles = [
        f"/tiles/{layer}/{z}/{x}/{y}.mvt"
        for layer in LAYERS
        for z in ZOOMS
        for x, y in [tile_of(lon, lat, z)]
    ]
    proposal, area = known["proposal"], known["area"]
    box = f"{lon - 0.001},{lat - 0.001},{lon + 0.001},{lat + 0.001}"
    special = {
        "/tiles/<layer>/<int:z>/<int:x>/<int:y>.mvt": tiles,
        "/tiles/<layer>.json": [f"/tiles/{layer}.json" for layer in LAYERS],
        "/api/v1/export/<file>": [
            f"/api/v1/export/{layer}.{form}{query}"
            for layer in LAYERS for form in FORMATS for query in ("", f"?kelurahan={HOME}") if query or form == WHOLE
        ],
        "/api/v1/proposals": ["/api/v1/proposals?limit=1000", f"/api/v1/proposals?bbox={box}"],
        "/api/v1/regions": ["/api/v1/regions?limit=1000"],
        "/api/v1/assets": ["/api/v1/assets?limit=1000", f"/api/v1/assets?bbox={box}"],
        "/api/v1/households": ["/api/v1/households", f"/api/v1/households?kelurahan={HOME}&bbox={box}"],
        "/api/v1/slum-areas": ["/api/v1/slum-areas?limit=1000"],
        "/api/v1/rankings": [f"/api/v1/rankings?kelurahan={HOME}"],
        "/api/v1/plans": [f"/api/v1/plans?kelurahan={HOME}"],
        "/api/v1/weight-sets": [f"/api/v1/weight-sets?kelurahan={HOME}"],
        "/api/v1/forums": [f"/api/v1/forums?kelurahan={HOME}"],
        "/api/v1/reports": [f"/api/v1/reports?kelurahan={HOME}"],
        "/panel/summary": ["/panel/summary", f"/panel/summary?bbox={box}"],
        "/panel/search": ["/panel/search?q=RT"],
    }  # fmt: skip
    values = {
        "code": HOME, "area_id": area, "area": area, "proposal_id": proposal, "ranking_id": known["ranking"],
        "plan_id": known["plan"], "work_id": proposal, "kelurahan": HOME,
        "weight_set_id": known["weights"], "attachment_id": known["attachment"],
        "forum_id": known["forum"], "report_id": known["report"],
        "asset_id": known["asset"], "job_id": str(uuid.uuid4()), "import_id": str(uuid.uuid4()),
        "household_id": str(uuid.uuid4()), "year": "2026", "person_id": str(uuid.uuid4()), "token": "nothing",
        "programme_id": known["programme"], "region": f"{HOME}-RW001", "way": "type", "key": "mck",
    }  # fmt: skip
    found: dict[str, list[str]] = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule in UNSTEADY:
            continue
        if rule.rule in special:
            found[rule.rule] = special[rule.rule]
            continue
        unknown = rule.arguments - values.keys()
        assert not unknown, f"{rule.rule}: say here what to ask for {unknown}"
        found[rule.rule] = [re.sub(r"<(?:[^<>:]+:)?(\w+)>", lambda m: values[m[1]], rule.rule)]
    return found


def to_compare(pages: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same addresses without those whose answers are only searched."""
    return {
        rule: [url for url in urls if url.partition("?")[0].split(".", 1)[-1] not in BINARY]
        for rule, urls in pages.items()
    }


def unread(pages: dict[str, list[str]], answers: dict[str, dict[str, tuple[int, bytes, str]]]) -> set[str]:
    """Routes of which nobody outside was told anything, nor refused: the crawl asked for what is not there."""
    said = {rule: {told[url][0] for told in answers.values() for url in urls} for rule, urls in pages.items()}
    return {rule for rule, codes in said.items() if not codes & {200, 302, 303, 401, 403}}


def steady(body: bytes) -> bytes:
    """An answer unpacked, without what changes by itself: random names in the folium map, names of built files."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist() if name != XLSX_TIMES)
    if body.startswith(b"PAR1"):
        table = pyarrow.parquet.read_table(io.BytesIO(body)).to_pydict()
        return repr([table, [str(shape) for shape in shapely.from_wkb(table["geometry"])]]).encode()
    body = re.sub(rb"_[0-9a-f]{32}", b"_RANDOM", body)
    return re.sub(rb"-[A-Z0-9]{8}\.(js|css|svg|woff2)", rb"-BUILD.\1", body)


def crawl(person: Any, pages: dict[str, list[str]]) -> dict[str, tuple[int, bytes, str]]:
    answers = {}
    for url in (url for urls in pages.values() for url in urls):
        answer = person.client.get(url)
        assert answer.status_code < 500, url
        answers[url] = (answer.status_code, steady(answer.data), answer.headers.get("ETag", ""))
    return answers


def near_in_tile(url: str, body: bytes, lon: float, lat: float) -> bool:
    """Whether a vertex of a tile lies within 3 m of the place (tiles of z >= 15, which are that exact)."""
    z, x, y = (int(part) for part in re.findall(r"/(\d+)", url)[:3])
    if z < 15 or not body:
        return False
    n = 1 << z
    px = ((lon + 180) / 360 * n - x) * 4096
    py = ((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n - y) * 4096
    reach = 3 / (40_075_017 / n / 4096)
    decoded = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
    numbers = json.dumps(
        [f["geometry"]["coordinates"] for layer in decoded.values() for f in layer["features"]]
    )
    pairs = re.findall(r"\[(-?[\d.]+), (-?[\d.]+)\]", numbers)
    return any(math.hypot(float(a) - px, float(b) - py) < reach for a, b in pairs)


def spoken(resident: Person, planner: Person, known: dict[str, str]) -> dict[str, str]:
    """A report that everybody may read, a comment, and the votes of a forum: what stands on public pages."""
    where = f"/api/v1/assets/{known['asset']}/reports"
    report = resident.send("POST", where, data={"body": "Saluran tersumbat"}).json["id"]
    seen = {"state": "handled", "public": True, "answer": "Dikeruk"}
    answers = [
        planner.send("PUT", f"/api/v1/reports/{report}", json=seen, headers={"If-Match": "*"}),
        planner.send(
            "POST", f"/api/v1/proposals/{known['proposal']}/comments", json={"body": "Lebih dulu yang ini"}
        ),
        planner.send(
            "POST",
            "/api/v1/forums",
            json={"kelurahan": HOME, **MEETING, "votes": {known["proposal"]: {"men": 3, "women": 5}}},
        ),
    ]
    assert [answer.status_code for answer in answers] == [200, 201, 201], [answer.text for answer in answers]
    return {"report": report, "forum": answers[-1].json["id"]}


def recorded(reviewer: Person, planner: Person) -> str:
    """A city programme where a proposal lies; its id."""
    document = {"type": "Feature", "geometry": work(planner)["geometry"], "properties": PROGRAMME}
    answer = reviewer.send("POST", "/api/v1/city-programmes", json=document)
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def adopted(app: Any, planner: Person) -> str:
    """A plan that a meeting adopted, so that there is a masterplan to read; its id."""
    job = planner.send("POST", "/api/v1/plans", json=PLAN).json["id"]
    run_plan(app.extensions[KEY].db, app.extensions[KEY].desk, job)
    plan = str(planner.client.get(f"/api/v1/jobs/{job}").json["result"]["id"])
    answer = planner.send("POST", f"/api/v1/plans/{plan}/adoption", json=MEETING)
    assert answer.status_code == 201, answer.text
    return plan


@pytest.fixture(scope="module")
def story(test_databases: Any) -> dict[str, Any]:
    """Answers before and after the canary is there, as the public and as a partner."""
    url = test_databases.new("sample")
    app = make_app(url)
    people, planner = {"public": public(app), "partner": signed_in(app, "partner")}, signed_in(app, "planner")
    known = {
        "proposal": people["public"]
        .client.get(f"/api/v1/proposals?limit=1&kelurahan={HOME}")
        .json["features"][0]["id"],
        "area": people["public"]
        .client.get(f"/api/v1/slum-areas?limit=1&kelurahan={HOME}")
        .json["features"][0]["id"],
        "asset": people["public"]
        .client.get(f"/api/v1/assets?limit=1&kelurahan={HOME}")
        .json["features"][0]["id"],
    }
    known["attachment"] = send(planner, f"/api/v1/proposals/{known['proposal']}", files.photo()).json["id"]
    known |= spoken(people["public"], planner, known)
    known["plan"] = adopted(app, planner)
    for name, address, document in (
        ("ranking", "/api/v1/rankings", {"kelurahan": HOME}), ("weights", "/api/v1/weight-sets", SET),
    ):  # fmt: skip
        answer = planner.send("POST", address, json=document)
        assert answer.status_code == 201, answer.text
        known[name] = answer.json["id"]
    known["programme"] = recorded(signed_in(app, "reviewer"), planner)
    owner = Database(database_url(url), owner=True, pool_size=1)
    with owner.transaction() as session:
        lon, lat, rt = quiet_place(session)
    pages = addresses(app, lon, lat, known)
    before = {name: crawl(person, to_compare(pages)) for name, person in people.items()}
    with owner.transaction() as session, household_scope(session, "*"):
        canary = session.execute(
            text("""
                insert into household (rt, geom, members, decile, source)
                values (:rt, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), :members, 1, 'KANARI-HIJAU') returning id::text
            """),
            {"rt": rt, "lon": lon, "lat": lat, "members": MEMBERS},
        ).scalar_one()
    owner.dispose()
    after = {name: crawl(person, pages) for name, person in people.items()}
    return {
        "app": app,
        "pages": pages,
        "known": known,
        "before": before,
        "after": after,
        "id": canary,
        "place": (lon, lat),
    }


@pytest.mark.parametrize("who", ["public", "partner"])
def test_no_answer_changes_when_a_household_is_added(story, who):
    before, after = story["before"][who], story["after"][who]
    assert len(before) > 300
    assert [url for url in before if before[url] != after[url]] == []


def test_every_route_is_read_or_refused_to_somebody_outside(story):
    """One that answers "not there" was not crawled, whatever its address looks like."""
    assert unread(story["pages"], story["after"]) == NOT_THERE


def test_a_new_route_that_is_not_crawled_is_noticed(story):
    app = create_app(story["app"].extensions[KEY].settings)
    known = dict.fromkeys(story["known"], "x")
    app.add_url_rule("/baru/<code>", "baru", lambda code: ("", 404))
    pages = {
        rule: urls for rule, urls in addresses(app, 107.0, -6.0, known).items() if rule == "/baru/<code>"
    }
    assert unread(pages, {"public": crawl(public(app), pages)}) == {"/baru/<code>"}
    other = create_app(story["app"].extensions[KEY].settings)
    other.add_url_rule("/baru/<lain>/<code>", "lain", lambda lain, code: "")
    with pytest.raises(AssertionError, match="say here what to ask for"):
        addresses(other, 107.0, -6.0, known)


def test_public_pages_that_are_compared_have_something_on_them(story):
    """A page that is not there cannot leak: what the story made must be read by everybody."""
    read = story["before"]["public"]
    told = {
        "/masterplans/": "works",
        "/reports/": "Dikeruk",
        "/comments": "Lebih dulu",
        "/prasarana/": "Dikeruk",
    }
    for part, word in told.items():
        pages = [body for url, (status, body, _) in read.items() if part in url and status == 200]
        assert any(word.encode() in body for body in pages), part


def place_pattern(first: float, second: float) -> re.Pattern[bytes]:
    """Two coordinates side by side, to at least 5 decimals (a metre), cut or rounded, in JSON, WKT, KML or CSV."""
    ways = [
        "(?:" + "|".join(re.escape(text) for text in {f"{value:.7f}"[:-2], f"{value:.5f}"}) + r")\d*"
        for value in (first, second)
    ]
    return re.compile(r"[\s,\]]+".join(ways).encode())


@pytest.mark.parametrize("who", ["public", "partner"])
def test_no_answer_holds_its_id_or_place(story, who):
    lon, lat = story["place"]
    marks = [story["id"].encode(), story["id"].replace("-", "").encode(), b"KANARI-HIJAU"]
    near = [place_pattern(*pair) for pair in ((lon, lat), (lat, lon))]
    for url, (status, body, tag) in story["after"][who].items():
        assert not any(mark in body or mark.decode() in tag for mark in marks), url
        assert not any(pattern.search(body) for pattern in near), url
        if url.endswith(".mvt") and status == 200:
            assert not near_in_tile(url, body, lon, lat), url


def test_who_has_the_right_finds_it(story):
    planner = signed_in(story["app"], "planner")
    x, y = tile_of(*story["place"], 17)
    tile = planner.client.get(f"/tiles/households/17/{x}/{y}.mvt").data
    features = mapbox_vector_tile.decode(tile)["households"]["features"]
    assert story["id"] in [feature["properties"]["id"] for feature in features]
    assert near_in_tile(f"/tiles/households/17/{x}/{y}.mvt", tile, *story["place"])


def test_sql_as_the_web_role_reads_no_household_without_scope(story):
    db = story["app"].extensions[KEY].db
    with db.transaction() as session:
        assert session.execute(text("select current_user")).scalar_one() == "webgis_web"
        for query in (
            "select count(*) from household",
            "select count(*) from revision where table_name = 'household'",
            "select count(*) from pg_stats where tablename = 'household'",
        ):
            assert session.execute(text(query)).scalar_one() == 0, query
        with household_scope(session, "99.01.02.1001"):
            one = text("select count(*) from household where id::text = :id")
            assert session.execute(one, {"id": story["id"]}).scalar_one() == 0
        with household_scope(session, HOME):
            assert session.execute(one, {"id": story["id"]}).scalar_one() == 1
