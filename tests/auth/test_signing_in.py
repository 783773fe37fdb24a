"""Signing in: sessions, throttling, forged requests, tokens, production."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from tests.web import make_app, signed_in
from webgis.auth.accounts import add_account
from webgis.auth.tokens import Wish, add_token
from webgis.context import KEY
from webgis.settings import database_url
from webgis.store.database import Database

SESSION = "/api/v1/session"


def test_the_session_begins_anew_at_every_sign_in_and_ends_at_sign_out(app):
    person = signed_in(app, "planner")
    first = person.client.get_cookie("session").value
    assert person.client.get(SESSION).json["roles"] == [{"role": "planner", "region": "99.01.01.1001"}]
    person.client.post(
        SESSION,
        json={"email": "planner@contoh.test", "password": "contoh-saja"},
        headers={"X-CSRF-Token": person.token},
    )
    second = person.client.get_cookie("session").value
    assert first != second
    other = app.test_client()
    other.set_cookie("session", first)
    assert other.get(SESSION).json["user"] is None
    token = person.client.get(SESSION).json["csrf_token"]
    assert person.client.delete(SESSION, headers={"X-CSRF-Token": token}).status_code == 204
    other.set_cookie("session", second)
    assert other.get(SESSION).json["user"] is None


def test_the_cookie_is_kept_from_scripts_and_only_its_hash_is_stored(app):
    answer = app.test_client().post(SESSION, json={"email": "city@contoh.test", "password": "contoh-saja"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    token = cookie.split(";")[0].split("=", 1)[1]
    with app.extensions[KEY].db.transaction() as session:
        hashes = session.execute(text("select token_hash from login_session")).scalars().all()
    assert token.encode() not in [bytes(stored) for stored in hashes]


def test_a_session_ends_when_its_time_is_over(app):
    person = signed_in(app, "reviewer")
    with app.extensions[KEY].db.transaction() as session:
        session.execute(text("update login_session set expires_at = now()"))
    assert person.client.get(SESSION).json["user"] is None


def test_unsafe_calls_with_the_cookie_need_the_token_and_our_own_origin(app):
    person = signed_in(app, "planner")
    url = "/api/v1/rankings"
    for headers in ({}, {"X-CSRF-Token": "wrong"}, {"X-CSRF-Token": person.token, "Origin": "https://evil.example"},
                    {"X-CSRF-Token": person.token, "Origin": "null"},
                    {"X-CSRF-Token": person.token, "Sec-Fetch-Site": "cross-site"}):  # fmt: skip
        answer = person.client.post(url, json={"kelurahan": "99.01.01.1001"}, headers=headers)
        assert answer.status_code == 403, headers
    good = {"X-CSRF-Token": person.token, "Origin": "http://localhost"}
    assert person.client.post(url, json={"kelurahan": "99.01.01.1001"}, headers=good).status_code == 201


def test_a_token_speaks_for_its_account_and_a_bad_one_for_nobody(app):
    token = add_token(app.extensions[KEY].db, "partner@contoh.test", Wish("uji"))
    client = signed_in(app, "planner").client
    assert (
        client.get(SESSION, headers={"Authorization": f"Bearer {token}"}).json["user"]["email"]
        == "partner@contoh.test"
    )
    assert client.get(SESSION, headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_eleven_wrong_tries_close_an_account_and_the_right_password_waits_too(new_database):
    client = make_app(new_database("sample")).test_client()
    for _ in range(10):
        answer = client.post(SESSION, json={"email": "city@contoh.test", "password": "salah"})
        assert answer.status_code == 401
    for password in ("salah", "contoh-saja"):
        answer = client.post(SESSION, json={"email": "city@contoh.test", "password": password})
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert (
        client.post(SESSION, json={"email": "admin@contoh.test", "password": "contoh-saja"}).status_code
        == 200
    )


def test_fifty_wrong_tries_close_an_address(new_database):
    app = make_app(new_database("sample"))
    with app.extensions[KEY].db.transaction() as session:
        session.execute(text(
            "insert into failed_login (email, address) select 'u' || n, '127.0.0.1' from generate_series(1, 50) n"
        ))  # fmt: skip
    answer = app.test_client().post(SESSION, json={"email": "city@contoh.test", "password": "contoh-saja"})
    assert answer.status_code == 429
    forged = {"X-Forwarded-For": "10.9.8.7"}
    again = app.test_client().post(
        SESSION, json={"email": "city@contoh.test", "password": "contoh-saja"}, headers=forged
    )
    assert again.status_code == 429


def test_unknown_and_known_accounts_get_the_same_words_and_take_the_same_work(new_database):
    app = make_app(new_database("sample"))
    took: dict[str, list[float]] = {"city@contoh.test": [], "nobody@contoh.test": []}
    said = set()
    client = app.test_client()
    for _ in range(9):
        for email, times in took.items():
            start = time.process_time()
            answer = client.post(SESSION, json={"email": email, "password": "salah"})
            times.append(time.process_time() - start)
            said.add(answer.text)
    assert len(said) == 1
    known, unknown = (min(times) for times in took.values())
    assert 0.6 < known / unknown < 1.6


def test_production_opens_no_sample_account(new_database):
    url = new_database("sample")
    app = make_app(url, "production")
    answer = app.test_client().post(SESSION, json={"email": "admin@contoh.test", "password": "contoh-saja"})
    assert answer.status_code == 401
    owner = Database(database_url(url), owner=True, pool_size=1)
    add_account(owner, "Real@Example.org", "Nyata", "sebuah kalimat panjang", [("admin", "99.01")])
    owner.dispose()
    real = {"email": "real@example.org", "password": "sebuah kalimat panjang"}
    answer = app.test_client().post(SESSION, json=real)
    assert answer.status_code == 200
    assert answer.headers["Set-Cookie"].startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(answer.headers["Set-Cookie"].split("; "))


@pytest.mark.parametrize(
    ("idle", "age", "alive"), [(100, 0, True), (121, 0, False), (1, 715, True), (0, 721, False)]
)
def test_a_session_ends_unused_after_two_hours_and_in_any_case_after_twelve(
    new_database, idle: int, age: int, alive: bool
) -> None:
    url = new_database("sample")
    person = signed_in(make_app(url), "planner")
    owner = Database(database_url(url), owner=True, pool_size=1)
    with owner.transaction() as session:  # as if it had begun and been used so many minutes ago
        session.execute(
            text("""
                update login_session set created_at = now() - make_interval(mins => :age + :idle),
                expires_at = least(expires_at - make_interval(mins => :idle),
                                   now() - make_interval(mins => :age + :idle) + interval '12 hours')
            """),
            {"idle": idle, "age": age},
        )
    assert (person.client.get(SESSION).json["user"] is not None) is alive
    with owner.transaction() as session:
        left = session.execute(
            text("select extract(epoch from expires_at - now()) / 60 from login_session")
        ).scalar_one()
    owner.dispose()
    if alive:
        assert 0 < left <= min(120, 720 - age - idle) + 0.1
        assert left > 90 or age, "used again, it lives on"
