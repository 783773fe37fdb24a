"""One-time links: whom they let in, how often, how long, and what they leave in the store."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from tests.web import Person, found, public, signed_in
from webgis.auth.signing_in import TRIES_PER_ACCOUNT
from webgis.context import KEY

GOOD = "empat kuda lari"
LINK = r"/welcome/[\w-]{43}"


@pytest.fixture(scope="module")
def admin(app: Any) -> Person:
    return signed_in(app, "admin")


def invite(
    admin: Person, email: str, role: str = "planner", region: str = "99.01.01.1001"
) -> tuple[str, str]:
    """Invite somebody; the path of the link and of the person."""
    form = {"email": email, "name": "Dewi", "role": role, "region": region}
    answer = admin.send("POST", "/admin/people/new", data=form)
    assert answer.status_code == 200, answer.text
    return found(LINK, answer.text), found(r"/admin/people/[0-9a-f-]{36}", answer.text)


def choose(person: Person, link: str, password: str = GOOD, again: str | None = None) -> Any:
    form = {"name": "Dewi Lestari", "password": password, "again": password if again is None else again}
    return person.send("POST", link, data=form)


def test_an_invitation_opens_once_and_its_person_signs_in(app: Any, admin: Person) -> None:
    link, _ = invite(admin, "dewi@contoh.test")
    guest = public(app)
    assert "dewi@contoh.test" in guest.client.get(link).text
    assert choose(guest, link).status_code == 303
    for answer in (guest.client.get(link), choose(guest, link, "lain sekali ya")):
        assert answer.status_code == 404
    session = {"email": "dewi@contoh.test", "password": GOOD}
    assert guest.client.post("/api/v1/session", json=session).json["user"]["name"] == "Dewi Lestari"


@pytest.mark.parametrize(
    ("password", "again"),
    [("kuda123", None), ("password1", None), (GOOD, "empat kuda jalan"), ("dewi3@contoh.test", None)],
)
def test_a_bad_password_leaves_the_link_open_and_no_password(
    app: Any, admin: Person, password: str, again: str | None
) -> None:
    email = f"dewi{[*'kped'].index(password[0])}@contoh.test"
    link, person = invite(admin, email)
    answer = choose(public(app), link, password, again)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert password == email or password not in answer.text
    assert public(app).client.get(link).status_code == 200
    assert "belum dibuat" in admin.client.get(person).text


def test_another_link_ends_the_first_and_time_ends_the_second(app: Any, admin: Person) -> None:
    first, person = invite(admin, "dewi7@contoh.test")
    answer = admin.send("POST", f"{person}/link")
    second = found(LINK, answer.text)
    assert public(app).client.get(first).status_code == 404
    assert public(app).client.get(second).status_code == 200
    with app.extensions[KEY].db.transaction() as session:
        session.execute(text("update access_link set expires_at = now()"))
    assert public(app).client.get(second).status_code == 404


def test_who_set_a_password_types_the_address_no_more(app: Any, admin: Person) -> None:
    link, _ = invite(admin, "dewi9@contoh.test")
    guest = public(app)
    onward = choose(guest, link).headers["Location"]
    assert "dewi9" not in onward, "an address would stand in logs"
    form = guest.client.get(onward).text
    assert 'value="dewi9@contoh.test"' in form
    assert "dewi9" not in guest.client.get("/login").text, "whoever comes next on this phone does not read it"


def test_a_reset_ends_sessions_and_tokens_and_opens_a_closed_throttle(app: Any, admin: Person) -> None:
    link, person = invite(admin, "dewi4@contoh.test")
    choose(public(app), link)
    dewi = public(app)
    session = {"email": "dewi4@contoh.test", "password": GOOD}
    dewi.client.post("/api/v1/session", json=session)
    wish = {"person": person.rpartition("/")[2], "label": "uji", "scope": "read", "region": "", "days": "30"}
    made = admin.send("POST", "/admin/tokens/new", data=wish).text
    bearer = {"Authorization": "Bearer " + found(r'id="made-token" value="([\w-]{43})"', made)}
    assert public(app).client.get("/api/v1/session", headers=bearer).status_code == 200
    for _ in range(TRIES_PER_ACCOUNT):
        public(app).client.post("/api/v1/session", json={**session, "password": "salah sekali"})
    assert public(app).client.post("/api/v1/session", json=session).status_code == 429
    reset = found(LINK, admin.send("POST", f"{person}/link").text)
    assert dewi.client.get("/api/v1/session").json["user"], "the link alone changes nothing"
    assert choose(public(app), reset, "lima kuda lari").status_code == 303
    assert dewi.client.get("/api/v1/session").json["user"] is None
    assert public(app).client.get("/api/v1/session", headers=bearer).status_code == 401
    assert public(app).client.post("/api/v1/session", json=session).status_code == 401
    new = {**session, "password": "lima kuda lari"}
    assert public(app).client.post("/api/v1/session", json=new).status_code == 200


def test_no_copy_of_the_database_opens_a_door(app: Any, admin: Person) -> None:
    link, person = invite(admin, "dewi5@contoh.test")
    token = link.rpartition("/")[2]
    with app.extensions[KEY].db.transaction() as session:
        rows = session.execute(
            text("select access_link::text from access_link union all select revision::text from revision")
        ).scalars()
        assert not any(token in row for row in rows)
        kept = session.execute(
            text("select new from revision where row_id = :id"), {"id": person.rpartition("/")[2]}
        ).scalars()
        assert not any({"password_hash", "token_hash", "totp_secret"} & set(row) for row in kept)


def test_links_are_kept_from_other_sites_and_caches(app: Any, admin: Person) -> None:
    link, _ = invite(admin, "dewi6@contoh.test")
    answer = public(app).client.get(link)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
