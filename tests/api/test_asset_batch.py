"""Many assets in one request: all or none, verdicts by place, and the way back."""

from __future__ import annotations

import pytest

from tests.web import HOME, Person, signed_in

BATCH = "/api/v1/assets/batch"
ALL = "/api/v1/assets"


@pytest.fixture
def two(planner: Person) -> list[dict]:
    """Two new taps, one of which nobody surveyed."""
    found = planner.client.get(f"{ALL}?kelurahan={HOME}&limit=1000").json["features"]
    document = {
        "type": "Feature", "geometry": next(f["geometry"] for f in found if f["geometry"]["type"] == "Point"),
        "properties": {"kind": "public_tap", "source": "Uji", "surveyed_on": "2026-01-02", "material": "beton"},
    }  # fmt: skip
    return [planner.send("POST", ALL, json=document).json["properties"] for _ in range(2)]


def change(asset: dict, **rest) -> dict:
    return {"id": asset["id"], "version": asset["version"], **rest}


def read(person: Person, asset: dict) -> dict:
    return person.client.get(f"{ALL}/{asset['id']}").json["properties"]


def test_only_the_fields_named_are_set_and_null_is_not_known(planner, two):
    given = {"condition": "broken", "surveyed_on": "2026-03-05", "material": None}
    answer = planner.send("POST", BATCH, json={"changes": [change(one, properties=given) for one in two]})
    assert answer.status_code == 200, answer.text
    for one in answer.json["assets"]:
        stored = one["properties"]
        assert (stored["condition"], stored["surveyed_on"], stored["material"]) == (
            "broken",
            "2026-03-05",
            None,
        )
        assert (stored["source"], stored["kind"], stored["version"]) == ("Uji", "public_tap", 2)
    back = [
        {"id": one["id"], "version": 2, "properties": {"condition": None, "surveyed_on": None}} for one in two
    ]
    assert planner.send("POST", BATCH, json={"changes": back}).status_code == 200
    assert (read(planner, two[0])["condition"], read(planner, two[0])["surveyed_on"]) == (None, None)


def test_one_that_is_refused_leaves_all_as_they_were(planner, two):
    stale = {**change(two[1]), "version": 9, "properties": {"condition": "good"}}
    given = [change(two[0], properties={"built_year": 3000}), stale]
    answer = planner.send("POST", BATCH, json={"changes": given})
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/batch-refused")
    pointers = [fault["pointer"] for fault in answer.json["errors"]]
    assert pointers == ["/changes/0/properties/built_year", "/changes/1"]
    assert [read(planner, one)["version"] for one in two] == [1, 1]


def test_deleted_together_and_brought_back_together(planner, two):
    gone = planner.send("POST", BATCH, json={"changes": [change(one, action="delete") for one in two]})
    assert gone.json == {"assets": [None, None]}
    assert all(planner.client.get(f"{ALL}/{one['id']}").status_code == 404 for one in two)
    back = planner.send(
        "POST", BATCH, json={"changes": [{"id": one["id"], "action": "restore"} for one in two]}
    )
    assert [one["properties"]["material"] for one in back.json["assets"]] == ["beton", "beton"]


@pytest.mark.parametrize(
    "body", [{}, {"changes": []}, {"changes": [{"id": "x"}]}, {"changes": [{"properties": {"kind": "well"}}]}]
)
def test_a_request_without_sense_is_told_so(planner, body):
    assert planner.send("POST", BATCH, json=body).status_code == 422


def test_who_may_not_map_changes_none(app, planner, visitor, two):
    given = {"changes": [change(two[0], action="delete")]}
    refused = signed_in(app, "reviewer").send("POST", BATCH, json=given)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/changes/0")
    assert visitor.client.post(BATCH, json=given).status_code == 401
    assert read(planner, two[0])["version"] == 1


def test_a_whole_kelurahan_is_not_too_much_and_more_than_that_is(planner):
    def refused(count: int) -> list[str]:
        nobody = [
            {"id": f"00000000-0000-4000-8000-{i:012}", "version": 1, "properties": {}} for i in range(count)
        ]
        answer = planner.send("POST", BATCH, json={"changes": nobody})
        assert answer.status_code == 422, answer.text[:300]
        return [one["pointer"] for one in answer.json["errors"]]

    assert refused(501)[-1] == "/changes/500"  # looked at, each with its verdict
    assert refused(2001) == ["/changes"]
