"""The past of a proposal: read with both shapes, brought back by those who may edit, and silent where it has to be."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web import Person, public, signed_in, work

ALL = "/api/v1/proposals"


@pytest.fixture
def moved(planner: Person) -> dict[str, Any]:
    """A proposal in its second version, with another title, cost and shape."""
    first = work(planner)
    made = planner.send("POST", ALL, json=first).json
    start, *_, end = first["geometry"]["coordinates"]
    second = {
        **first,
        "geometry": {"type": "LineString", "coordinates": [start, [end[0] + 0.00003, end[1] + 0.00002]]},
        "properties": {**first["properties"], "title": "Saluran pendek", "cost": 7_000_000},
    }
    answer = planner.send("PUT", f"{ALL}/{made['id']}", json=second, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    return {"id": made["id"], "first": made, "second": answer.json}


def restore(person: Person, moved: dict[str, Any], version: int, seen: str | None) -> Any:
    headers = {"If-Match": seen} if seen else {}
    return person.send("POST", f"{ALL}/{moved['id']}/restore", json={"version": version}, headers=headers)


def test_an_earlier_version_comes_back_as_a_new_one(planner: Person, moved: dict[str, Any]) -> None:
    answer = restore(planner, moved, 1, '"2"')
    assert answer.status_code == 200, answer.text
    back, first = answer.json, moved["first"]
    assert (back["properties"]["version"], answer.headers["ETag"]) == (3, '"3"')
    assert back["geometry"] == first["geometry"]
    for name in ("title", "cost", "volume", "work_type", "funding"):
        assert back["properties"][name] == first["properties"][name]
    told = planner.client.get(f"{ALL}/{moved['id']}/history?lang=en").json["history"]
    assert [one["version"] for one in told] == [1, 2, 3]
    assert told[-1]["reason"] == "back to version 1"


def test_restoring_names_the_version_it_was_decided_on(planner: Person, moved: dict[str, Any]) -> None:
    assert restore(planner, moved, 1, None).status_code == 428
    assert restore(planner, moved, 1, '"1"').status_code == 412
    missing = restore(planner, moved, 9, '"2"')
    assert missing.status_code == 404 and "9" in missing.json["detail"]
    assert planner.client.get(f"{ALL}/{moved['id']}").json["properties"]["version"] == 2


@pytest.mark.parametrize(("who", "status"), [("reviewer", 403), ("city", 403), ("partner", 403), ("", 401)])
def test_only_those_who_may_edit_restore(app: Any, moved: dict[str, Any], who: str, status: int) -> None:
    person = signed_in(app, who) if who else public(app)
    assert restore(person, moved, 1, '"2"').status_code == status


def test_what_was_handed_in_is_not_brought_back(planner: Person, moved: dict[str, Any]) -> None:
    papers = {"land": "owned"}
    document = work(planner)
    document["properties"] |= {
        "title": "Saluran pendek",
        "description": "Air menggenang.",
        "readiness": papers,
    }
    step = planner.send(
        "POST", f"{ALL}/{moved['id']}/transitions", json={"action": "withdraw", "note": "salah"}
    )
    assert step.status_code == 200, step.text
    answer = restore(planner, moved, 1, f'"{step.json["properties"]["version"]}"')
    assert answer.status_code == 409


def test_the_page_shows_both_shapes_old_and_new_values_and_the_way_back(
    planner: Person, visitor: Person, moved: dict[str, Any]
) -> None:
    address = f"/usulan/{moved['id']}/riwayat?lang=en"
    for person in (planner, visitor):
        page = person.client.get(address).text
        assert "Version 2" in page and "Saluran baru" in page and "<ins>Saluran pendek</ins>" in page
        for kind in ("old", "new"):
            assert len(re.findall(rf'class="sketch-\w+ is-{kind}"', page)) == 1
    assert "Bring back version 1" in planner.client.get(address).text
    assert "Bring back" not in visitor.client.get(address).text
    assert "Semua perubahan" in visitor.client.get(f"/usulan/{moved['id']}?lang=id").text


def test_the_button_of_the_page_restores(planner: Person, moved: dict[str, Any]) -> None:
    address = f"/usulan/{moved['id']}/riwayat"
    form = {"csrf_token": planner.token, "version": "1", "seen": "2"}
    assert planner.client.post(address, data=form | {"csrf_token": "x"}).status_code == 403
    assert planner.client.post(address, data=form).status_code == 303
    assert planner.client.get(f"{ALL}/{moved['id']}").json["properties"]["title"] == "Saluran baru"
    assert planner.client.post(address, data=form).status_code == 412


def test_a_past_on_a_familys_plot_stays_hidden_when_the_work_becomes_another(
    planner: Person, visitor: Person
) -> None:
    """A latrine for six families was drawn at their homes and later made a public toilet."""
    place = work(planner)["geometry"]["coordinates"][0]
    secret = {"title": "Jamban Keluarga Rahasia", "work_type": "latrine", "volume": 6}
    draft = {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": secret}
    made = planner.send("POST", ALL, json=draft)
    assert made.status_code == 201, made.text
    draft["properties"] = {"title": "MCK umum", "work_type": "mck"}
    address = f"{ALL}/{made.json['id']}"
    assert planner.send("PUT", address, json=draft, headers={"If-Match": '"1"'}).status_code == 200
    for path in (f"{address}/history", f"/usulan/{made.json['id']}/riwayat"):
        assert "Rahasia" in planner.client.get(path).text
        told = visitor.client.get(path)
        assert told.status_code == 200 and "Rahasia" not in told.text
    assert not [
        one for one in visitor.client.get(f"{address}/history").json["history"] if "geom" in one["changed"]
    ]


def test_a_promise_of_money_is_told_in_words_and_what_nobody_said_not_at_all(planner: Person) -> None:
    document = work(planner)
    made = planner.send("POST", ALL, json=document)
    document["properties"] |= {"readiness": {"cofunding": "letter", "land": "none"}}
    changed = planner.send("PUT", f"{ALL}/{made.json['id']}", json=document, headers={"If-Match": '"1"'})
    assert changed.status_code == 200, changed.text
    page = planner.client.get(f"/usulan/{made.json['id']}/riwayat?lang=en").text
    assert "Money of others" in page and "<ins>promised in a letter</ins>" in page
    assert "Land" not in page
