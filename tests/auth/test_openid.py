"""Signing in with an OpenID Connect provider: who gets in, who does not, and that no lie is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from joserfc.jwk import ECKey
from sqlalchemy import text

from tests.auth.provider import CLIENT, SECRET, Provider
from tests.databases import DATA_DIR
from tests.web import public
from webgis.app import create_app
from webgis.auth.secrets import hash_password
from webgis.context import KEY
from webgis.settings import OpenId, Settings, database_url
from webgis.store import accounts

SESSION = "/api/v1/session"
HONEST = {"sub": "agus-1", "email": "City@contoh.test", "email_verified": True}


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def app(new_database: Callable[..., str], provider: Provider) -> Any:
    openid = OpenId(provider.issuer, CLIENT, SECRET, "Masuk Kota")
    url = database_url(new_database("sample"))
    return create_app(Settings(url, "x" * 40, "test", DATA_DIR, 0, openid=openid))


def go(client: Any, wanted: str = "") -> Any:
    """Through the provider and back, as a browser goes."""
    answer = client.get("/login/openid", query_string={"next": wanted})
    assert answer.status_code == 302, answer.text
    back = requests.get(answer.location, allow_redirects=False, timeout=60).headers["Location"]
    return client.get(back.removeprefix("http://localhost"))


def who(client: Any) -> str | None:
    user = client.get(SESSION).json["user"]
    return user["email"] if user else None


def test_whom_the_provider_vouches_for_is_in_where_they_wanted_to_go(app: Any, provider: Provider) -> None:
    provider.person = HONEST
    client = public(app).client
    assert "Masuk dengan Masuk Kota" in client.get("/login").text
    answer = go(client, "/data")
    assert (answer.status_code, answer.location) == (303, "/data")
    assert who(client) == "city@contoh.test"
    answer = go(public(app).client, "//evil.example")
    assert answer.location == "/plan"


def test_the_account_is_bound_to_the_person_and_not_to_the_address(app: Any, provider: Provider) -> None:
    provider.person = HONEST
    go(public(app).client)
    renamed, successor = public(app).client, public(app).client
    provider.person = {"sub": "agus-1", "email": "agus@lain.example", "email_verified": True}
    go(renamed)
    assert who(renamed) == "city@contoh.test"
    provider.person = {**HONEST, "sub": "budi-2"}
    assert go(successor).status_code == 401
    assert who(successor) is None
    with app.extensions[KEY].db.transaction() as session:
        reasons = session.execute(
            text(
                "select reason from revision where table_name = 'account' and new ->> 'openid_subject' <> ''"
            )
        ).scalars()
        assert "OpenID Connect bound" in set(reasons)


def test_binding_an_account_without_a_role_ends_every_other_way_in(app: Any, provider: Provider) -> None:
    early = {"email": "warga@lain.example", "password": "tujuh ekor itik"}
    with app.extensions[KEY].db.transaction() as session:
        accounts.add_new(session, early["email"], "Datang Duluan", hash_password(early["password"]))
    before = public(app).client
    assert before.post(SESSION, json=early).status_code == 200
    provider.person = {"sub": "warga-1", "email": early["email"], "email_verified": True}
    owner = public(app).client
    go(owner)
    assert (who(owner), who(before)) == (early["email"], None)
    assert public(app).client.post(SESSION, json=early).status_code == 401
    go(public(app).client)
    assert who(owner) == early["email"], "coming again ends nothing"


@pytest.mark.parametrize("way", ["userinfo", "token", "post"])
def test_providers_differ_in_where_they_tell_the_address_and_take_the_secret(
    app: Any, provider: Provider, way: str
) -> None:
    provider.person = HONEST
    provider.whole_token = way == "token"
    provider.method = "client_secret_post" if way == "post" else provider.method
    client = public(app).client
    assert go(client).status_code == 303
    assert who(client) == "city@contoh.test"
    assert ("/userinfo" in provider.visits) == (way != "token")


def test_another_person_at_the_userinfo_endpoint_is_not_believed(app: Any, provider: Provider) -> None:
    provider.person, provider.told = HONEST, {"sub": "budi-2"}
    client = public(app).client
    assert go(client).status_code == 401
    assert who(client) is None


def test_a_provider_changes_its_key_without_a_restart_here(app: Any, provider: Provider) -> None:
    provider.person = HONEST
    go(public(app).client)
    provider.rotate()
    client = public(app).client
    go(client)
    assert who(client) == "city@contoh.test"


def test_whose_account_was_closed_gets_into_no_other_one(app: Any, provider: Provider) -> None:
    """Somebody whose account was closed is invited anew under another address: a person has one account at a time."""
    provider.person = HONEST
    go(public(app).client)
    with app.extensions[KEY].db.transaction() as session:
        session.execute(text("update account set active = false where email = 'city@contoh.test'"))
    provider.person = {**HONEST, "email": "planner@contoh.test"}
    client = public(app).client
    assert go(client).status_code == 401
    assert who(client) is None


def test_people_of_a_provider_that_moved_come_by_their_addresses_again(app: Any, provider: Provider) -> None:
    with app.extensions[KEY].db.transaction() as session:
        session.execute(
            text("update account set openid_subject = :old where email = 'city@contoh.test'"),
            {"old": f"{provider.issuer}0 agus-9"},
        )
    provider.person = HONEST
    client = public(app).client
    go(client)
    assert who(client) == "city@contoh.test"
    provider.person = {**HONEST, "email": "elsewhere@contoh.test"}
    go(client)
    assert who(client) == "city@contoh.test", "bound to the one of today"


def test_who_has_no_confirmed_address_is_told_so(app: Any, provider: Provider) -> None:
    for person in ({**HONEST, "email_verified": False}, {"sub": "agus-1"}):
        provider.person = person
        answer = go(public(app).client)
        assert "alamat email yang sudah dikonfirmasi" in answer.text
        assert "aria-invalid" not in answer.text, "nothing that was typed is wrong"
    provider.person = {**HONEST, "email": "nobody@contoh.test"}
    assert "Tidak ada akun" in go(public(app).client).text


@pytest.mark.parametrize(
    "person",
    [
        {**HONEST, "email_verified": False},
        {"sub": "agus-1", "email": "city@contoh.test"},
        {**HONEST, "email": "nobody@contoh.test"},
        {**HONEST, "nonce": "another"},
        {**HONEST, "aud": "another-client"},
        {**HONEST, "iss": "http://evil.example"},
        {**HONEST, "exp": 1},
        {"email": "city@contoh.test", "email_verified": True},
    ],
)
def test_nobody_else_gets_in(app: Any, provider: Provider, person: dict[str, Any]) -> None:
    provider.person = person
    client = public(app).client
    answer = go(client)
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert who(client) is None


def test_the_provider_asks_who_sits_there_after_signing_out_and_after_a_refusal(
    app: Any, provider: Provider
) -> None:
    """It still knows who was here last: on a shared computer the next one would come in as that person."""
    here = public(app)
    provider.person = HONEST
    assert "prompt=" not in here.client.get("/login/openid").location
    go(here.client)
    here.token = here.client.get(SESSION).json["csrf_token"]
    assert here.send("POST", "/logout").status_code == 303
    assert "prompt=login" in here.client.get("/login/openid").location
    provider.person = {"sub": "budi-2", "email": "nobody@contoh.test", "email_verified": True}
    assert go(here.client).status_code == 401
    assert "prompt=login" in here.client.get("/login/openid").location
    provider.person = HONEST
    assert go(here.client).status_code == 303
    assert "prompt=" not in here.client.get("/login/openid").location


def test_a_provider_that_describes_itself_in_part_is_no_fault_of_ours(app: Any, provider: Provider) -> None:
    provider.person, provider.described = HONEST, {"jwks_uri": None}
    assert go(public(app).client).status_code == 401


def test_a_token_signed_by_another_is_not_believed(app: Any, provider: Provider) -> None:
    provider.person, provider.signing_key = HONEST, ECKey.generate_key("P-256", {"kid": "1"})
    client = public(app).client
    assert go(client).status_code == 401
    assert who(client) is None


def test_an_answer_nobody_asked_for_is_refused(app: Any, provider: Provider) -> None:
    provider.person = HONEST
    asking, other = public(app).client, public(app).client
    answer = asking.get("/login/openid")
    back = requests.get(answer.location, allow_redirects=False, timeout=60).headers["Location"]
    for path in (
        back.removeprefix("http://localhost"),
        "/login/openid/back",
        "/login/openid/back?error=access_denied",
    ):
        assert other.get(path).status_code == 401
    assert who(other) is None


def test_a_provider_leads_the_server_nowhere_else(app: Any, provider: Provider) -> None:
    """No redirect is followed and no description of another issuer is believed: neither reaches an inner address."""
    provider.person = HONEST
    provider.described = {"issuer": "http://127.0.0.1:1"}
    assert public(app).client.get("/login/openid").status_code == 502
    provider.described = {}
    for path in ("/.well-known/openid-configuration", "/keys", "/userinfo"):
        provider.sent_on = {path: f"{provider.issuer}/inner"}
        client = public(app).client
        answer = client.get("/login/openid")
        if answer.status_code == 302:
            back = requests.get(answer.location, allow_redirects=False, timeout=60).headers["Location"]
            answer = client.get(back.removeprefix("http://localhost"))
        assert answer.status_code in (401, 502), path
        assert who(client) is None and "/inner" not in provider.visits


def test_a_provider_that_is_away_leaves_the_password(app: Any, provider: Provider) -> None:
    provider.close()
    answer = public(app).client.get("/login/openid")
    assert answer.status_code == 502
    assert 'name="password"' in answer.text


def test_without_a_provider_there_is_no_such_door(new_database: Callable[..., str]) -> None:
    plain = create_app(Settings(database_url(new_database("sample")), "x" * 40, "test", DATA_DIR, 0))
    for path in ("/login/openid", "/login/openid/back"):
        assert public(plain).client.get(path).status_code == 404
    assert "/login/openid" not in public(plain).client.get("/login").text


def test_without_a_password_other_sessions_end_only_just_after_signing_in(
    app: Any, provider: Provider
) -> None:
    provider.person, db = HONEST, app.extensions[KEY].db
    with db.transaction() as session:
        session.execute(text("update account set password_hash = null where email = 'city@contoh.test'"))
    here, elsewhere = public(app), public(app)
    go(elsewhere.client)
    go(here.client)
    here.token = here.client.get(SESSION).json["csrf_token"]
    with db.transaction() as session:
        session.execute(text("update login_session set created_at = created_at - interval '16 minutes'"))
    late = here.send("POST", "/account/sessions/remove")
    assert (late.status_code, "Masuk lagi lebih dulu" in late.text) == (422, True)
    assert who(elsewhere.client) == "city@contoh.test"
    with db.transaction() as session:
        session.execute(text("update login_session set created_at = created_at + interval '16 minutes'"))
    assert here.send("POST", "/account/sessions/remove").status_code == 303
    assert (who(here.client), who(elsewhere.client)) == ("city@contoh.test", None)
