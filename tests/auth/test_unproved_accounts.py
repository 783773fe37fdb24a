"""Accounts that residents make: no role, and no address taken before its owner came, is worth anything to others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web import HOME, Person, found, make_app, public, signed_in

EARLY = {"name": "Datang Duluan", "email": "pejabat@kota.example", "password": "tujuh ekor itik"}


@pytest.fixture
def app(test_databases: Any) -> Any:
    return make_app(test_databases.new("sample"))


@pytest.fixture
def early(app: Any) -> Person:
    """Somebody who signed up with the address of a future official."""
    client = app.test_client()
    answer = client.post("/daftar", data=EARLY | {"again": EARLY["password"]})
    assert answer.status_code == 303, answer.text
    return Person(client, client.get("/api/v1/session").json["csrf_token"])


def who(person: Person) -> Any:
    return person.client.get("/api/v1/session").json["user"]


def sign_in(app: Any, password: str) -> int:
    given = {"email": EARLY["email"], "password": password}
    return int(public(app).client.post("/api/v1/session", json=given).status_code)


def page_of(admin: Person) -> str:
    listed = admin.client.get("/admin", query_string={"q": EARLY["email"]}).text
    return found(r'href="(/admin/people/[0-9a-f-]{36})"', listed)


@pytest.mark.parametrize("way", ["invited", "role"])
def test_the_first_role_shuts_out_whoever_made_the_account(app: Any, early: Person, way: str) -> None:
    admin = signed_in(app, "admin")
    assert who(early)
    if way == "invited":
        form = {"email": EARLY["email"], "name": "Ibu Pejabat", "role": "reviewer", "region": "99.01"}
        answer = admin.send("POST", "/admin/people/new", data=form)
    else:
        answer = admin.send("POST", f"{page_of(admin)}/roles", data={"role": "reviewer", "region": "99.01"})
    assert answer.status_code == 200, answer.text
    assert who(early) is None
    assert sign_in(app, EARLY["password"]) == 401
    link = found(r"/welcome/[\w-]{43}", answer.text)
    chosen = {"name": "Ibu Pejabat", "password": "empat kuda lari", "again": "empat kuda lari"}
    public(app).send("POST", link, data=chosen)
    assert sign_in(app, chosen["password"]) == 200
    again = {"role": "facilitator", "region": HOME}
    assert admin.send("POST", f"{page_of(admin)}/roles", data=again).status_code == 303
    assert sign_in(app, chosen["password"]) == 200, "a further role asks nothing anew"


def test_accounts_without_a_role_are_seen_from_the_top_only(app: Any, early: Person) -> None:
    admin = signed_in(app, "admin")
    path = page_of(admin)
    role = {"role": "admin", "region": HOME}
    admin.send("POST", f"{page_of_sample(admin, 'facilitator')}/roles", data=role)
    lurah = signed_in(app, "facilitator")
    assert EARLY["email"] not in lurah.client.get("/admin").text
    assert lurah.client.get(path).status_code == 404
    assert lurah.send("POST", f"{path}/link").status_code == 404
    assert who(early), "nothing was done to the account"


def page_of_sample(admin: Person, name: str) -> str:
    listed = admin.client.get("/admin", query_string={"q": f"{name}@contoh.test"}).text
    return found(r'href="(/admin/people/[0-9a-f-]{36})"', listed)
