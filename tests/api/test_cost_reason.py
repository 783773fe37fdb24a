"""A cost that is not the computed one carries its reason: kept, in the history, missed before submitting."""

from __future__ import annotations

from tests.web import HOME, Person, work

ALL = "/api/v1/proposals"
REASON = "Jalan masuk sempit, semua bahan dipikul"


def proposed(planner: Person, **properties: object) -> dict:
    document = work(planner)
    document["properties"] |= {"description": "Sering tergenang"} | properties
    answer = planner.send("POST", ALL, json=document)
    assert answer.status_code == 201, answer.text
    return answer.json["properties"]


def panel(planner: Person, made: dict) -> str:
    answer = planner.client.get(f"/plan/{HOME}/panel/proposals/{made['id']}?lang=en")
    assert answer.status_code == 200
    return answer.text


def test_another_cost_without_a_reason_is_kept_and_named_before_submitting(planner: Person) -> None:
    usual = proposed(planner)
    other = proposed(planner, cost=usual["cost"] + 1)
    assert (usual["cost_reason"], other["cost_reason"]) == ("", "")
    assert "Why the cost differs" not in panel(planner, usual)
    assert "Why the cost differs" in panel(planner, other)
    assert "Why the cost differs" not in panel(planner, proposed(planner, cost=usual["cost"]))


def test_a_reason_is_told_and_stands_in_the_history(planner: Person) -> None:
    made = proposed(planner, cost=1_000_000, cost_reason=f"  {REASON} ")
    assert made["cost_reason"] == REASON
    assert "Why the cost differs" not in panel(planner, made)
    document = work(planner)
    document["properties"] |= {"cost": 1_000_000, "cost_reason": "Harga 2026"}
    planner.send("PUT", f"{ALL}/{made['id']}", json=document, headers={"If-Match": '"1"'})
    changed = planner.client.get(f"{ALL}/{made['id']}/history").json["history"][-1]["changed"]
    assert changed["cost_reason"] == {"old": REASON, "new": "Harga 2026"}


def test_a_computed_cost_needs_no_reason_and_keeps_none(planner: Person) -> None:
    assert proposed(planner, cost_reason=REASON)["cost_reason"] == ""


def test_a_reason_is_as_long_as_a_sentence(planner: Person) -> None:
    document = work(planner)
    document["properties"] |= {"cost": 1_000_000, "cost_reason": "x" * 501}
    answer = planner.send("POST", ALL, json=document)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json["errors"]] == ["/properties/cost_reason"]
