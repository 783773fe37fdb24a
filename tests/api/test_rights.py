"""Every address × every kind of caller: who gets in is what the table of rights says, and nothing is missing.

An address that is not in the table makes the test fail, so that no door is added without somebody saying who may
open it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any, Final

import pytest

from tests.api.rights_objects import made, objects
from tests.api.rights_table import ACCOUNT, DOORS, EVERYBODY, PLAN, SESSION, WRITER, Ask, table
from tests.web import HOME, Person, public, signed_in
from webgis.auth.accounts import SAMPLE_PASSWORD, add_account
from webgis.auth.tokens import Wish, add_token
from webgis.context import KEY
from webgis.planning.access import OF_ACCOUNTS, PUBLIC, RIGHTS, Actor, Role, Token, may, narrowed
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
    """Objects of the kelurahan by the names of the holes in addresses, and documents to send."""
    return objects(app, {name: caller.person for name, caller in callers.items()})


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
    if ask.right == WRITER:
        token = caller.actor.token
        return caller.actor.signed_in and not (token and token.scope == "read")
    assert ask.right in {*RIGHTS, *OF_ACCOUNTS}
    held = [role.region for role in caller.actor.roles] if ask.anywhere else [HOME]
    return any(
        all(may(caller.actor, right, region) for right in (ask.right, ask.also) if right) for region in held
    )


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


def test_a_token_that_reads_is_told_so_whatever_it_sends(
    app: Any, callers: dict[str, Caller], known: dict[str, Any]
) -> None:
    """Before what is wrong with the document, which no mending would let in; asking stays open."""
    reader, wrong = callers["token planner read"].person, {}
    asking = {"rank", "see_workspace", ACCOUNT, EVERYBODY}
    for route, ask in table(known).items():
        method, _, rule = route.partition(" ")
        if method == "GET" or not rule.startswith("/api/"):
            continue
        answer = reader.send(
            method, address(route, ask, known) + "?lang=en", data=b"{", content_type="application/json"
        )
        said = (answer.status_code, "only reads" in answer.text)
        if (said == (403, True)) == (ask.right in asking):
            wrong[route] = said
    assert wrong == {}
