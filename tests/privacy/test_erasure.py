"""The erasure canary: whoever did everything the platform offers is looked for in every row of every table afterwards.

Names may stay where an act of office has to be attributable: on the steps of proposals, on adopted plans, and in the
log of who saw households. Nowhere else, and no address anywhere.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests import files
from tests.web import HOME, Person, make_app, public, signed_in, work
from webgis.auth import accounts
from webgis.planning.access import Actor, Role
from webgis.planning.keeping import audit, personal
from webgis.planning.ranking import weight_sets
from webgis.settings import database_url, read
from webgis.store.database import Database

NAME, EMAIL, PASSWORD = "Kanari Nurhayati", "kanari@contoh.id", "empat kuda lari"
OFFICES = {"review", "masterplan", "household_view"}
OPERATOR = Actor(None, "operator", "", (Role("admin", "99.01"),))
MEETING = {"met_on": "2026-03-05", "place": "Balai RW 05", "men": 14, "women": 17}


@pytest.fixture(scope="module")
def url(test_databases: Any) -> str:
    found: str = test_databases.new("sample")
    return found


@pytest.fixture(scope="module")
def owner(url: str) -> Iterator[Database]:
    found = Database(database_url(url), owner=True, pool_size=2)
    yield found
    found.dispose()


def found_in(db: Database, words: str) -> set[str]:
    """Tables with a row that holds some words anywhere, whatever their capitals."""
    with db.transaction() as session:
        session.execute(text("select set_config('app.household_scope', '*', true)"))
        tables = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
        return {
            name
            for name in list(session.execute(text(tables)).scalars())
            if session.execute(
                text(f'select exists (select from "{name}" t where t::text ilike :words)'),
                {"words": f"%{words}%"},
            ).scalar_one()
        }


@pytest.fixture(scope="module")
def busy(url: str, owner: Database, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The application after somebody with three roles has done all that leaves a name."""
    roles = [("planner", HOME), ("facilitator", HOME), ("reviewer", "99.01")]
    accounts.add_account(owner, EMAIL, NAME, PASSWORD, roles)
    app = make_app(url, data_dir=tmp_path_factory.mktemp("data"))
    person = Person(app.test_client())
    person.client.post("/api/v1/session", json={"email": EMAIL, "password": "salah"})
    opened = person.client.post("/api/v1/session", json={"email": EMAIL, "password": PASSWORD})
    person.token = opened.json["csrf_token"]

    def does(method: str, address: str, **given: Any) -> Any:
        answer = person.send(method, address, **given)
        assert answer.status_code < 300, (address, answer.text)
        return answer.json

    document = work(person)
    document["properties"] |= {"is_paket": True}
    key = does("POST", "/api/v1/proposals", json=document)["id"]
    place = f"/api/v1/proposals/{key}"
    for action in ("submit", "verify", "start_review"):
        does("POST", f"{place}/transitions", json={"action": action, "note": "Uji."})
    does("POST", f"{place}/comments", json={"body": "Baik."})
    does("PUT", f"{place}/support")
    photo = {"file": (io.BytesIO(files.photo()), "a.jpg"), "kind": "photo_0"}
    does("POST", f"{place}/attachments", data=photo, content_type="multipart/form-data")
    seen = {"id": str(uuid.uuid4()), "body": "Tersumbat.", "seen_at": "2026-03-05T09:00:00+07:00"}
    does("POST", f"{place}/site-notes", json=seen)
    shape = document["geometry"]["coordinates"]
    moved = {"type": "LineString", "coordinates": [[x + 1e-5, y] for x, y in shape]}
    version = person.client.get(place).json["properties"]["version"]
    does("POST", f"{place}/shape-suggestions", json={"geometry": moved, "note": "Geser.", "version": version})
    does("POST", f"{place}/transitions", json={"action": "return", "note": "Uji."})
    does("PUT", f"{place}/site-notes/{seen['id']}/answer", json={"answer": "Sudah."})
    declined, tag = {"accept": False, "reason": "Tidak."}, person.client.get(place).headers["ETag"]
    does("POST", f"{place}/shape-suggestions/decision", json=declined, headers={"If-Match": tag})
    asset = person.client.get(f"/api/v1/assets?kelurahan={HOME}&limit=1").json["features"][0]["id"]
    report = does("POST", f"/api/v1/assets/{asset}/reports", data={"body": "Rusak."})["id"]
    made = person.client.get(f"/api/v1/reports/{report}")
    does(
        "PUT", f"/api/v1/reports/{report}", json={"state": "handled", "public": True},
        headers={"If-Match": made.headers["ETag"]},
    )  # fmt: skip
    judged = {"kelurahan": HOME, "method": "roc", "judgements": {"ranks": {"poor_served": 1, "land": 2}}}
    does("POST", "/api/v1/weight-sets", json={**judged, "name": "Rembuk", **MEETING})
    does("POST", "/api/v1/weight-sets", json={**judged, "name": "Sendiri", "participant": NAME})
    does("POST", "/api/v1/forums", json={"kelurahan": HOME, "votes": {key: {"women": 3}}, **MEETING})
    assert person.client.get(f"/api/v1/households?kelurahan={HOME}").status_code == 200
    with owner.transaction(reason="uji") as session:
        session.execute(
            text("""
                insert into masterplan (kelurahan, plan_id, met_on, place, men, women, note, account_id, author)
                select :home, gen_random_uuid(), '2026-03-05', 'Balai', 1, 1, '', id, name
                from account where email = :email
            """),
            {"home": HOME, "email": EMAIL},
        )
    return app


def test_an_erased_person_is_left_only_where_an_office_was_held(
    busy: Any, owner: Database, tmp_path: Path
) -> None:
    assert found_in(owner, NAME) >= {
        "account",
        "comment",
        "weight_set",
        "asset_report",
        "site_note",
        *OFFICES,
    }
    copy = personal.export_account(owner, EMAIL)
    assert all(
        copy[name] for name in ("forums", "masterplans", "weight_sets", "reports", "site_notes", "decisions")
    )
    personal.erase_account(owner, EMAIL)
    assert found_in(owner, NAME) == OFFICES
    assert found_in(owner, EMAIL) == set()
    settings = read(
        {"DATABASE_URL": owner.url.render_as_string(hide_password=False), "WEBGIS_DATA_DIR": str(tmp_path)}
    )
    assert audit.faults(owner, settings) == [], "the chain of history is whole"
    planner = signed_in(busy, "planner")
    sets = planner.client.get(f"/api/v1/weight-sets?kelurahan={HOME}").json["weight_sets"]
    [own] = [one for one in sets if one["name"] == "Sendiri"]
    assert own["participant"].startswith("Peserta ") and own["author"] == personal.NOBODY


def test_somebody_without_an_account_can_be_erased_by_name(url: str, owner: Database, busy: Any) -> None:
    planner, visitor = signed_in(busy, "planner"), public(busy)
    judged = {"kelurahan": HOME, "method": "roc", "judgements": {"ranks": {"poor_served": 1, "land": 2}}}
    for name in ("Bu Tetangga", "Pak  Tetangga"):
        sent = {**judged, "name": "Sendiri", "participant": name}
        assert planner.send("POST", "/api/v1/weight-sets", json=sent).status_code == 201
    asset = planner.client.get(f"/api/v1/assets?kelurahan={HOME}&limit=1").json["features"][0]["id"]
    said = visitor.send(
        "POST", f"/api/v1/assets/{asset}/reports", data={"body": "Rusak.", "name": "Bu Tetangga"}
    )
    assert said.status_code == 201
    assert found_in(owner, "Bu Tetangga") == {"asset_report", "weight_set"}, "history copies no name"
    assert personal.erase_name(owner, " bu tetangga", HOME) == 2
    assert found_in(owner, "Bu Tetangga") == set()
    assert found_in(owner, "Pak Tetangga") == {"weight_set"}
    assert personal.erase_name(owner, "Bu Tetangga", HOME) == 0
    before = weight_sets.participants(owner, OPERATOR, HOME)
    assert before >= 2, "one erased, one not"
    assert personal.erase_name(owner, "Pak Tetangga", HOME) == 1
    assert weight_sets.participants(owner, OPERATOR, HOME) == before
