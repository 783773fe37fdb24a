"""The second step: codes good once, recovery codes, throttling, and roles that wait for it."""

from __future__ import annotations

import dataclasses
import hashlib
import re

import pyotp
import pytest
from sqlalchemy import text

from tests.web import Person, found, make_app, public, signed_in
from webgis.auth import second_step
from webgis.context import KEY

PASSWORD = {"email": "city@contoh.test", "password": "contoh-saja"}
SESSION = "/api/v1/session"


class Clock:
    """A clock that tests turn on, a step of 30 s at a time."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(second_step, "time", made)
    return made


@pytest.fixture
def app(new_database):
    return make_app(new_database("sample"))


def set_up(person: Person, clock: Clock) -> tuple[pyotp.TOTP, list[str]]:
    """Switch the second step on; the app on the phone, and the recovery codes."""
    page = person.client.get("/account/second-step").text
    phone = pyotp.TOTP(found(r"<code>([A-Z2-7 ]+)</code>", page).replace(" ", ""))
    answer = person.send("POST", "/account/second-step", data={"code": phone.at(clock.now)})
    assert answer.status_code == 200, answer.text
    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", answer.text)
    assert len(codes) == 10
    clock.now += 30
    return phone, codes


def test_the_form_asks_for_the_code_and_nobody_is_in_before(app, clock) -> None:
    phone, _ = set_up(signed_in(app, "city"), clock)
    browser = public(app).client
    answer = browser.post("/login", data={**PASSWORD, "next": "/data"})
    assert (answer.status_code, answer.location) == (303, "/login/code?next=/data")
    assert browser.get(SESSION).json["user"] is None
    assert browser.get("/admin").status_code == 302
    waiting = browser.get_cookie("session").value
    assert browser.post("/login/code", data={"code": "000000"}).status_code == 401
    answer = browser.post("/login/code", data={"code": phone.at(clock.now), "next": "/data"})
    assert (answer.status_code, answer.location) == (303, "/data")
    assert browser.get_cookie("session").value != waiting
    assert browser.get(SESSION).json["user"]["email"] == PASSWORD["email"]


def test_a_code_is_good_once_and_one_step_early_or_late(app, clock) -> None:
    phone, _ = set_up(signed_in(app, "city"), clock)
    client = public(app).client
    used = {**PASSWORD, "code": phone.at(clock.now)}
    assert client.post(SESSION, json=used).status_code == 200
    assert public(app).client.post(SESSION, json=used).status_code == 401
    clock.now += 300
    for late, status in ((-60, 401), (-30, 200), (60, 401), (30, 200)):
        given = {**PASSWORD, "code": phone.at(clock.now + late)}
        assert public(app).client.post(SESSION, json=given).status_code == status, late
    answer = public(app).client.post(SESSION, json=PASSWORD)
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/code-needed")


def test_a_recovery_code_is_good_once_however_it_is_typed(app, clock) -> None:
    _, codes = set_up(signed_in(app, "city"), clock)
    for given, status in ((codes[0].upper().replace("-", " "), 200), (codes[0], 401), (codes[1], 200)):
        assert public(app).client.post(SESSION, json={**PASSWORD, "code": given}).status_code == status
    with app.extensions[KEY].db.transaction() as session:
        stored = session.execute(text("select code_hash from recovery_code")).scalars().all()
    quick = {hashlib.sha256(code.replace("-", "").encode()).digest() for code in codes}
    assert len(stored) == 8 and not quick & {bytes(kept) for kept in stored}, (
        "a quick hash can be searched for"
    )


def test_ten_wrong_codes_close_the_account_also_with_the_right_password_between(app, clock) -> None:
    phone, _ = set_up(signed_in(app, "city"), clock)
    browser = public(app).client
    statuses = []
    for _ in range(6):
        browser.post("/login", data=PASSWORD)
        statuses.append(browser.post("/login/code", data={"code": "000000"}).status_code)
    assert statuses == [401] * 5 + [429]
    assert public(app).client.post(SESSION, json={**PASSWORD, "code": phone.at(clock.now)}).status_code == 429


def test_the_secret_is_sealed_and_worth_nothing_under_another_key(app, clock) -> None:
    phone, _ = set_up(signed_in(app, "city"), clock)
    db = app.extensions[KEY].db
    with db.transaction() as session:
        stored, account = session.execute(
            text("select totp_secret, id::text from account where totp_since is not null")
        ).one()
        assert phone.secret not in stored
        assert second_step.right(session, account, "x" * 40, phone.at(clock.now))
        assert not second_step.right(session, account, "y" * 40, phone.at(clock.now + 30))


def test_it_is_switched_off_with_the_password_only_and_by_an_administrator(app, clock) -> None:
    person = signed_in(app, "city")
    set_up(person, clock)
    assert person.send("POST", "/account/second-step/remove", data={"old": "salah"}).status_code == 422
    assert public(app).client.post(SESSION, json=PASSWORD).status_code == 401
    assert person.send("POST", "/account/second-step/remove", data={"old": "contoh-saja"}).status_code == 303
    assert public(app).client.post(SESSION, json=PASSWORD).status_code == 200
    set_up(person, clock)
    admin = signed_in(app, "admin")
    agus = r'href="(/admin/people/[0-9a-f-]{36})"[^>]*>\s*<span class="row-top"><b class="row-title">Agus'
    link = found(agus, admin.client.get("/admin").text)
    assert admin.send("POST", f"{link}/second-step/remove").status_code == 303
    assert public(app).client.post(SESSION, json=PASSWORD).status_code == 200
    assert "Langkah kedua dilepas" in admin.client.get(link).text


def test_roles_that_need_it_count_only_once_it_is_set_up(app, clock) -> None:
    settings = app.extensions[KEY].settings
    app.extensions[KEY] = dataclasses.replace(
        app.extensions[KEY], settings=dataclasses.replace(settings, code_roles=frozenset({"city"}))
    )
    browser = public(app).client
    answer = browser.post("/login", data=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/account")
    session = browser.get(SESSION).json
    assert (session["user"]["email"], session["roles"]) == (PASSWORD["email"], [])
    assert browser.get("/plan/99.01.01.1001").status_code == 403
    assert "langkah kedua" in browser.get("/account").text
    set_up(Person(browser, session["csrf_token"]), clock)
    assert browser.get("/plan/99.01.01.1001").status_code == 200
    page = browser.get("/account").text
    assert "/account/second-step/remove" not in page, "who must have it is not offered to switch it off"
    assert browser.get(SESSION).json["roles"] == [{"role": "city", "region": "99.01"}]
    assert signed_in(app, "planner").client.get("/plan/99.01.01.1001").status_code == 200
