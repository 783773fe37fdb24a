"""One's own account: another password, other browsers, and that a token is no person."""

from __future__ import annotations

import pytest

from tests.web import Person, make_app, public, signed_in
from webgis.auth.tokens import Wish, add_token
from webgis.context import KEY

NEW = "empat kuda lari"


@pytest.fixture
def app(new_database):
    return make_app(new_database("sample"))


def change(person: Person, old: str, new: str = NEW, again: str = NEW):
    return person.send("POST", "/account/password", data={"old": old, "password": new, "again": again})


def test_another_password_ends_the_other_sessions_and_begins_this_one_anew(app) -> None:
    here, elsewhere = signed_in(app, "planner"), signed_in(app, "planner")
    before = here.client.get_cookie("session").value
    assert change(here, "contoh-saja").status_code == 303
    assert here.client.get_cookie("session").value != before
    assert here.client.get("/api/v1/session").json["user"]["email"] == "planner@contoh.test"
    assert elsewhere.client.get("/api/v1/session").json["user"] is None
    session = {"email": "planner@contoh.test", "password": NEW}
    assert public(app).client.post("/api/v1/session", json=session).status_code == 200


def test_the_old_password_is_asked_and_tries_are_counted(app) -> None:
    person = signed_in(app, "city")
    assert change(person, "contoh-saja", "kuda", "kuda").status_code == 422
    assert change(person, "contoh-saja", NEW, "lain").status_code == 422
    assert change(person, "contoh-saja", "contoh-saja", "contoh-saja").status_code == 422
    for _ in range(10):
        assert change(person, "salah").status_code == 422
    assert change(person, "contoh-saja").status_code == 429
    assert person.client.get("/api/v1/session").json["user"], "who is in stays in"


def test_sessions_are_listed_and_ended_one_by_one_or_together(app) -> None:
    here, second, third = (signed_in(app, "reviewer") for _ in range(3))
    page = here.client.get("/account").text
    assert page.count('name="session"') == 2, "not the one that asks"
    other = page.split('name="session" value="')[1][:36]
    wrong = here.send("POST", "/account/sessions/remove", data={"session": other, "old": "salah"})
    assert (wrong.status_code, "Kata sandi ini tidak cocok" in wrong.text) == (422, True)
    assert here.send("POST", "/account/sessions/remove").status_code == 422, "the password is asked"
    here.send("POST", "/account/sessions/remove", data={"session": other, "old": "contoh-saja"})
    alive = [bool(one.client.get("/api/v1/session").json["user"]) for one in (here, second, third)]
    assert alive.count(True) == 2 and alive[0]
    here.send("POST", "/account/sessions/remove", data={"old": "contoh-saja"})
    assert [bool(one.client.get("/api/v1/session").json["user"]) for one in (here, second, third)] == [
        True,
        False,
        False,
    ]


def test_nobody_ends_the_session_of_somebody_else(app) -> None:
    victim, attacker = signed_in(app, "admin"), signed_in(app, "planner")
    signed_in(app, "admin")
    other = victim.client.get("/account").text.split('name="session" value="')[1][:36]
    attacker.send("POST", "/account/sessions/remove", data={"session": other, "old": "contoh-saja"})
    assert victim.client.get("/account").text.count('name="session"') == 1


def test_a_token_changes_nothing_of_the_person(app) -> None:
    bearer = {
        "Authorization": "Bearer " + add_token(app.extensions[KEY].db, "admin@contoh.test", Wish("uji"))
    }
    client = public(app).client
    for method, path in (("GET", "/account"), ("POST", "/account/password"), ("POST", "/account/sessions/remove"),
                         ("GET", "/account/second-step"), ("POST", "/account/second-step")):  # fmt: skip
        answer = client.open(path, method=method, headers=bearer)
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/login"), path
    assert client.get("/admin", headers=bearer).status_code == 403
