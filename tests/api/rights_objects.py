"""What stands in the addresses that the table of rights asks for, each thing made by who may.

It knows nothing about who is let in.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from tests import files
from tests.api.rights_table import MEETING, PLAN, PROGRAMME, SET
from tests.web import HOME, Person, work
from webgis.auth.tokens import Wish, add_token
from webgis.context import KEY
from webgis.planning.plans.plans import run_plan


def objects(app: Any, people: Mapping[str, Person]) -> dict[str, Any]:
    """Objects of the kelurahan by the names of the holes in addresses, and documents to send.

    A function makes the object anew for each question: what a right answer uses up. Behind `deleted` are those that
    were thrown away and may be brought back.
    """
    planner = people["planner"]
    new = documents(planner)
    proposal = made(planner, "/api/v1/proposals", new["new_work"])
    asset, area, household = (first(planner, layer) for layer in ("assets", "slum-areas", "households"))
    forms = planner.client.get(f"/api/v1/slum-areas/{area['id']}/assessments").json["assessments"]
    votes = {"kelurahan": HOME, **MEETING, "votes": {proposal: {"men": 3, "women": 5}}}
    return {
        **new, **fixed(), **planned(app, planner), "token_id": spare_token(app),
        "other_id": str(uuid.uuid4()), "role": "synergy",
        "proposal_id": proposal, "paket_id": verified(people, new["new_work"]),
        "programme_id": made(people["reviewer"], "/api/v1/city-programmes", new["new_programme"]),
        "asset_id": asset["id"], "area_id": area["id"], "area": area["id"], "household_id": household["id"],
        "year": forms[-1]["year"],
        "comment_id": made(planner, f"/api/v1/proposals/{proposal}/comments", {"body": "Lebih dulu yang di RW 1."}),
        "report_id": made(planner, f"/api/v1/assets/{asset['id']}/reports", data={"body": "Tersumbat"}),
        "attachment_id": lambda: photo(planner, proposal),
        "forum_id": lambda: made(planner, "/api/v1/forums", votes),
        "ranking_id": made(planner, "/api/v1/rankings", {"kelurahan": HOME}),
        "weight_set_id": made(planner, "/api/v1/weight-sets", SET),
        "person_id": planner.client.get("/api/v1/session").json["user"]["id"],
        "deleted": thrown_away(people, new, proposal),
    }  # fmt: skip


def fixed() -> dict[str, Any]:
    """What needs nothing made: codes, numbers, names, and ids that nothing has."""
    return {
        "code": HOME, "kelurahan": HOME, "layer": "households", "z": "15", "x": "1", "y": "1",
        "file": "households.geojson", "filename": "nothing.js", "job_id": uuid.uuid4(), "note_id": str(uuid.uuid4()),
        "way": "weights", "key": "mck", "kind": "budgets", "relief": "extra", "repair": "drain_repair",
        "site_note": {"id": str(uuid.uuid4()), "body": "Lahan bebas.", "seen_at": "2026-03-05T09:00:00+07:00"},
    }  # fmt: skip


def documents(planner: Person) -> dict[str, Any]:
    """Documents to send, with the shapes of what is there already."""
    document = work(planner)
    asset, household = first(planner, "assets"), first(planner, "households")
    home, rw = (planner.client.get(f"/api/v1/regions/{code}").json for code in (HOME, f"{HOME}-RW001"))
    return {
        "new_work": document, "new_area": area_of(document, "kawasan-uji"),
        "new_asset": feature(asset["geometry"], kind=asset["properties"]["kind"]),
        "new_household": feature(household["geometry"], members=4),
        "new_programme": feature(document["geometry"], **PROGRAMME),
        "new_region": feature(home["geometry"], name="Tirta Mekar"), "region": rw["id"],
        "redrawn": feature(rw["geometry"], name="RW 001") | {"id": rw["id"], "version": 999},
    }  # fmt: skip


def planned(app: Any, planner: Person) -> dict[str, Any]:
    """A plan, and a work that it left out."""
    job = made(planner, "/api/v1/plans", PLAN)
    run_plan(app.extensions[KEY].db, app.extensions[KEY].desk, job)
    plan = planner.client.get(f"/api/v1/jobs/{job}").json["result"]
    return {"plan_id": plan["id"], "work_id": plan["left_out"][0]["id"]}


def thrown_away(people: Mapping[str, Person], new: Mapping[str, Any], proposal: str) -> dict[str, Any]:
    """Makers of what may be brought back."""
    planner = people["planner"]

    def gone(layer: str, document: dict[str, Any], person: Person = planner) -> str:
        return deleted(person, f"/api/v1/{layer}", made(person, f"/api/v1/{layer}", document))

    return {
        "proposal_id": lambda: gone("proposals", new["new_work"]),
        "asset_id": lambda: gone("assets", new["new_asset"]),
        "area_id": lambda: gone("slum-areas", area_of(new["new_work"], uuid.uuid4().hex)),
        "household_id": lambda: gone("households", new["new_household"]),
        "programme_id": lambda: gone("city-programmes", new["new_programme"], people["reviewer"]),
        "attachment_id": lambda: deleted(planner, "/api/v1/attachments", photo(planner, proposal)),
    }


def first(planner: Person, layer: str) -> dict[str, Any]:
    """One of a layer of the kelurahan; a drain of the assets."""
    more = "&kind=drain" if layer == "assets" else ""
    found: dict[str, Any] = planner.client.get(f"/api/v1/{layer}?kelurahan={HOME}&limit=1{more}").json
    one: dict[str, Any] = found["features"][0]
    return one


def area_of(document: dict[str, Any], code: str) -> dict[str, Any]:
    """A small slum area where a work begins."""
    x, y = document["geometry"]["coordinates"][0]
    ring = [[x, y], [x + 1e-4, y], [x + 1e-4, y + 1e-4], [x, y]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    return feature(outline, code=code, name="Kawasan uji", level="kawasan")


def photo(planner: Person, proposal: str) -> str:
    """The id of a new photo of a proposal."""
    form = {"file": (io.BytesIO(files.photo()), "a.jpg")}
    return made(planner, f"/api/v1/proposals/{proposal}/attachments", data=form)


def feature(geometry: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": said}


def made(person: Person, url: str, sent: dict[str, Any] | None = None, **form: Any) -> str:
    """The id of what a POST of a document, or else of a form, has made."""
    answer = person.send("POST", url, **(form or {"json": sent}))
    assert answer.status_code in (200, 201, 202), answer.text
    return str(answer.json["id"])


def deleted(person: Person, url: str, found: str) -> str:
    """The id of something that was thrown away."""
    answer = person.send("DELETE", f"{url}/{found}", headers={"If-Match": "*"})
    assert answer.status_code == 204, answer.text
    return found


def spare_token(app: Any) -> str:
    """The id of a token that nobody here asks with."""
    add_token(app.extensions[KEY].db, "planner@contoh.test", Wish("cadangan"))
    with app.extensions[KEY].db.transaction() as session:
        return str(session.execute(text("select id from api_token where label = 'cadangan'")).scalar_one())


def verified(people: Mapping[str, Person], document: dict[str, Any]) -> str:
    """A PAKET work that waits for its review."""
    paket = {**document, "properties": {**document["properties"], "is_paket": True}}
    found = made(people["planner"], "/api/v1/proposals", paket)
    for role, action in (("planner", "submit"), ("facilitator", "verify")):
        step = {"action": action, "note": "diperiksa di lokasi"}
        answer = people[role].send("POST", f"/api/v1/proposals/{found}/transitions", json=step)
        assert answer.status_code == 200, answer.text
    return found
