"""What a kawasan tells of its RT: every door that shows its points, total or grade, tried by somebody who can count.

The adversary knows the rules and all homes of each RT. All volumes that RT could have are published, and those that
look alike are what the adversary is left with: no group (homes with the deficit or without it, of one RT or of several
together) may be one to four in all of them.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import mapbox_vector_tile
import pytest
from sqlalchemy import text

from gis_core import slum
from tests.privacy.test_canary import adopted, steady, tile_of
from tests.web import HOME, Person, make_app, public, signed_in
from webgis.planning.mapping.slum_sums import OF_HOMES, SMALLEST, Kept, Line, kept
from webgis.settings import database_url
from webgis.store.database import Database

CODE = "6a"
OTHERS = ("2a", "2b", "4b")
"""Criteria of metres, full points: one point more of homes makes the area light slum."""
Told = tuple[Any, ...]


class City(NamedTuple):
    """What is published of its RT and of the kawasan that counts them together."""

    of_rt: Told
    of_kawasan: Told


def row(code: str, volume: float, base: float) -> dict[str, Any]:
    """A form as the store has it: some homes of a base have the deficit."""
    bases = dict.fromkeys(slum.BASE_QUANTITIES, base) | {"area_verified_ha": 1.0}
    volumes = {f"v{one}": bases[slum.BASES[one]] if one in OTHERS else 0.0 for one in slum.CRITERIA}
    return {"code": code, "form_id": code, "year": 2026, **volumes, **bases, f"v{CODE}": volume}


@cache
def outcome(volume: int, base: int, back: Kept | None) -> Told:
    """What is told of the outcome of a form: points of the criterion, total, grade."""
    made = slum.assess([[(volume / base if one == CODE else float(one in OTHERS)) for one in slum.CRITERIA]])
    told = (int(made.scores[0, slum.CRITERIA.index(CODE)]), int(made.total[0]), str(made.grade[0]))
    if back is None:
        return told
    return tuple(
        None if gone else one
        for gone, one in zip((CODE in back.scores, back.total, back.grade), told, strict=True)
    )


@cache
def published(bases: tuple[int, ...], *, whole: bool = False) -> dict[tuple[int, ...], City]:
    """Every city with such bases, and what is told of it. whole: outcomes are told as they are."""
    cities = list(itertools.product(*(range(base + 1) for base in bases)))
    rts = [
        [row(f"rt{n}.{i}", float(v), float(b)) for i, (v, b) in enumerate(zip(city, bases, strict=True))]
        for n, city in enumerate(cities)
    ]
    areas = [row(f"k{n}", float(sum(city)), float(sum(bases))) for n, city in enumerate(cities)]
    back = kept(areas, {area["code"]: inside for area, inside in zip(areas, rts, strict=True)})
    back |= kept([one for inside in rts for one in inside], {})
    if whole:
        back = {}
    found = {}
    for n, city in enumerate(cities):
        of_rt = tuple(
            (
                None if Line(float(v), float(b)).is_small else v,
                *outcome(v, b, back.get(f"rt{n}.{i}")),
            )
            for i, (v, b) in enumerate(zip(city, bases, strict=True))
        )
        found[city] = City(of_rt, outcome(sum(city), sum(bases), back.get(f"k{n}")))
    return found


def finds(bases: tuple[int, ...], *, whole: bool = False) -> list[Any]:
    """Groups of which it is certain that they are one to four."""
    alike: dict[City, list[tuple[int, ...]]] = defaultdict(list)
    for city, told in published(bases, whole=whole).items():
        alike[told].append(city)
    found = []
    for signs in itertools.product((0, 1, -1), repeat=len(bases)):
        for told, cities in alike.items():
            sizes = [
                sum(v if sign > 0 else b - v for v, b, sign in zip(city, bases, signs, strict=True) if sign)
                for city in cities
            ]
            if min(sizes) >= 1 and max(sizes) < SMALLEST:
                found.append((signs, told, min(sizes), max(sizes)))
    return found


def cities(seed: int) -> tuple[int, ...]:
    """Homes of one to three RT, some with fewer than twenty, so few that all that could be can be tried."""
    draw = random.Random(seed)
    while True:
        sizes = [draw.choice((draw.randint(2, 19), draw.randint(20, 30))) for _ in range(draw.randint(1, 3))]
        if math.prod(base + 1 for base in sizes) <= 5_000:
            return tuple(sizes)


def test_outcomes_told_as_they_are_tell_of_a_few_homes() -> None:
    """The attack: all RT are hidden, and the points of the kawasan say that the second has one to four."""
    found = [told.of_rt for signs, told, _, _ in finds((20, 20), whole=True) if signs == (0, 1)]
    assert any([rt[0] for rt in told] == [None, None] for told in found)
    assert finds((10,), whole=True), "of an RT of ten the points alone tell"


@pytest.mark.parametrize("seed", range(16))
def test_what_is_told_of_a_kawasan_and_its_rt_tells_of_no_few_homes(seed: int) -> None:
    assert finds(cities(seed)) == []


@pytest.mark.parametrize("seed", range(16))
def test_a_kawasan_tells_nothing_that_its_rt_do_not(seed: int) -> None:
    """So neither another year, nor an earlier release, nor another area that counts the same RT adds anything."""
    seen: dict[Told, Told] = {}
    for told in published(cities(seed)).values():
        assert seen.setdefault(told.of_rt, told.of_kawasan) == told.of_kawasan


def test_an_outcome_that_follows_from_the_rt_is_told() -> None:
    told = published((40, 40))
    assert told[3, 12].of_kawasan == (0, 15, "none")
    assert told[12, 30].of_kawasan == (3, 18, "light")
    assert told[3, 17].of_kawasan == (None, None, None), "20 of 80 are a quarter, 17 to 21 are possible"
    rt = told[3, 17].of_rt
    assert rt == ((None, 0, 15, "none"), (17, 1, 16, "light"))


def _all_homes(volume: str) -> str:
    return ", ".join(f"v{code} = {volume}" for code in OF_HOMES)


@pytest.fixture(scope="module")
def town(test_databases: Any) -> Iterator[dict[str, Any]]:
    """The sample city, with a kawasan whose form its RT do not tell; who asks, and where it lies."""
    url = test_databases.new("sample")
    owner = Database(database_url(url), owner=True, pool_size=1)
    with owner.transaction() as session:
        area = session.execute(
            text("""
                select k.id::text, k.code, ST_X(ST_PointOnSurface(k.geom)), ST_Y(ST_PointOnSurface(k.geom)),
                       array_agg(r.id::text order by r.code)
                from slum_area k join slum_area r on r.level = 'rt' and ST_Within(ST_PointOnSurface(r.geom), k.geom)
                where k.level = 'kawasan' and k.kelurahan = :home group by k.id order by k.code limit 1
            """),
            {"home": HOME},
        ).one()
        session.execute(
            text(f"""
                update slum_assessment set households = 40, buildings = 40, {_all_homes("3")}
                where slum_area_id::text = any(:rt)
            """),
            {"rt": area[4]},
        )
        # Three RT tell theirs, the others have 0 to 4 each: a quarter of all homes lies within what that leaves.
        count, told = len(area[4]), (8 * len(area[4]) + 6) // 3
        session.execute(
            text("update slum_assessment set v6a = :told where slum_area_id::text = any(:rt)"),
            {"told": told, "rt": area[4][:3]},
        )
        session.execute(
            text("""
                insert into slum_assessment
                    (slum_area_id, year, source, households, buildings, road_ideal_m, drain_ideal_m, v2a, v2b, v4b)
                values (cast(:area as uuid), 2026, 'uji', :homes, :homes, 100, 100, 100, 100, 100)
            """),
            {"area": area[0], "homes": 40 * count},
        )
        session.execute(
            text(f"""
                update slum_assessment set {_all_homes(str(3 * count))} where slum_area_id = cast(:area as uuid)
            """),
            {"area": area[0]},
        )
    app = make_app(url)
    found = {
        "app": app, "owner": owner, "quarter": 10 * count,
        "id": area[0], "code": area[1], "lon": area[2], "lat": area[3], "public": public(app),
        "partner": signed_in(app, "partner"), "planner": signed_in(app, "planner"),
    }  # fmt: skip
    deficit(found, 0)
    yield found
    owner.dispose()


def deficit(town: dict[str, Any], more: int) -> None:
    """Give the kawasan a quarter of its homes and some more: with one less it has a point less, and is no slum."""
    with town["owner"].transaction() as session:
        session.execute(
            text("update slum_assessment set v6a = :volume where slum_area_id = cast(:area as uuid)"),
            {"volume": town["quarter"] + more, "area": town["id"]},
        )


def listed(person: Person, town: dict[str, Any]) -> Any:
    found = person.client.get(f"/api/v1/slum-areas?kelurahan={HOME}&limit=1000").json["features"]
    return next(one["properties"] for one in found if one["id"] == town["id"])


def alone(person: Person, town: dict[str, Any]) -> Any:
    return person.client.get(f"/api/v1/slum-areas/{town['id']}").json["properties"]


def of_form(person: Person, town: dict[str, Any]) -> Any:
    form = person.client.get(f"/api/v1/slum-areas/{town['id']}/assessments/2026").json
    return form | {"order": form["treatment"]["order"], "classification": form["treatment"]["classification"]}


def in_file(person: Person, town: dict[str, Any]) -> Any:
    lines = csv.DictReader(io.StringIO(person.client.get("/api/v1/export/slum-areas.csv").text))
    found = next(one for one in lines if one["code"] == town["code"])
    return {name: value or None for name, value in found.items()}


def in_geojson(person: Person, town: dict[str, Any]) -> Any:
    found = person.client.get(f"/api/v1/export/slum-areas.geojson?kelurahan={HOME}").json["features"]
    return next(one["properties"] for one in found if one["properties"]["code"] == town["code"])


def in_tile(person: Person, town: dict[str, Any]) -> Any:
    x, y = tile_of(town["lon"], town["lat"], 16)
    tile = person.client.get(f"/tiles/slum-areas/16/{x}/{y}.mvt").data
    features = mapbox_vector_tile.decode(tile)["slum-areas"]["features"]
    return next(one["properties"] for one in features if one["properties"]["code"] == town["code"])


DOORS = {
    "list": listed, "alone": alone, "form": of_form, "csv": in_file, "geojson": in_geojson, "tile": in_tile,
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_every_door_keeps_the_outcome_from_those_without_the_right(town: dict[str, Any], door: str) -> None:
    whole = DOORS[door](town["planner"], town)
    assert (int(whole["total"]), whole["grade"]) == (16, "light")
    for who in ("public", "partner"):
        told = DOORS[door](town[who], town)
        assert {told.get(name) for name in ("total", "grade", "order", "classification")} == {None}, who
        assert int(told["year"]) == 2026
    assert DOORS[door](town["planner"], town) == whole, "what one reader gets is not kept for another"


def answers(town: dict[str, Any]) -> dict[str, bytes]:
    """What the public reads, without the versions of what it reads."""
    lon, lat = town["lon"], town["lat"]
    x, y = tile_of(lon, lat, 14)
    asked = (
        f"/panel/summary?bbox={lon - 0.001},{lat - 0.001},{lon + 0.001},{lat + 0.001}", "/panel/summary",
        f"/kelurahan/{HOME}", f"/kelurahan/{HOME}/gambar.png", "/", f"/?code={HOME}", "/panel/search?q=Kawasan",
        f"/api/v1/slum-areas?kelurahan={HOME}&limit=1000", f"/api/v1/slum-areas?kelurahan={HOME}&year=2026&limit=1000",
        f"/api/v1/slum-areas/{town['id']}", f"/api/v1/slum-areas/{town['id']}/assessments",
        f"/tiles/slum-areas/14/{x}/{y}.mvt", "/api/v1/export/slum-areas.xlsx", "/api/v1/export/slum-areas.csv",
    )  # fmt: skip
    found = {}
    for address in asked:
        answer = town["public"].client.get(address)
        assert answer.status_code == 200, address
        found[address] = re.sub(rb'"version": ?\d+', b"", steady(answer.data))
    return found


def test_no_public_answer_moves_with_a_home_that_makes_the_kawasan_a_slum(town: dict[str, Any]) -> None:
    before = answers(town)
    deficit(town, -1)
    try:
        assert listed(town["planner"], town)["grade"] == "none"
        after = answers(town)
    finally:
        deficit(town, 0)
    assert [address for address in before if before[address] != after[address]] == []


def test_the_public_masterplan_tells_no_reduction(town: dict[str, Any]) -> None:
    adopted(town["app"], town["planner"])
    address = f"/api/v1/masterplans/{HOME}"
    assert town["planner"].client.get(address).json["contribution"] > 0
    for who in ("public", "partner"):
        assert town[who].client.get(address).json["contribution"] is None
