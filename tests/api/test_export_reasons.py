"""Taking poor households along: what for is asked, logged, and stands in every row with who and when."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.web import HOME, Person, signed_in

LOG = f"/api/v1/households/access-log?kelurahan={HOME}&limit=100"
REASON = "verifikasi lapangan MCK"
FORM = f"/data/download?layer=households&kelurahan={HOME}"


@pytest.fixture(scope="module")
def admin(app: Any) -> Person:
    return signed_in(app, "admin")


def exports(admin: Person) -> list[dict[str, Any]]:
    return [view for view in admin.client.get(LOG).json["views"] if view["way"] == "export"]


def test_the_form_asks_what_for(planner: Person, admin: Person) -> None:
    before = exports(admin)
    for given in ("", "&reason=%20%20a%20"):
        refused = planner.client.get(f"{FORM}&format=csv&lang=en{given}")
        assert (refused.status_code, refused.mimetype) == (422, "text/html")
        assert (
            'id="t-reason-hint" role="alert"' in refused.text
            and "data of families are needed for" in refused.text
        )
    assert exports(admin) == before
    sent = planner.client.get(f"{FORM}&format=csv&reason=verifikasi+lapangan+MCK")
    assert sent.status_code == 303
    assert planner.client.get(sent.headers["Location"]).status_code == 200
    assert exports(admin)[0]["reason"] == REASON


def test_other_layers_ask_nothing(planner: Person) -> None:
    assert planner.client.get("/data/download?layer=roads&format=csv").status_code == 303


def test_every_row_says_who_took_it_when_and_what_for(planner: Person, admin: Person) -> None:
    name = planner.client.get("/api/v1/session").json["user"]["name"]
    path = f"/api/v1/export/households.%s?kelurahan={HOME}&reason=verifikasi%%20lapangan%%20%%20MCK"
    rows = list(csv.DictReader(io.StringIO(planner.client.get(path % "csv").text)))
    features = [one["properties"] for one in planner.client.get(path % "geojson").json["features"]]
    assert len(rows) == len(features) > 100
    for row in (*rows, *features):
        assert (row["taken_by"], row["taken_for"]) == (name, REASON)
        assert row["taken_at"].endswith("+00:00")
    assert list(features[0])[-3:] == ["taken_by", "taken_at", "taken_for"]


def test_a_reason_of_the_same_minute_is_a_row_of_its_own(planner: Person, admin: Person) -> None:
    path = f"/api/v1/export/households.geojson?kelurahan={HOME}"
    for reason in ("satu alasan", "alasan lain", "alasan lain"):
        assert planner.client.get(f"{path}&reason={reason}").status_code == 200
    told = [view["reason"] for view in exports(admin)]
    assert told.count("satu alasan") == 1 and 1 <= told.count("alasan lain") <= 2


def test_files_of_public_layers_carry_no_mark(planner: Person) -> None:
    made = planner.client.get(f"/api/v1/export/assets.geojson?kelurahan={HOME}&reason=apa").json["features"]
    assert made and "taken_by" not in made[0]["properties"]
