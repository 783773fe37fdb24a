"""Households by the contract, for those who may see them: recorded, changed, deleted, never cached, never named."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from tests.web import HOME, Person, signed_in
from webgis.context import KEY
from webgis.store.database import household_scope

ALL = "/api/v1/households"
NEXT_DOOR = "99.01.02.1001"


def home(person: Person, kelurahan: str = HOME, **said: Any) -> dict[str, Any]:
    """A new household as a client sends it, at the door of a stored one."""
    found = person.client.get(f"{ALL}?kelurahan={kelurahan}&limit=1").json["features"][0]
    return {"type": "Feature", "geometry": found["geometry"], "properties": {"members": 4, **said}}


def recorded(planner: Person, **said: Any) -> tuple[str, dict[str, Any]]:
    document = home(planner, **said)
    answer = planner.send("POST", ALL, json=document)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"], document


def test_a_household_is_recorded_in_the_rt_around_it_and_read_back(planner):
    document = home(planner, elderly=1, under_five=2, female_headed=True, decile=2, register="DTSEN")
    answer = planner.send("POST", ALL, json=document)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"'), answer.text
    read = planner.client.get(answer.headers["Location"])
    assert read.json == answer.json
    said = read.json["properties"]
    assert said["rt"].startswith(HOME + "-RW") and said["kelurahan"] == HOME
    assert said["source"] and said["surveyed_on"]
    for name, value in document["properties"].items():
        assert said[name] == value
    assert set(said) & {"name", "nik", "address", "geom"} == set()


def test_no_answer_may_be_kept(planner):
    place, document = recorded(planner)
    answers = [
        planner.client.get(ALL), planner.client.get(place), planner.client.get(place + "/history"),
        planner.send("PUT", place, json=document), planner.send("POST", ALL, json=document),
        planner.send("PUT", place, json=document, headers={"If-Match": '"1"'}),
        planner.send("DELETE", place, headers={"If-Match": '"2"'}),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [200, 200, 200, 428, 201, 200, 204]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_writes_name_the_version_and_a_stale_one_is_told_no_more_than_the_version(planner):
    place, document = recorded(planner)
    document["properties"]["members"] = 6
    assert planner.send("DELETE", place).status_code == 428
    done = planner.send("PUT", place, json=document, headers={"If-Match": '"1"'})
    assert (done.status_code, done.json["properties"]["members"]) == (200, 6)
    stale = planner.send("PUT", place, json=document, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.headers["ETag"], stale.json["current_version"]) == (412, '"2"', 2)
    assert "current" not in stale.json
    assert planner.send("DELETE", place, headers={"If-Match": '"1"'}).status_code == 412
    assert planner.send("DELETE", place, headers={"If-Match": '"2"'}).status_code == 204
    assert planner.client.get(place).status_code == 404
    told = planner.client.get(place + "/history").json["history"]
    assert [change["action"] for change in told] == ["insert", "update", "delete"]
    assert told[1]["changed"] == {"members": {"old": 4, "new": 6}}


def test_the_list_is_filtered_and_paged(planner):
    everything = planner.client.get(f"{ALL}?limit=1000").json
    assert everything["numberMatched"] > 100
    assert {f["properties"]["kelurahan"] for f in everything["features"]} == {HOME}
    one = everything["features"][0]
    rt = planner.client.get(f"{ALL}?rt={one['properties']['rt']}&limit=1000").json
    assert 0 < rt["numberMatched"] < everything["numberMatched"]
    x, y = one["geometry"]["coordinates"]
    near = planner.client.get(f"{ALL}?bbox={x - 1e-6},{y - 1e-6},{x + 1e-6},{y + 1e-6}").json
    assert one["id"] in [f["id"] for f in near["features"]]
    assert planner.client.get(f"{ALL}?limit=1&offset=1").json["features"][0] == everything["features"][1]


def test_a_facilitator_sees_the_kelurahan_of_the_own_area_together(app):
    facilitator = signed_in(app, "facilitator")
    regions = {role["region"] for role in facilitator.client.get("/api/v1/session").json["roles"]}
    seen = facilitator.client.get(f"{ALL}?limit=1000&offset=0").json
    total = seen["numberMatched"]
    each = {
        code: facilitator.client.get(f"{ALL}?kelurahan={code}&limit=1")
        for code in (
            r["id"] for r in facilitator.client.get("/api/v1/regions?kind=kelurahan").json["features"]
        )
    }
    allowed = {code for code in each if any(code == r or code.startswith(r + ".") for r in regions)}
    assert len(allowed) > 1
    assert {code for code, answer in each.items() if answer.status_code == 200} == allowed
    assert sum(answer.json["numberMatched"] for code, answer in each.items() if code in allowed) == total


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"members": 0}, "/properties/members"), ({"members": 31}, "/properties/members"),
        ({"elderly": 5}, "/properties/elderly"), ({"elderly": 3, "under_five": 2}, "/properties/under_five"),
        ({"disabled": -1}, "/properties/disabled"), ({"decile": 11}, "/properties/decile"),
        ({"register": "Ibu Siti"}, "/properties/register"), ({"name": "Siti"}, "/properties/name"),
        ({"nik": "3273010101010001"}, "/properties/nik"), ({"source": "Pak RT"}, "/properties/source"),
        ({"rt": "Jalan Melati 3"}, "/properties/rt"), ({"rt": f"{NEXT_DOOR}-RW011-RT001"}, "/properties/rt"),
        ({"register_date": "2999-01-01"}, "/properties/register_date"), ({"version": 3}, "/properties/version"),
    ],
)  # fmt: skip
def test_what_cannot_be_or_names_somebody_is_refused(planner, said, pointer):
    answer = planner.send("POST", ALL, json=home(planner, **said))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer), answer.text


def test_a_household_stays_in_its_kelurahan(app):
    admin = signed_in(app, "admin")
    place, document = recorded(admin)
    document["geometry"] = home(admin, NEXT_DOOR)["geometry"]
    answer = admin.send("PUT", place, json=document, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/household-moved")


def test_a_retry_gets_the_first_answer_and_no_place_is_kept_for_it(planner, app):
    document, key = home(planner, elderly=2), {"Idempotency-Key": "keluarga"}
    first = planner.send("POST", ALL, json=document, headers=key)
    changed = home(planner, elderly=0)
    planner.send("PUT", first.headers["Location"], json=changed, headers={"If-Match": '"1"'})
    second = planner.send("POST", ALL, json=document, headers=key)
    assert (second.status_code, second.json, second.headers["ETag"]) == (201, first.json, '"1"')
    planner.send("DELETE", first.headers["Location"], headers={"If-Match": '"2"'})
    assert planner.send("POST", ALL, json=document, headers=key).json == first.json
    with app.extensions[KEY].db.transaction() as session:
        kept = session.execute(text("select body from idempotency where key = 'keluarga'")).scalar_one()
    assert kept == {"id": first.json["id"]}


def test_a_deleted_household_comes_back_only_for_who_may_map_it(planner, visitor, app):
    place, document = recorded(planner)
    planner.send("DELETE", place, headers={"If-Match": "*"})
    for person, status in ((visitor, 401), (signed_in(app, "reviewer"), 403)):
        assert person.send("POST", place + "/restore").status_code == status
    back = planner.send("POST", place + "/restore")
    assert (back.status_code, back.headers["ETag"]) == (200, '"2"'), back.text
    assert back.json["geometry"] == document["geometry"]


def test_parallel_retries_make_one_household(planner, app):
    document, key = home(planner), {"Idempotency-Key": "serentak"}
    people = [signed_in(app, "planner") for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda p: p.send("POST", ALL, json=document, headers=key), people))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1


def test_a_new_household_bumps_its_layer_and_stays_behind_the_wall(planner, app):
    db = app.extensions[KEY].db
    version = text("select version from layer_version where layer = 'households'")
    with db.transaction() as session:
        before = session.execute(version).scalar_one()
    place, _ = recorded(planner)
    wanted = {"id": place.rsplit("/", 1)[1]}
    with db.transaction() as session:
        assert session.execute(version).scalar_one() > before
        for table, key in (("household", "id::text"), ("revision", "row_id")):
            found = text(f"select count(*) from {table} where {key} = :id")
            assert session.execute(found, wanted).scalar_one() == 0
            with household_scope(session, HOME):
                assert session.execute(found, wanted).scalar_one() == 1
