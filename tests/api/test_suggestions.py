"""Suggested shapes: who suggests, what accepting changes, and that nothing is lost in between."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import step
from tests.web import Person, work

Shape = dict[str, Any]


def moved(person: Person, place: str) -> tuple[Shape, int]:
    """The shape of a work with its last point elsewhere, and the version it is of."""
    found = person.client.get(place).json
    shape = found["geometry"]
    x, y = shape["coordinates"][-1]
    return {**shape, "coordinates": [*shape["coordinates"][:-1], [x + 0.0001, y]]}, found["properties"][
        "version"
    ]


def suggest(
    person: Person, place: str, shape: Shape, version: int, note: str = "Sampai gorong-gorong."
) -> Any:
    sent = {"geometry": shape, "version": version, "note": note}
    return person.send("POST", f"{place}/shape-suggestions", json=sent)


def decide(person: Person, place: str, version: int | None = None, **sent: Any) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return person.send("POST", f"{place}/shape-suggestions/decision", json=sent, headers=headers)


def outcomes(person: Person, place: str) -> list[str | None]:
    return [one["outcome"] for one in person.client.get(f"{place}/shape-suggestions").json["suggestions"]]


def test_an_accepted_shape_is_a_version_of_the_planner(reviewer, planner, reviewed):
    shape, version = moved(planner, reviewed)
    made = suggest(reviewer, reviewed, shape, version)
    assert made.status_code == 201, made.text
    assert decide(planner, reviewed, version, accept=True).status_code == 409, (
        "under review nobody changes it"
    )
    step(reviewer, reviewed, "return", "Lihat saran bentuk.")
    before = planner.client.get(reviewed).json["properties"]
    assert decide(planner, reviewed, accept=True).status_code == 428
    assert decide(planner, reviewed, version, accept=True).status_code == 412
    assert outcomes(planner, reviewed) == [None], "a refusal leaves it open"
    done = decide(planner, reviewed, before["version"], accept=True)
    assert done.status_code == 200, done.text
    assert done.json["geometry"]["coordinates"][-1] == pytest.approx(shape["coordinates"][-1])
    assert done.json["properties"]["volume"] > before["volume"], "the measured volume follows"
    assert outcomes(planner, reviewed) == ["accepted"]
    last = planner.client.get(f"{reviewed}/history").json["history"][-1]
    assert "geom" in last["changed"]
    assert last["reason"] == "bentuk yang disarankan peninjau diterima"
    assert decide(planner, reviewed, before["version"] + 1, accept=True).status_code == 409


@pytest.mark.parametrize("kept", [True, False], ids=["partly", "wholly"])
def test_a_shape_outside_that_the_planner_could_not_take_is_not_suggested(
    reviewer: Person, planner: Person, reviewed: str, kept: bool
) -> None:
    shape, version = moved(planner, reviewed)
    begin = shape["coordinates"][0] if kept else [107.701, -5.7]
    refused = suggest(reviewer, reviewed, {**shape, "coordinates": [begin, [107.7, -5.7]]}, version)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/geometry")
    assert "di luar kelurahan Tirta Mekar" in refused.json["errors"][0]["message"]
    assert outcomes(reviewer, reviewed) == []


def test_declining_needs_a_reason_that_stays(reviewer, planner, visitor, reviewed):
    shape, version = moved(planner, reviewed)
    suggest(reviewer, reviewed, shape, version)
    assert decide(planner, reviewed, accept=False).json["errors"][0]["pointer"] == "/reason"
    assert decide(reviewer, reviewed, accept=False, reason="x").status_code == 403
    assert decide(planner, reviewed, accept=False, reason="Lahan orang.").status_code == 200
    [kept] = reviewer.client.get(f"{reviewed}/shape-suggestions").json["suggestions"]
    assert (kept["outcome"], kept["reason"]) == ("declined", "Lahan orang.")
    assert visitor.client.get(f"{reviewed}/shape-suggestions").status_code == 401
    assert planner.client.get(reviewed).json["properties"]["version"] == version


def test_a_second_suggestion_takes_the_place_of_the_open_one(reviewer, planner, reviewed):
    shape, version = moved(planner, reviewed)
    suggest(reviewer, reviewed, shape, version, "satu")
    suggest(reviewer, reviewed, shape, version, "dua")
    listed = planner.client.get(f"{reviewed}/shape-suggestions").json["suggestions"]
    assert [one["note"] for one in listed] == ["dua"]


def test_what_cannot_be_suggested(reviewer, planner, reviewed):
    shape, version = moved(planner, reviewed)
    assert suggest(planner, reviewed, shape, version).status_code == 403
    assert suggest(reviewer, reviewed, shape, version + 1).status_code == 412
    same = planner.client.get(reviewed).json["geometry"]
    for wrong in (same, {"type": "Point", "coordinates": shape["coordinates"][0]}):
        assert suggest(reviewer, reviewed, wrong, version).status_code == 422
    other = planner.send("POST", "/api/v1/proposals", json=work(planner)).headers["Location"]
    assert suggest(reviewer, other, shape, 1).status_code == 409
    assert outcomes(reviewer, reviewed) == []


def test_the_workspace_offers_mine_and_the_suggested_one(reviewer, planner, reviewed):
    shape, version = moved(planner, reviewed)
    suggest(reviewer, reviewed, shape, version)
    step(reviewer, reviewed, "return", "Lihat saran bentuk.")
    key = reviewed.rpartition("/")[2]
    url = f"/plan/99.01.01.1001/panel/proposals/{key}"
    assert "data-suggested" in planner.client.get(url).text
    sent = {"csrf_token": planner.token, "version": str(version), "accept": "yes"}
    stale = planner.client.post(f"{url}/suggestion", data=sent)
    assert stale.status_code == 412
    empty = planner.client.post(f"{url}/suggestion", data={**sent, "accept": "no", "reason": " "})
    assert empty.status_code == 200
    assert 'aria-invalid="true"' in empty.text
    done = planner.client.post(
        f"{url}/suggestion", data={**sent, "accept": "no", "reason": "Lahan <b>orang</b>."}
    )
    assert done.status_code == 200
    assert "Lahan &lt;b&gt;orang&lt;/b&gt;." in done.text
    assert "data-suggested" not in done.text
