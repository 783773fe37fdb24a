"""Many proposals in one request: all or none, verdicts by place, and the way back."""

from __future__ import annotations

import pytest

from tests.web import Person, signed_in, work

BATCH = "/api/v1/proposals/batch"
ALL = "/api/v1/proposals"


@pytest.fixture
def three(planner: Person) -> list[dict]:
    """Three new drafts."""
    document = work(planner)
    return [planner.send("POST", ALL, json=document).json["properties"] for _ in range(3)]


def change(proposal: dict, **rest) -> dict:
    return {"id": proposal["id"], "version": proposal["version"], **rest}


def read(person: Person, proposal: dict) -> dict:
    return person.client.get(f"{ALL}/{proposal['id']}").json["properties"]


def test_only_the_fields_named_are_set_and_computed_ones_stay_computed(planner, three):
    given = [change(p, properties={"is_paket": True, "readiness": {"land": "signed"}}) for p in three]
    answer = planner.send("POST", BATCH, json={"changes": given})
    assert answer.status_code == 200, answer.text
    for before, after in zip(three, answer.json["proposals"], strict=True):
        now = after["properties"]
        assert (now["id"], now["version"]) == (before["id"], 2)
        assert now["is_paket"] is True and now["readiness"]["land"] == "signed"
        for name in ("title", "cost", "volume", "volume_typed", "cost_typed", "work_type", "funding", "rw"):
            assert now[name] == before[name], name


def test_members_of_papers_and_funds_are_merged_and_zero_takes_a_fund_out(planner, three):
    one = three[0]
    sent = [{"funding": {"blm": 2, "apbd": 1}, "readiness": {"land": "verbal"}}, {"funding": {"blm": 0}}]
    for version, properties in enumerate(sent, 1):
        answer = planner.send(
            "POST", BATCH, json={"changes": [{"id": one["id"], "version": version, "properties": properties}]}
        )
        assert answer.status_code == 200, answer.text
    now = read(planner, one)
    assert now["funding"] == {"apbd": 1}
    assert now["readiness"]["land"] == "verbal"


def test_one_refused_change_leaves_all_as_they_were_and_each_verdict_has_its_place(planner, three):
    changes = [
        change(three[0], properties={"title": "Baru"}),
        {**change(three[1], properties={"title": "Lama"}), "version": 7},
        change(three[2], properties={"cost": -1}),
        change(three[0], action="delete"),
        {"id": "00000000-0000-4000-8000-000000000000", "version": 1, "action": "delete"},
        {"id": three[1]["id"].upper(), "action": "set", "properties": {"title": "x"}},
    ]
    answer = planner.send("POST", BATCH, json={"changes": changes}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert answer.json["type"] == "/problems/batch-refused"
    assert answer.json["detail"].startswith("Nothing was changed: 5 of 6")
    said = {fault["pointer"]: fault["message"] for fault in answer.json["errors"]}
    assert list(said) == [
        "/changes/1",
        "/changes/2/properties/cost",
        "/changes/3",
        "/changes/4",
        "/changes/5",
    ]
    assert said["/changes/1"].startswith("There is no such version; the current one is 1.")
    assert all(read(planner, p)["version"] == 1 for p in three)


def test_deleted_together_and_brought_back_together(planner, three):
    gone = planner.send("POST", BATCH, json={"changes": [change(p, action="delete") for p in three]})
    assert gone.json == {"proposals": [None] * 3}
    assert all(planner.client.get(f"{ALL}/{p['id']}").status_code == 404 for p in three)
    back = planner.send(
        "POST", BATCH, json={"changes": [{"id": p["id"], "action": "restore"} for p in three]}
    )
    assert [p["properties"]["id"] for p in back.json["proposals"]] == [p["id"] for p in three]


@pytest.mark.parametrize("body", [{}, {"changes": []}, {"changes": [{"id": "x"}]}, {"changes": [{}]}])
def test_a_request_without_sense_is_told_so(planner, body):
    assert planner.send("POST", BATCH, json=body).status_code == 422


def test_a_state_cannot_be_set_this_way(planner, three):
    answer = planner.send(
        "POST", BATCH, json={"changes": [change(three[0], properties={"state": "approved"})]}
    )
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/changes/0/properties/state"


@pytest.mark.parametrize(("role", "verdict"), [("reviewer", "BKM"), ("partner", "BKM")])
def test_who_may_not_propose_changes_none(app, planner, three, role, verdict):
    person = signed_in(app, role)
    answer = person.send("POST", BATCH, json={"changes": [change(three[0], properties={"title": "Ubah"})]})
    assert answer.status_code == 422
    assert verdict in answer.json["errors"][0]["message"]
    assert read(planner, three[0])["version"] == 1


def test_a_visitor_changes_none(visitor, three):
    answer = visitor.client.post(BATCH, json={"changes": [change(three[0], action="delete")]})
    assert answer.status_code == 401
