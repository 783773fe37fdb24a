"""Every address × every kind of caller: who gets in is what the table of rights says, and nothing is missing.

An address that is not in the table makes the test fail, so that no door is added without somebody saying who may
open it.
"""

from __future__ import annotations

import io
import re
import uuid
from dataclasses import dataclass
from typing import Any, Final

import pytest
from sqlalchemy import text

from tests.api.rights_table import ACCOUNT, DOORS, EVERYBODY, PLAN, SESSION, SET, Ask, table
from tests.web import HOME, Person, make_app, public, signed_in, work
from webgis.auth.accounts import add_account
from webgis.auth.tokens import Wish, add_token
from webgis.context import KEY
from webgis.planning.access import PUBLIC, RIGHTS, Actor, Role, may, narrowed
from webgis.planning.plans import run_plan
from webgis.store.database import Database

BESIDE: Final = "99.01.01.1002"
CITY: Final = "99.01"
TOKENS: Final = (
    ("partner", "full", ""), ("planner", "read", ""), ("planner", "full", ""), ("facilitator", "full", BESIDE),
    ("admin", "write", HOME),
)  # fmt: skip
"""Role of the account, scope and region of its token."""
HELD: Final = {
    "planner": HOME, "facilitator": CITY, "reviewer": CITY, "city": CITY, "partner": CITY, "admin": CITY,
}  # fmt: skip
CALLERS: Final = ("public", *HELD, "beside", *(" ".join(("token", *token)).strip() for token in TOKENS))


@dataclass(frozen=True)
class Caller:
    """Somebody who asks: as the table of rights sees them, and as a browser or program."""

    actor: Actor
    person: Person
    token: bool = False


@pytest.fixture(scope="module")
def app(test_databases: Any) -> Any:
    return make_app(test_databases.new("sample"))


@pytest.fixture(scope="module")
def callers(app: Any) -> dict[str, Caller]:
    """The public, every role at home, a planner of the kelurahan beside, and tokens."""
    found = {"public": Caller(PUBLIC, public(app))}
    for role, region in HELD.items():
        found[role] = Caller(Actor(role, role, role, (Role(role, region),)), signed_in(app, role))
    owner = Database(app.extensions[KEY].settings.database_url, owner=True, pool_size=1)
    add_account(
        owner, "tetangga@contoh.test", "Tetangga", "empat kuda lari", [("planner", BESIDE), ("admin", BESIDE)]
    )
    owner.dispose()
    beside = public(app)
    session = {"email": "tetangga@contoh.test", "password": "empat kuda lari"}
    beside.token = beside.client.post("/api/v1/session", json=session).json["csrf_token"]
    found["beside"] = Caller(Actor("b", "b", "b", (Role("planner", BESIDE), Role("admin", BESIDE))), beside)
    for role, scope, region in TOKENS:
        token = add_token(app.extensions[KEY].db, f"{role}@contoh.test", Wish("uji", scope, region or None))
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        actor = Actor(role, role, role, narrowed([Role(role, HELD[role])], scope, region or None))
        found[f"token {role} {scope} {region}".strip()] = Caller(actor, Person(client), token=True)
    return found


@pytest.fixture(scope="module")
def known(app: Any, callers: dict[str, Caller]) -> dict[str, Any]:
    """Objects of the kelurahan by the names of the holes in addresses, and documents to send, each made by who may."""
    planner = callers["planner"].person
    document = work(planner)
    asset, area, household = (
        planner.client.get(f"/api/v1/{layer}?kelurahan={HOME}&limit=1").json["features"][0]
        for layer in ("assets", "slum-areas", "households")
    )
    forms = planner.client.get(f"/api/v1/slum-areas/{area['id']}/assessments")
    x, y = document["geometry"]["coordinates"][0]
    ring = [[x, y], [x + 1e-4, y], [x + 1e-4, y + 1e-4], [x, y]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    job = made(planner, "/api/v1/plans", PLAN)
    run_plan(app.extensions[KEY].db, app.extensions[KEY].desk, job)
    return {
        "new_work": document,
        "new_region": feature(planner.client.get(f"/api/v1/regions/{HOME}").json["geometry"], name="Tirta Mekar"),
        "new_asset": feature(asset["geometry"], kind=asset["properties"]["kind"]),
        "new_area": feature(outline, code="kawasan-uji", name="Kawasan uji", level="kawasan"),
        "new_household": feature(household["geometry"], members=4),
        "code": HOME, "kelurahan": HOME, "year": forms.json["assessments"][-1]["year"],
        "layer": "households", "z": "15", "x": "1", "y": "1",
        "file": "households.geojson", "filename": "nothing.js", "job_id": uuid.uuid4(), "token_id": spare_token(app),
        "work_id": made(planner, "/api/v1/proposals", document), "kind": "budgets",
        "proposal_id": made(planner, "/api/v1/proposals", document), "paket_id": verified(callers, document),
        "asset_id": asset["id"], "area_id": area["id"], "area": area["id"], "household_id": household["id"],
        "plan_id": planner.client.get(f"/api/v1/jobs/{job}").json["result"]["id"],
        "ranking_id": made(planner, "/api/v1/rankings", {"kelurahan": HOME}),
        "weight_set_id": made(planner, "/api/v1/weight-sets", SET),
        "person_id": planner.client.get("/api/v1/session").json["user"]["id"],
    }  # fmt: skip


def feature(geometry: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": said}


def made(person: Person, url: str, sent: dict[str, Any]) -> str:
    """The id of what a POST has made."""
    answer = person.send("POST", url, json=sent)
    assert answer.status_code in (200, 201, 202), answer.text
    return str(answer.json["id"])


def deleted(person: Person, document: dict[str, Any]) -> str:
    """A work that was thrown away and may be brought back."""
    found = made(person, "/api/v1/proposals", document)
    answer = person.send("DELETE", f"/api/v1/proposals/{found}", headers={"If-Match": "*"})
    assert answer.status_code == 204, answer.text
    return found


def spare_token(app: Any) -> str:
    """The id of a token that nobody here asks with."""
    add_token(app.extensions[KEY].db, "planner@contoh.test", Wish("cadangan"))
    with app.extensions[KEY].db.transaction() as session:
        return str(session.execute(text("select id from api_token where label = 'cadangan'")).scalar_one())


def verified(callers: dict[str, Caller], document: dict[str, Any]) -> str:
    """A PAKET work that waits for its review."""
    paket = {**document, "properties": {**document["properties"], "is_paket": True}}
    found = made(callers["planner"].person, "/api/v1/proposals", paket)
    for role, action in (("planner", "submit"), ("facilitator", "verify")):
        step = {"action": action, "note": "diperiksa di lokasi"}
        answer = callers[role].person.send("POST", f"/api/v1/proposals/{found}/transitions", json=step)
        assert answer.status_code == 200, answer.text
    return found


def routes(app: Any) -> set[str]:
    """Every method and address of the application."""
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def address(route: str, ask: Ask, known: dict[str, Any]) -> str:
    """The address with the objects of the kelurahan in it."""
    rule = route.partition(" ")[2]
    if rule.startswith("/review/"):
        rule = rule.replace("<proposal_id>", known["paket_id"])
    if rule.endswith("/restore"):
        rule = rule.replace("<uuid:proposal_id>", known["deleted_id"])
    path = re.sub(r"<(?:[^<>:]+:)?(\w+)>", lambda hole: str(known[hole[1]]), rule)
    return f"{path}?{ask.query}" if ask.query else path


def refused(answer: Any, ask: Ask) -> bool:
    """Whether somebody was kept out: no right, nothing there for them, or sent to the sign-in form."""
    away = answer.status_code in (302, 303) and answer.headers["Location"].startswith("/login")
    return answer.status_code in (401, 403, *([404] if ask.hides else [])) or away


def lets_in(ask: Ask, caller: Caller) -> bool:
    """What the table of rights says."""
    if ask.right == EVERYBODY:
        return True
    if ask.right in (ACCOUNT, SESSION):
        return caller.actor.signed_in and not (ask.right == SESSION and caller.token)
    assert ask.right in RIGHTS
    held = [role.region for role in caller.actor.roles] if ask.anywhere else [HOME]
    return any(may(caller.actor, ask.right, region) for region in held)


def test_every_route_is_in_the_table(app: Any, known: dict[str, Any]) -> None:
    assert routes(app) == {*table(known), *DOORS}


@pytest.mark.parametrize("name", CALLERS)
def test_a_caller_gets_in_where_the_table_says_and_nowhere_else(
    callers: dict[str, Caller], known: dict[str, Any], name: str
) -> None:
    caller, wrong = callers[name], {}
    here = {**known, "deleted_id": deleted(callers["planner"].person, known["new_work"])}
    for route, ask in table(known).items():
        sent = dict(ask.sent)
        if sent.get("data") == "file":
            sent["data"] = {"layer": "roads", "dry_run": "true", "file": (io.BytesIO(b"{}"), "jalan.geojson")}
        answer = caller.person.send(route.partition(" ")[0], address(route, ask, here), **sent)
        assert answer.status_code < 500 or route == "GET /readyz", (route, answer.text)
        if refused(answer, ask) == lets_in(ask, caller):
            wrong[route] = answer.status_code
        answer.close()
    assert wrong == {}
