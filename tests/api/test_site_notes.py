"""Notes of a site visit: who writes, reads and answers them, sending twice, and what an open one holds up."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from typing import Any

import pytest

from tests import files
from tests.api.conftest import step
from tests.web import Person, signed_in, work

ALL = "/api/v1/proposals"


def note(**changes: Any) -> dict[str, Any]:
    given = {
        "id": str(uuid.uuid4()),
        "body": "Gorong-gorong tersumbat.",
        "seen_at": "2026-03-05T09:00:00+07:00",
    }
    return given | changes


def start_of(person: Person, place: str) -> list[float]:
    return list(person.client.get(place).json["geometry"]["coordinates"][0])


def test_a_note_with_photo_and_place_is_kept_once(reviewer, planner, reviewed):
    handed = reviewer.send(
        "POST", f"{reviewed}/attachments", data={"file": (io.BytesIO(files.photo()), "foto.jpg")},
        content_type="multipart/form-data",
    ).json  # fmt: skip
    x, y = start_of(planner, reviewed)
    sent = note(place=[x, y + 0.0001], accuracy_m=6.5, photos=[handed["id"]])
    first = reviewer.send("POST", f"{reviewed}/site-notes", json=sent)
    assert first.status_code == 201, first.text
    again = reviewer.send("POST", f"{reviewed}/site-notes", json=sent | {"body": "Lain."})
    assert (again.status_code, again.json["body"]) == (201, sent["body"])
    [kept] = planner.client.get(f"{reviewed}/site-notes").json["site_notes"]
    assert kept["place"] == pytest.approx(sent["place"])
    assert kept["accuracy_m"] == 6.5
    assert 0 < kept["distance_m"] <= 11.2, "a ten-thousandth of a degree is 11 m"
    assert planner.client.get(kept["photos"][0]["thumbnail"]).status_code == 200
    reviewer.send("DELETE", f"/api/v1/attachments/{handed['id']}")
    assert planner.client.get(f"{reviewed}/site-notes").json["site_notes"][0]["photos"] == []


def test_an_open_note_holds_up_the_next_submission(reviewer, planner, reviewed):
    made = reviewer.send("POST", f"{reviewed}/site-notes", json=note()).json["id"]
    assert step(reviewer, reviewed, "return", "Lihat catatan.").status_code == 200
    held = step(planner, reviewed, "submit")
    assert held.status_code == 422
    assert held.json["errors"][0]["pointer"] == "/site_notes"
    answer = f"{reviewed}/site-notes/{made}/answer"
    assert reviewer.send("PUT", answer, json={"answer": "Sudah."}).status_code == 403
    done = planner.send("PUT", answer, json={"answer": "Dikeruk 7 Maret."})
    assert (done.status_code, done.json["answer"]) == (200, "Dikeruk 7 Maret.")
    assert done.json["answered_at"]
    assert step(planner, reviewed, "submit").status_code == 200


def test_who_writes_and_who_reads(reviewer, planner, facilitator, visitor, app, reviewed):
    reviewer.send("POST", f"{reviewed}/site-notes", json=note())
    for person, reads in ((facilitator, 200), (signed_in(app, "partner"), 403), (visitor, 401)):
        assert person.client.get(f"{reviewed}/site-notes").status_code == reads
        assert person.send("POST", f"{reviewed}/site-notes", json=note()).status_code in (401, 403)
    assert len(planner.client.get(f"{reviewed}/site-notes").json["site_notes"]) == 1
    assert (
        "Gorong-gorong tersumbat"
        not in visitor.client.get(reviewed.replace("/api/v1/proposals", "/usulan")).text
    )


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"body": "  "}, "/body"), ({"body": "x" * 2001}, "/body"), ({"place": [0.0, 91.0]}, "/place"),
        ({"place": [999.0, 0.0]}, "/place"), ({"accuracy_m": -1.0}, "/accuracy_m"),
        ({"photos": [str(uuid.UUID(int=7))]}, "/photos"),
        ({"seen_at": (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).isoformat()}, "/seen_at"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_kept(reviewer, reviewed, changes, pointer):
    answer = reviewer.send("POST", f"{reviewed}/site-notes", json=note(**changes))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert reviewer.client.get(f"{reviewed}/site-notes").json["site_notes"] == []


def test_only_paket_works_are_visited_for_it(reviewer, planner, reviewed):
    other = planner.send("POST", ALL, json=work(planner)).headers["Location"]
    assert reviewer.send("POST", f"{other}/site-notes", json=note()).status_code == 409
    made = reviewer.send("POST", f"{reviewed}/site-notes", json=note()).json["id"]
    assert planner.send("PUT", f"{other}/site-notes/{made}/answer", json={"answer": ""}).status_code == 404


def test_the_workspace_lists_notes_to_tick_off(reviewer, planner, reviewed):
    made = reviewer.send("POST", f"{reviewed}/site-notes", json=note(body="<b>Lahan</b>")).json["id"]
    key = reviewed.rpartition("/")[2]
    panel = planner.client.get(f"/plan/99.01.01.1001/panel/proposals/{key}?lang=id").text
    assert "&lt;b&gt;Lahan&lt;/b&gt;" in panel
    assert "1 catatan menunggu jawaban" in panel
    form = {"answer": "Beres.", "csrf_token": planner.token}
    url = f"/usulan/{key}/catatan-lapangan/{made}"
    assert planner.client.post(url, data={"answer": "Beres."}).status_code == 403
    answer = planner.client.post(url, data=form, headers={"X-Fragment": "panel"})
    assert "Beres." in answer.text
    assert "catatan menunggu" not in answer.text
    too_long = planner.client.post(url, data=form | {"answer": "x" * 2001}, headers={"X-Fragment": "panel"})
    assert too_long.status_code == 200
    assert planner.client.post(url, data=form).status_code == 303
