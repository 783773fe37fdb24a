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

from tests import files
from tests.api.rights_table import ACCOUNT, DOORS, EVERYBODY, MEETING, PLAN, SESSION, SET, Ask, table
from tests.web import HOME, Person, make_app, public, signed_in, work
from webgis.auth.accounts import SAMPLE_PASSWORD, add_account
from webgis.auth.tokens import Wish, add_token
from webgis.context import KEY
from webgis.planning.access import OF_ACCOUNTS, PUBLIC, RIGHTS, Actor, Role, Token, may, narrowed
from webgis.planning.plans import run_plan
from webgis.store.database import Database

BESIDE: Final = "99.01.01.1002"
CITY: Final = "99.01"
TOKENS: Final = (
    ("partner", "full", ""), ("planner", "read", ""), ("planner", "full", ""), ("facilitator", "full", BESIDE),
    ("admin", "write", HOME), ("planner", "full", BESIDE), ("resident", "read", ""),
)  # fmt: skip
"""Role of the account, scope and region of its token; the planner's is for where the planner holds nothing."""
HELD: Final = {
    "planner": HOME, "facilitator": CITY, "reviewer": CITY, "city": CITY, "partner": CITY, "admin": CITY,
    "resident": "",
}  # fmt: skip
"""Where each role is held; a resident has an account and no role."""
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
    owner = Database(app.extensions[KEY].settings.database_url, owner=True, pool_size=1)
    neighbour = [("planner", BESIDE), ("admin", BESIDE)]
    add_account(owner, "beside@contoh.test", "Tetangga", SAMPLE_PASSWORD, neighbour)
    add_account(owner, "resident@contoh.test", "Warga", SAMPLE_PASSWORD, [])
    owner.dispose()
    found = {"public": Caller(PUBLIC, public(app))}
    for role in HELD:
        found[role] = Caller(Actor(role, role, role, roles_of(role)), signed_in(app, role))
    beside = tuple(Role(*held) for held in neighbour)
    found["beside"] = Caller(Actor("b", "b", "b", beside), signed_in(app, "beside"))
    for role, scope, region in TOKENS:
        token = add_token(app.extensions[KEY].db, f"{role}@contoh.test", Wish("uji", scope, region or None))
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        reach = Token(scope, region or None)
        actor = Actor(role, role, role, narrowed(roles_of(role), *reach), reach)
        found[f"token {role} {scope} {region}".strip()] = Caller(actor, Person(client), token=True)
    return found


def roles_of(role: str) -> tuple[Role, ...]:
    return (Role(role, HELD[role]),) if HELD[role] else ()


@pytest.fixture(scope="module")
def known(app: Any, callers: dict[str, Caller]) -> dict[str, Any]:
    """Objects of the kelurahan by the names of the holes in addresses, and documents to send, each made by who may.

    A function makes the object anew for each question: what a right answer uses up. Behind `deleted` are those that
    were thrown away and may be brought back.
    """
    planner = callers["planner"].person
    document = work(planner)
    asset, area, household = (
        planner.client.get(f"/api/v1/{layer}?kelurahan={HOME}&limit=1{more}").json["features"][0]
        for layer, more in (("assets", "&kind=drain"), ("slum-areas", ""), ("households", ""))
    )
    forms = planner.client.get(f"/api/v1/slum-areas/{area['id']}/assessments")
    x, y = document["geometry"]["coordinates"][0]
    ring = [[x, y], [x + 1e-4, y], [x + 1e-4, y + 1e-4], [x, y]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    job = made(planner, "/api/v1/plans", PLAN)
    run_plan(app.extensions[KEY].db, app.extensions[KEY].desk, job)
    plan = planner.client.get(f"/api/v1/jobs/{job}").json["result"]
    proposal = made(planner, "/api/v1/proposals", document)
    new_asset = feature(asset["geometry"], kind=asset["properties"]["kind"])
    new_household = feature(household["geometry"], members=4)
    votes = {"kelurahan": HOME, **MEETING, "votes": {proposal: {"men": 3, "women": 5}}}
    rw = planner.client.get(f"/api/v1/regions/{HOME}-RW001").json

    def area_of(code: str) -> dict[str, Any]:
        return feature(outline, code=code, name="Kawasan uji", level="kawasan")

    def photo() -> str:
        return made(
            planner,
            f"/api/v1/proposals/{proposal}/attachments",
            data={"file": (io.BytesIO(files.photo()), "a.jpg")},
        )

    return {
        "new_work": document, "note_id": str(uuid.uuid4()),
        "site_note": {"id": str(uuid.uuid4()), "body": "Lahan bebas.", "seen_at": "2026-03-05T09:00:00+07:00"},
        "new_region": feature(planner.client.get(f"/api/v1/regions/{HOME}").json["geometry"], name="Tirta Mekar"),
        "redrawn": feature(rw["geometry"], name="RW 001") | {"id": rw["id"], "version": 999}, "region": rw["id"],
        "new_asset": new_asset, "repair": "drain_repair",
        "new_area": area_of("kawasan-uji"),
        "new_household": new_household,
        "code": HOME, "kelurahan": HOME, "year": forms.json["assessments"][-1]["year"],
        "layer": "households", "z": "15", "x": "1", "y": "1",
        "file": "households.geojson", "filename": "nothing.js", "job_id": uuid.uuid4(), "token_id": spare_token(app),
        "way": "weights", "key": "mck", "work_id": plan["left_out"][0]["id"], "kind": "budgets", "relief": "extra",
        "proposal_id": proposal, "paket_id": verified(callers, document),
        "comment_id": made(planner, f"/api/v1/proposals/{proposal}/comments", {"body": "Lebih dulu yang di RW 1."}),
        "report_id": made(planner, f"/api/v1/assets/{asset['id']}/reports", data={"body": "Tersumbat"}),
        "attachment_id": photo, "forum_id": lambda: made(planner, "/api/v1/forums", votes),
        "deleted": {
            "proposal_id": lambda: deleted(planner, "/api/v1/proposals", made(planner, "/api/v1/proposals", document)),
            "asset_id": lambda: deleted(planner, "/api/v1/assets", made(planner, "/api/v1/assets", new_asset)),
            "area_id": lambda: deleted(
                planner, "/api/v1/slum-areas", made(planner, "/api/v1/slum-areas", area_of(uuid.uuid4().hex))),
            "household_id": lambda: deleted(
                planner, "/api/v1/households", made(planner, "/api/v1/households", new_household)),
            "attachment_id": lambda: deleted(planner, "/api/v1/attachments", photo()),
        },
        "asset_id": asset["id"], "area_id": area["id"], "area": area["id"], "household_id": household["id"],
        "plan_id": plan["id"],
        "ranking_id": made(planner, "/api/v1/rankings", {"kelurahan": HOME}),
        "weight_set_id": made(planner, "/api/v1/weight-sets", SET),
        "person_id": planner.client.get("/api/v1/session").json["user"]["id"],
    }  # fmt: skip


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
        known = known | known["deleted"]
    if rule.endswith("/kembalikan"):
        known = known | {"attachment_id": known["deleted"]["attachment_id"]}

    def fill(hole: re.Match[str]) -> str:
        value = known[hole[1]]
        return str(value() if callable(value) else value)

    path = re.sub(r"<(?:[^<>:]+:)?(\w+)>", fill, rule)
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
    assert ask.right in {*RIGHTS, *OF_ACCOUNTS}
    held = [role.region for role in caller.actor.roles] if ask.anywhere else [HOME]
    return any(may(caller.actor, ask.right, region) for region in held)


def test_every_route_is_in_the_table(app: Any, known: dict[str, Any]) -> None:
    assert routes(app) == {*table(known), *DOORS}


@pytest.mark.parametrize("name", CALLERS)
def test_a_caller_gets_in_where_the_table_says_and_nowhere_else(
    callers: dict[str, Caller], known: dict[str, Any], name: str
) -> None:
    caller, wrong = callers[name], {}
    for route, ask in table(known).items():
        sent = dict(ask.sent)
        if ask.file:
            sent["data"] = {**sent.get("data", {}), "file": (io.BytesIO(b"{}"), "jalan.geojson")}
        answer = caller.person.send(route.partition(" ")[0], address(route, ask, known), **sent)
        assert answer.status_code < 500 or route == "GET /readyz", (route, answer.text)
        if refused(answer, ask) == lets_in(ask, caller):
            wrong[route] = answer.status_code
        answer.close()
    assert wrong == {}


def test_a_token_that_reads_stops_no_plan(app: Any, callers: dict[str, Caller]) -> None:
    job = made(callers["planner"].person, "/api/v1/plans", PLAN)
    for name, status in (("token planner read", 403), ("token planner full", 202)):
        assert callers[name].person.send("DELETE", f"/api/v1/jobs/{job}").status_code == status
