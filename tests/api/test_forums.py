"""Votes of a forum: recorded from minutes, counted in the score, taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web import HOME, Person, public, signed_in, work
from webgis.planning.catalogues.catalogue import catalogue

BESIDE = "99.01.02.1001"
WEIGHT = next(item.core.weight for item in catalogue().criteria if item.id == "rembuk_priority")


@pytest.fixture(scope="module")
def fresh(planner: Person) -> str:
    """A proposal that no forum has voted on."""
    return str(planner.send("POST", "/api/v1/proposals", json=work(planner)).json["id"])


def minutes(votes: dict[str, dict[str, int]], **changes: object) -> dict[str, object]:
    """A forum of 20 men and 30 women."""
    return {
        "kelurahan": HOME, "met_on": "2026-09-05", "place": "Balai RW 05", "men": 20, "women": 30, "votes": votes,
        **changes,
    }  # fmt: skip


def row_of(planner: Person, proposal: str) -> dict[str, Any]:
    run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
    return next(row for row in run["ranking"] if row["id"] == proposal) | {"versions": run["data_versions"]}


def test_votes_move_the_score_and_can_be_taken_back(planner, fresh):
    before = row_of(planner, fresh)
    assert (before["values"]["rembuk_priority"], before["contributions"]["rembuk_priority"]) == (None, 0)
    first = planner.send("POST", "/api/v1/forums", json=minutes({fresh: {"men": 5, "women": 20}}))
    assert first.status_code == 201, first.text
    assert planner.client.get(first.headers["Location"]).json == first.json
    after = row_of(planner, fresh)
    assert after["values"]["rembuk_priority"] == pytest.approx(25 / 50)
    assert after["contributions"]["rembuk_priority"] == pytest.approx(100 * WEIGHT * 0.5)
    assert after["completeness"] == pytest.approx(before["completeness"] + WEIGHT)
    assert after["versions"]["forums"] > before["versions"]["forums"]
    small = planner.send("POST", "/api/v1/forums", json=minutes({fresh: {"women": 4}}, men=0, women=4))
    assert row_of(planner, fresh)["values"]["rembuk_priority"] == pytest.approx((25 / 50 + 1) / 2), (
        "not by voters"
    )
    for made in (first, small):
        assert planner.send("DELETE", made.headers["Location"]).status_code == 204
    assert row_of(planner, fresh)["values"]["rembuk_priority"] is None


def test_a_work_nobody_was_for_is_no_gap(planner, fresh):
    made = planner.send("POST", "/api/v1/forums", json=minutes({fresh: {"men": 0, "women": 0}}))
    row = row_of(planner, fresh)
    assert row["values"]["rembuk_priority"] == 0
    planner.send("DELETE", made.headers["Location"])


def test_a_retry_is_one_forum(planner, fresh):
    sends = [
        planner.send(
            "POST",
            "/api/v1/forums",
            json=minutes({fresh: {"men": 3}}),
            headers={"Idempotency-Key": "rembuk-1"},
        )
        for _ in range(2)
    ]
    assert sends[0].json == sends[1].json
    listed = planner.client.get(f"/api/v1/forums?kelurahan={HOME}").json["forums"]
    assert [item["id"] for item in listed].count(sends[0].json["id"]) == 1


def test_minutes_that_cannot_be_are_refused_at_the_field(planner, fresh):
    stranger = planner.client.get(f"/api/v1/proposals?kelurahan={BESIDE}&limit=1").json["features"][0]["id"]
    bad = {
        f"/votes/{fresh}/men": minutes({fresh: {"men": 21}}),
        f"/votes/{fresh}/women": minutes({fresh: {"women": -1}}),
        f"/votes/{stranger}": minutes({stranger: {"men": 1}}),
        "/votes/none": minutes({"none": {"men": 1}}),
        "/votes": minutes({}),
        "/met_on": minutes({fresh: {"men": 1}}, met_on="2099-01-01"),
        "/place": minutes({fresh: {"men": 1}}, place=" "),
    }
    before = planner.client.get(f"/api/v1/forums?kelurahan={HOME}").json
    for pointer, document in bad.items():
        answer = planner.send("POST", "/api/v1/forums?lang=en", json=document)
        assert answer.status_code == 422, pointer
        assert pointer in [fault["pointer"] for fault in answer.json["errors"]], answer.json
    assert planner.client.get(f"/api/v1/forums?kelurahan={HOME}").json == before


def test_who_may_record_and_read(app, planner, fresh):
    document = minutes({fresh: {"men": 1}})
    made = signed_in(app, "facilitator").send("POST", "/api/v1/forums", json=document)
    assert made.status_code == 201
    reviewer = signed_in(app, "reviewer")
    assert reviewer.client.get(made.headers["Location"]).status_code == 200
    assert reviewer.send("POST", "/api/v1/forums", json=document).status_code == 403
    assert reviewer.send("DELETE", made.headers["Location"]).status_code == 403
    assert planner.send("POST", "/api/v1/forums", json=document | {"kelurahan": BESIDE}).status_code == 403
    for nobody, code in ((public(app), 401), (signed_in(app, "partner"), 403)):
        assert nobody.client.get(f"/api/v1/forums?kelurahan={HOME}").status_code == code
        assert nobody.client.get(made.headers["Location"]).status_code == code


def test_the_panel_takes_minutes_and_says_what_is_wrong(planner, fresh):
    form = planner.client.get(f"/plan/{HOME}/panel/forums/new").text
    assert f'name="votes.{fresh}.women"' in form
    sent = {
        "met_on": "2026-09-06",
        "place": "<b>Balai</b>",
        "men": "20",
        "women": "30",
        f"votes.{fresh}.men": "21",
    }
    wrong = planner.send("POST", f"/plan/{HOME}/panel/forums?lang=id", data=sent).text
    assert "21 suara, padahal yang hadir 20." in wrong
    assert 'value="&lt;b&gt;Balai&lt;/b&gt;"' in wrong
    kept = planner.send(
        "POST", f"/plan/{HOME}/panel/forums?lang=id", data=sent | {f"votes.{fresh}.men": "10"}
    ).text
    assert "&lt;b&gt;Balai&lt;/b&gt;" in kept
    assert re.search(r"20\s%", kept)
