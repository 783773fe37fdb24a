"""Handing in a file over HTTP: the job, its report, and who may."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from sqlalchemy import text

from tests import web
from tests.databases import DATA_DIR
from webgis.context import KEY
from webgis.planning.imports.import_jobs import run_import
from webgis.store.database import Database

TAPS = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [107.7, -5.6]},
                "properties": {"kind": "public_tap", "name": "Kran uji", "id": "uji-1"},
            },
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [100.0, -1.0]},
                "properties": {"kind": "public_tap", "name": "Kota lain", "id": "uji-2"},
            },
        ],
    }
)


FULL = """
    create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception using errcode = '53100', message = 'could not extend file'; end $$
"""


@pytest.fixture(scope="module")
def app(test_databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """With a data folder of its own, since the tests look at what is left there."""
    folder = tmp_path_factory.mktemp("data")
    made = web.make_app(test_databases.new("sample"), data_dir=folder)
    for name in ("sample", "sealing-key"):
        (folder / name).symlink_to(DATA_DIR / name)
    return made


@pytest.fixture(scope="module")
def admin(app: Any) -> web.Person:
    return web.signed_in(app, "admin")


def hand_in(person: web.Person, content: str = TAPS, **fields: str) -> Any:
    data = {"file": (io.BytesIO(content.encode()), "kran.geojson"), "layer": "assets", **fields}
    return person.send("POST", "/api/v1/imports", data=data, content_type="multipart/form-data")


def test_a_file_becomes_a_job_with_a_report(app, admin, planner):
    answer = hand_in(admin)
    assert answer.status_code == 202, answer.text
    assert answer.json["state"] == "waiting"
    job = answer.headers["Location"]
    run_import(app.extensions[KEY].db, answer.json["id"])
    ended = admin.client.get(job).json
    assert (ended["state"], ended["progress"]) == ("done", 100)
    report = ended["result"]
    assert (report["rows"], report["accepted"], report["refused"]) == (2, 1, 1)
    assert report["problems"][0]["row"] == 2
    assert report["file"] == "kran.geojson"
    found = admin.client.get("/api/v1/assets?kind=public_tap&limit=1000").json["features"]
    assert "Kran uji" in [item["properties"]["name"] for item in found]
    events = admin.client.get(job + "/events").text
    assert events.startswith("event: done\ndata: {")
    assert planner.client.get(job).status_code == 404, "a job is its owner's"
    assert not list((app.extensions[KEY].settings.data_dir / "uploads").iterdir()), "the upload is gone"


def test_a_trial_stores_nothing(app, admin):
    before = admin.client.get("/api/v1/assets?limit=1").json["numberMatched"]
    answer = hand_in(admin, TAPS.replace("uji-1", "uji-3"), dry_run="true")
    run_import(app.extensions[KEY].db, answer.json["id"])
    report = admin.client.get(answer.headers["Location"]).json["result"]
    assert (report["dry_run"], report["accepted"]) == (True, 1)
    assert admin.client.get("/api/v1/assets?limit=1").json["numberMatched"] == before


def test_a_planner_imports_the_own_layers(app, planner):
    answer = hand_in(planner, TAPS.replace("uji-", "bkm-"))
    run_import(app.extensions[KEY].db, answer.json["id"])
    report = planner.client.get(answer.headers["Location"]).json["result"]
    assert report["accepted"] + report["refused"] == 2


def test_who_may_not_import_is_told_so(planner, visitor):
    refused = hand_in(planner, layer="roads")
    assert refused.status_code == 403
    assert "roads" in refused.json["detail"]
    assert hand_in(visitor).status_code == 401


def test_a_wrong_layer_or_a_missing_file_is_named(admin):
    answer = hand_in(admin, layer="dreams")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/layer")
    missing = admin.send(
        "POST", "/api/v1/imports", data={"layer": "assets"}, content_type="multipart/form-data"
    )
    assert missing.status_code == 422


@pytest.mark.parametrize("disk", ["files", "database"])
def test_on_a_full_disk_nothing_is_kept_and_it_heals(
    app: Any, admin: web.Person, monkeypatch: pytest.MonkeyPatch, disk: str
) -> None:
    uploads = app.extensions[KEY].settings.data_dir / "uploads"
    uploads.mkdir(exist_ok=True)
    before = set(uploads.iterdir())
    owner = Database(app.extensions[KEY].settings.database_url, owner=True, pool_size=1)
    with owner.transaction() as session:
        session.execute(text(FULL))
    with monkeypatch.context() as patch:
        if disk == "files":  # the kernel's own answer of a full disk
            patch.setattr("webgis.planning.imports.import_jobs.uuid.uuid4", lambda: "penuh")
            (uploads / "penuh.geojson").symlink_to("/dev/full")
        else:
            with owner.transaction() as session:
                session.execute(
                    text("create trigger no_room before insert on job execute function full_disk()")
                )
        answer = hand_in(admin)
    assert (answer.status_code, answer.json["type"]) == (507, "/problems/storage-full")
    assert "tidak disimpan" in answer.json["detail"]
    assert set(uploads.iterdir()) == before
    with owner.transaction() as session:
        session.execute(text("drop function full_disk cascade"))
    healed = hand_in(admin, dry_run="true")
    assert healed.status_code == 202
    run_import(owner, healed.json["id"])
    owner.dispose()
