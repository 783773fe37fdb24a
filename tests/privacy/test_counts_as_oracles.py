"""Answers made of counts, tried as oracles: what a reader without the right gets does not move with a single family.

Shapes one draws oneself tell nothing of households at all; stored works tell fives, whatever one asks of them.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from tests.web import HOME, Person, signed_in
from webgis.auth.tokens import Wish, add_token
from webgis.context import KEY
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.judging.desk import open_scene
from webgis.planning.judging.household_counts import fives, in_fives, without_households
from webgis.store.database import Database

PREVIEW = "/api/v1/proposals/preview"
ALL_PAPERS = {"operator": True, "fee": True, "schedule": True}
COUNTED = (
    "GET /api/v1/rankings",
    "POST /api/v1/rankings",
    "GET /api/v1/plans",
    "POST /api/v1/plans",
    "GET /review",
)
"""Doors to what is counted."""


@pytest.fixture(scope="module")
def homes(planner: Person) -> list[list[float]]:
    """Where families live, which the planner may know."""
    found = planner.client.get(f"/api/v1/households?kelurahan={HOME}&limit=40").json["features"]
    return [home["geometry"]["coordinates"] for home in found]


def latrine(place: list[float]) -> dict[str, Any]:
    """A work whose only gate in doubt is the share of the poor: 50 % of those it serves, for PAKET."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": {
            "title": "Jamban", "work_type": "latrine", "volume": 1, "cost": 10_000_000, "is_paket": True,
            "funding": {"paket": 5_000_000, "swadaya": 5_000_000}, "readiness": ALL_PAPERS,
        },
    }  # fmt: skip


def told(person: Person, place: list[float]) -> tuple[Any, ...]:
    """What follows from the share of the poor: the gate of the funds, its warning, and twins."""
    answer = person.send("POST", PREVIEW, json=latrine(place))
    assert answer.status_code == 200, answer.text
    gate = next(one for one in answer.json["gates"] if one["name"] == "funds")
    codes = [
        one["code"] for one in answer.json["warnings"] if one["code"].startswith(("gate_fund", "warn_nobody"))
    ]
    return gate, codes, answer.json["relations"]


@pytest.mark.parametrize("who", ["reviewer", "city"])
def test_a_preview_says_the_same_at_a_familys_home_and_beside_it(
    app: Any, planner: Person, homes: list[list[float]], who: str
) -> None:
    person = signed_in(app, who)
    places = [place for x, y in homes[:10] for place in ([x, y], [x + 2e-4, y + 1e-4])]
    assert len({repr(told(planner, place)) for place in places}) > 1, "there is something to tell"
    assert len({repr(told(person, place)) for place in places}) == 1


def test_a_preview_knows_no_twin_by_the_homes_it_would_serve(app: Any, planner: Person) -> None:
    """A drain on the other side of the houses is a duplicate for the homes in common, and nobody else is told."""
    reviewer, found = signed_in(app, "reviewer"), 0
    listed = planner.client.get(f"/api/v1/proposals?kelurahan={HOME}&limit=200").json["features"]
    for work in [one for one in listed if one["geometry"]["type"] == "LineString"][:25]:
        line = [[x + 1.2e-4, y + 1.2e-4] for x, y, *_ in work["geometry"]["coordinates"]]
        said = {"work_type": work["properties"]["work_type"], "title": "x"}
        drawn = {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": line},
            "properties": said,
        }
        answers = [person.send("POST", PREVIEW, json=drawn) for person in (planner, reviewer)]
        if {answer.status_code for answer in answers} != {200}:
            continue
        whole, outside = (answer.json["relations"] for answer in answers)
        twins = [one for one in whole if one["kind"] == "duplicate"]
        found += len(twins)
        assert [one for one in outside if one["kind"] == "duplicate"] == []
    assert found, "there is something to tell"


def test_what_a_work_is_said_to_do_follows_from_its_fives(app: Any) -> None:
    """The same fives, whichever families stand behind them, give the same answer to the last digit."""
    webgis = app.extensions[KEY]
    with webgis.db.transaction() as session:
        scene = open_scene(session, webgis.desk, HOME, OPEN_STATES, exactly=True)
    moved = 0
    for item in scene.works:
        made, usual = item.effect, scene.facts.poor_share
        base = fives(made.served)
        values = {**made.values, "slum_severity": 77.0, "service_deficit": 0.987}
        for served in (base, base + 1, base + 4):
            other = replace(
                made, served=float(served), reached=999.0, homes=frozenset({1}),
                values={**values, "poor_served": float(served), "poor_share": 0.123, "cost_per_poor": 4.5},
            )  # fmt: skip
            assert in_fives(item.work, other, usual) == in_fives(item.work, made, usual) or (
                vars(in_fives(item.work, other, usual)) == vars(in_fives(item.work, made, usual))
            )
            moved += served != round(made.served)
        assert vars(without_households(item.work, other)) == vars(without_households(item.work, made))
    assert moved


@pytest.fixture
def keys(app: Any) -> dict[str, Person]:
    """Programs with a key of the planner, by its scope."""
    found = {}
    for scope in ("read", "write", "full"):
        token = add_token(app.extensions[KEY].db, "planner@contoh.test", Wish("uji", scope))
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        found[scope] = Person(client)
    return found


def asked(person: Person, door: str) -> Any:
    method, _, address = door.partition(" ")
    if method == "GET":
        return person.client.get(f"{address}?kelurahan={HOME}")
    sent: dict[str, Any] = {"kelurahan": HOME}
    if address.endswith("plans"):
        sent["budget"] = {"blm": [50_000_000, 0, 0]}
    return person.send(method, address, json=sent)


def test_a_key_that_places_shapes_without_seeing_households_is_told_no_counts(
    keys: dict[str, Person],
) -> None:
    for door in COUNTED[:4]:
        for scope in ("read", "write"):
            answer = asked(keys[scope], door)
            assert answer.status_code == 403, (door, scope)
            assert "full" in answer.json["detail"], answer.json
        assert asked(keys["full"], door).status_code in (200, 201, 202), door


def test_the_key_of_somebody_who_places_nothing_still_ranks(app: Any) -> None:
    token = add_token(app.extensions[KEY].db, "city@contoh.test", Wish("uji", "read"))
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    answer = asked(Person(client), "POST /api/v1/rankings")
    assert answer.status_code == 201
    assert {row["served"] for row in answer.json["ranking"]} == {None}


def test_points_of_stored_works_move_in_fives_only(
    app: Any, planner: Person, homes: list[list[float]]
) -> None:
    """A family comes and goes beside others: whatever an official is told either stays or moves by a whole five."""
    officials = {who: signed_in(app, who) for who in ("reviewer", "city")}
    before = {who: rows(person) for who, person in officials.items()}
    document = {"type": "Feature", "properties": {"members": 4}}
    fives_before = served(planner)
    for x, y in homes[:6]:
        point = {"type": "Point", "coordinates": [x + 1e-6, y]}
        made = planner.send("POST", "/api/v1/households", json={**document, "geometry": point})
        assert made.status_code == 201
        now = served(planner)
        still = {work for work in now if fives(now[work]) == fives(fives_before[work])}
        for who, person in officials.items():
            after = rows(person)
            same = [work for work in still if before[who][work] == after[work]]
            # The poor share of the kelurahan, in whole percents, may move all alike.
            assert len(same) == len(still) or not same, who
        address = f"/api/v1/households/{made.json['id']}"
        planner.send("DELETE", address, headers={"If-Match": made.headers["ETag"]})


def rows(person: Person) -> dict[str, Any]:
    run = person.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
    kept = ("score", "contributions", "low", "high", "gates_failed", "benefit", "vetoes")
    return {row["id"]: {name: copy.deepcopy(row.get(name)) for name in kept} for row in run["ranking"]}


def served(planner: Person) -> dict[str, float]:
    run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
    return {row["id"]: row["served"] for row in run["ranking"]}


def test_sql_as_the_web_role_reads_no_exact_count_without_scope(app: Any, planner: Person) -> None:
    run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
    exact = {row["id"]: row["values"]["poor_served"] for row in run["ranking"]}
    db: Database = app.extensions[KEY].db
    with db.transaction() as session:
        assert session.execute(text("select current_user")).scalar_one() == "webgis_web"
        assert session.execute(text("select count(*) from counted")).scalar_one() == 0
        query = text("select result from ranking_run where id = cast(:id as uuid)")
        open_to_all = session.execute(query, {"id": run["id"]}).scalar_one()
    told = {row["id"]: row["values"]["poor_served"] for row in open_to_all["ranking"]}
    assert all(count is None or count % 5 == 0 for count in told.values())
    assert {work: fives(count) for work, count in exact.items() if count is not None} == {
        work: count for work, count in told.items() if count is not None
    }
