"""/proposals/{id}/relations over HTTP: verdicts from both ends, refusals, and the piece of the proposal's pane."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web import HOME, Person, work


@pytest.fixture
def twins(planner: Person) -> tuple[str, str]:
    """The addresses of a proposal and the same drawn again."""
    made = [planner.send("POST", "/api/v1/proposals", json=work(planner)).headers["Location"] for _ in "ab"]
    return str(made[0]), str(made[1])


def key(place: str) -> str:
    return place.rpartition("/")[2]


def verdict(person: Person, ends: tuple[str, str], role: str = "duplicate", **said: Any) -> Any:
    sent = {"outcome": "confirmed", "version": 0} | said
    return person.send("PUT", f"{ends[0]}/relations/{key(ends[1])}/{role}", json=sent)


def between(answer: Any, other: str, role: str = "duplicate") -> dict[str, Any]:
    [found] = [one for one in answer.json["relations"] if (one["id"], one["role"]) == (key(other), role)]
    return dict(found)


def test_a_verdict_is_read_from_both_ends_and_named_by_who_gave_it(planner, visitor, twins):
    found = between(planner.client.get(f"{twins[0]}/relations"), twins[1])
    assert (found["outcome"], found["measure"], found["decided_at"]) == ("open", 1.0, None)
    said = between(verdict(planner, twins), twins[1])
    assert (said["outcome"], said["version"]) == ("confirmed", 1)
    assert said["author"]
    assert between(planner.client.get(f"{twins[1]}/relations"), twins[0])["outcome"] == "confirmed"
    assert visitor.client.get(f"{twins[0]}/relations").status_code == 401


def test_a_relation_that_no_rule_found_has_a_direction_and_needs_a_reason(planner, twins):
    bare = verdict(planner, twins, "before")
    assert (bare.status_code, bare.json["errors"][0]["pointer"]) == (422, "/reason")
    made = verdict(planner, twins, "before", reason="Baru berguna setelah pipa ada.")
    assert between(made, twins[1], "before")["measure"] is None
    other_way = planner.client.get(f"{twins[1]}/relations")
    assert between(other_way, twins[0], "after")["reason"] == "Baru berguna setelah pipa ada."
    round_ = verdict(planner, twins, "after", reason="Sebaliknya juga.")
    assert round_.status_code == 422
    assert "→" in round_.json["detail"]


def test_what_is_refused_says_what_to_do(planner, reviewer, twins):
    assert verdict(reviewer, twins).status_code == 403
    assert verdict(planner, twins, "brother").status_code in (400, 404, 422)
    assert verdict(planner, twins, state="approved").status_code in (400, 422)
    assert verdict(planner, twins, "conflict", outcome="dismissed", reason="x").status_code == 404
    assert verdict(planner, twins, outcome="dismissed", reason="Dua gang.").status_code == 200
    late = verdict(planner, twins)
    assert late.status_code == 409
    assert "baru saja memutuskan" in late.json["detail"]


def test_the_preview_and_the_gate_follow_what_people_said(planner, twins):
    found = planner.client.get(twins[0]).json
    sent = {"type": "Feature", "id": found["id"], "geometry": found["geometry"]}
    sent["properties"] = {name: found["properties"][name] for name in ("title", "work_type")}

    def kinds() -> list[tuple[str, str]]:
        answer = planner.send("POST", "/api/v1/proposals/preview", json=sent)
        assert answer.status_code == 200, answer.text
        return [(one["id"], one["outcome"]) for one in answer.json["relations"] if one["kind"] == "duplicate"]

    assert (key(twins[1]), "open") in kinds()
    verdict(planner, twins)
    assert (key(twins[1]), "confirmed") in kinds()
    verdict(planner, twins, outcome="dismissed", reason="Dua gang.", version=1)
    assert key(twins[1]) not in dict(kinds())


def test_the_piece_of_the_pane_judges_in_place_and_says_what_is_wrong(planner, reviewer, twins):
    url = f"/plan/{HOME}/panel/proposals/{key(twins[0])}"
    assert f'data-relations="panel/proposals/{key(twins[0])}/relations"' in planner.client.get(url).text
    shown = planner.client.get(f"{url}/relations").text
    assert "Mungkin ganda dengan" in shown
    sent = {"csrf_token": planner.token, "other": key(twins[1]), "role": "duplicate", "version": "0"}
    empty = planner.client.post(f"{url}/relations", data={**sent, "outcome": "dismissed", "reason": " "})
    assert empty.status_code == 200
    assert 'aria-invalid="true"' in empty.text
    done = planner.client.post(
        f"{url}/relations", data={**sent, "outcome": "dismissed", "reason": "Dua <b>gang</b>."}
    )
    assert "Dua &lt;b&gt;gang&lt;/b&gt;." in done.text
    assert "Bukan ganda dari" in done.text
    own = {"csrf_token": planner.token, "outcome": "confirmed", "role": "before", "version": "0"}
    none = planner.client.post(f"{url}/relations", data={**own, "other": "", "reason": "x"})
    assert "Pilih dua kegiatan yang berbeda." in none.text
    made = planner.client.post(
        f"{url}/relations", data={**own, "other": key(twins[1]), "reason": "Ada airnya."}
    )
    assert "Baru berguna setelah" in made.text
    read_only = reviewer.client.get(f"{url}/relations")
    assert "Baru berguna setelah" in read_only.text
    assert "data-relation-form" not in read_only.text
