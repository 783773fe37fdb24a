"""Comments, moderation and support: who may speak, what is bounded, and what stays visible."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.web import Person, public, signed_in, work
from webgis.context import KEY
from webgis.settings import read

ALL = "/api/v1/proposals"
NUMBERS = itertools.count()
XSS = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def place(planner: Person) -> str:
    """A new proposal of the planner."""
    return str(planner.send("POST", ALL, json=work(planner)).headers["Location"])


def resident(app, **changes: str) -> Person:
    """Somebody who has just made an account, from an address of their own."""
    number = next(NUMBERS)
    person = public(app)
    person.client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
    given = {"name": "Warga Baru", "email": f"warga{number}@contoh.id", "password": "rumah-kami-7"} | changes
    answer = person.send("POST", "/api/v1/accounts", json=given)
    assert answer.status_code == 201, answer.text
    person.token = answer.json["csrf_token"]
    return person


def test_a_resident_joins_comments_and_supports_and_nothing_more(app, visitor, place):
    person = resident(app)
    assert person.client.get("/api/v1/session").json["roles"] == []
    said = person.send("POST", f"{place}/comments", json={"body": XSS})
    assert said.status_code == 201, said.text
    assert visitor.client.get(f"{place}/comments").json["comments"][-1] | {"id": "", "at": ""} == {
        "id": "", "at": "", "author": "Warga Baru", "role": None, "body": XSS, "place": None, "mentions": [],
        "hidden": None, "mine": False, "taken_back": False,
    }  # fmt: skip
    assert person.send("POST", ALL, json=work(person)).status_code == 403
    assert person.client.get("/api/v1/households").status_code == 403
    assert visitor.send("POST", f"{place}/comments", json={"body": "x"}).status_code == 401


def test_an_account_is_refused_with_what_is_wrong(app):
    person = public(app)
    bad = {"name": "Dinas PU (resmi)", "email": "tanpa-alamat", "password": "pendek"}
    answer = person.send("POST", "/api/v1/accounts?lang=en", json=bad)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == ["/name", "/email", "/password"]
    taken = {"name": "Warga", "email": "Planner@contoh.test", "password": "rumah-kami-7"}
    assert person.send("POST", "/api/v1/accounts", json=taken).json["type"] == "/problems/email-in-use"
    assert signed_in(app, "planner").token, "the account of somebody else keeps its password"


def test_accounts_are_bounded_by_address_and_can_be_closed(app):
    codes = []
    for number in range(6):
        given = {"name": "Robot", "email": f"robot{number}@contoh.id", "password": "rumah-kami-7"}
        fresh = app.test_client()
        fresh.environ_base["REMOTE_ADDR"] = "10.9.9.9"
        answer = fresh.post("/api/v1/accounts", json=given)
        codes.append(answer.status_code)
    assert codes == [201] * 5 + [429]
    assert int(answer.headers["Retry-After"]) > 0
    kept = app.extensions[KEY]
    app.extensions[KEY] = replace(kept, settings=replace(kept.settings, sign_up=False))
    try:
        assert app.test_client().post("/api/v1/accounts", json=given).status_code == 403
    finally:
        app.extensions[KEY] = kept


def test_a_comment_mentions_who_can_answer_and_marks_a_place(app, planner, place):
    people = planner.client.get(f"{place}/people").json["people"]
    assert {"planner", "facilitator", "reviewer", "city", "admin"} == {
        r for one in people for r in one["roles"]
    }
    home = work(planner)["geometry"]["coordinates"][0]
    said = planner.send(
        "POST", f"{place}/comments", json={"body": "Mohon dicek @budi santoso dan @Nobody", "place": home}
    ).json
    assert (said["mentions"], said["role"]) == (["Budi Santoso (fasilitator)"], "planner")
    assert said["place"] == pytest.approx(home, abs=1e-6)
    away = planner.send("POST", f"{place}/comments", json={"body": "Di sini", "place": [106.8, -6.2]})
    assert (away.status_code, away.json["errors"][0]["pointer"]) == (422, "/place")


def test_a_resident_finds_only_those_who_were_heard_in_public(app, planner):
    place = str(planner.send("POST", ALL, json=work(planner)).headers["Location"])
    person, partner, officer = resident(app), signed_in(app, "partner"), signed_in(app, "facilitator")
    for asking in (person, partner):
        assert asking.client.get(f"{place}/people").json["people"] == []
    guess = person.send("POST", f"{place}/comments", json={"body": "@Budi Santoso, apakah Anda petugas?"})
    assert guess.json["mentions"] == [], "a guess at a name finds nobody out"
    assert planner.send("POST", f"{place}/transitions", json={"action": "submit"}).status_code == 200
    said = officer.send("POST", f"{place}/comments", json={"body": "Kami periksa."}).json
    for asking in (person, partner):
        found = asking.client.get(f"{place}/people").json["people"]
        assert [one["roles"] for one in found] == [["planner"], ["facilitator"]]
    thanks = person.send("POST", f"{place}/comments", json={"body": "Terima kasih @Budi Santoso"})
    assert thanks.json["mentions"] == ["Budi Santoso (fasilitator)"]
    hiding = {"reason": "uji"}
    assert planner.send("PUT", f"{place}/comments/{said['id']}/hiding", json=hiding).status_code == 200
    assert [one["roles"] for one in person.client.get(f"{place}/people").json["people"]] == [["planner"]]
    assert len(planner.client.get(f"{place}/people").json["people"]) == 5


def test_a_hidden_comment_leaves_a_trace(app, planner, visitor, place):
    person = resident(app)
    said = person.send("POST", f"{place}/comments", json={"body": "RAHASIA-WARGA"}).json
    hiding = f"{place}/comments/{said['id']}/hiding"
    assert person.send("PUT", hiding, json={"reason": "x"}).status_code == 403
    assert planner.send("PUT", hiding, json={"reason": " "}).status_code == 422
    assert planner.send("PUT", hiding, json={"reason": "Menyebut nama keluarga"}).status_code == 200
    shown = visitor.client.get(f"{place}/comments")
    assert "RAHASIA-WARGA" not in shown.text
    trace = next(item for item in shown.json["comments"] if item["id"] == said["id"])
    assert (trace["author"], trace["hidden"]) == ("Warga Baru", "Menyebut nama keluarga")
    assert "RAHASIA-WARGA" in planner.client.get(f"{place}/comments").text
    assert planner.send("DELETE", hiding).status_code == 200
    assert "RAHASIA-WARGA" in visitor.client.get(f"{place}/comments").text


def test_comments_are_bounded(app, place):
    person = resident(app)
    again = [
        person.send("POST", f"{place}/comments", json={"body": "Setuju sekali"}).json["id"] for _ in range(2)
    ]
    assert again[0] == again[1], "a retry is not said twice"
    links = "https://a.id https://b.id http://c.id"
    assert person.send("POST", f"{place}/comments", json={"body": links}).status_code == 422
    codes = [
        person.send("POST", f"{place}/comments", json={"body": f"Pesan {n}"}).status_code for n in range(12)
    ]
    assert codes[-1] == 429
    assert codes[0] == 201


def test_a_family_plot_is_not_talked_about_in_public(app, planner):
    document = work(planner)
    document["geometry"] = {"type": "Point", "coordinates": document["geometry"]["coordinates"][0]}
    document["properties"] |= {"work_type": "latrine", "volume": 8}
    place = planner.send("POST", ALL, json=document).headers["Location"]
    assert resident(app).send("POST", f"{place}/comments", json={"body": "Rumah siapa?"}).status_code == 403
    assert planner.send("POST", f"{place}/comments", json={"body": "Perlu dicek"}).status_code == 201
    assert public(app).client.get(f"{place}/comments").json["comments"] == []


def test_support_counts_an_account_once(app, visitor, place):
    one, two = resident(app), resident(app)
    for _ in range(3):
        assert one.send("PUT", f"{place}/support").json["mine"] is True
    assert two.send("PUT", f"{place}/support").json == {"count": 2, "mine": True}
    assert visitor.client.get(f"{place}/support").json == {"count": 2, "mine": False}
    assert one.send("DELETE", f"{place}/support").json == {"count": 1, "mine": False}
    assert visitor.send("PUT", f"{place}/support").status_code == 401
    nowhere = "/api/v1/proposals/99999999-9999-4999-8999-999999999999/support"
    assert one.send("PUT", nowhere).status_code == 404


def test_addresses_are_forgotten_after_a_day(app, place):
    person = resident(app)
    with app.extensions[KEY].db.transaction() as session:
        session.execute(text("update public_write set at = now() - interval '25 hours'"))
    person.send("PUT", f"{place}/support")
    with app.extensions[KEY].db.transaction() as session:
        assert session.execute(text("select count(*) from public_write")).scalar_one() == 1


def test_production_lets_nobody_join_unless_it_is_said():
    env = {"DATABASE_URL": "postgresql://x/y", "WEBGIS_ENV": "production", "WEBGIS_SECRET_KEY": "x" * 32}
    assert read(env).sign_up is False
    assert read(env | {"WEBGIS_SIGN_UP": "open"}).sign_up is True


def test_a_resident_takes_a_comment_back_and_its_words_and_name_go(app, planner, visitor, place):
    person, words = resident(app, name="Ibu Tarik"), "Rumah saya yang cat biru."
    said = person.send("POST", f"{place}/comments", json={"body": words}).json
    mine = f"{place}/comments/{said['id']}"
    assert said["mine"] and not visitor.client.get(f"{place}/comments").json["comments"][-1]["mine"]
    assert visitor.send("DELETE", mine).status_code == 401
    assert planner.send("DELETE", mine).status_code == 404, "not even who may hide it"
    page = place.replace(ALL, "/usulan")
    assert "/tarik" in person.client.get(page).text and "/tarik" not in visitor.client.get(page).text
    form = {"csrf_token": person.token}
    assert person.client.post(f"{page}/komentar/{said['id']}/tarik", data=form).status_code == 303
    for reader in (visitor, planner, person):
        told = reader.client.get(f"{place}/comments")
        assert words not in told.text and "Ibu Tarik" not in told.text
        assert told.json["comments"][-1]["taken_back"] and told.json["comments"][-1]["hidden"] is None
        shown = reader.client.get(f"{page}?lang=en").text
        assert "Taken back by its author" in shown and words not in shown
    assert planner.send("DELETE", f"{mine}/hiding").status_code == 409
    with app.extensions[KEY].db.transaction() as session:
        kept = session.execute(
            text("select author || body || coalesce(st_astext(place), '') from comment where id::text = :id"),
            {"id": said["id"]},
        ).scalar_one()
        history = session.execute(
            text(
                "select action, reason from revision where table_name = 'comment' and row_id = :id order by id"
            ),
            {"id": said["id"]},
        ).all()
    assert kept == "–"
    assert [tuple(row) for row in history] == [("insert", "komentar"), ("update", "komentar ditarik")]


def test_what_a_moderator_did_with_a_comment_stays_when_its_author_takes_it_back(
    app, planner, visitor, place
):
    person = resident(app)
    said = person.send("POST", f"{place}/comments", json={"body": "Kata kasar"}).json
    mine = f"{place}/comments/{said['id']}"
    assert planner.send("PUT", f"{mine}/hiding", json={"reason": "Kasar"}).status_code == 200
    assert person.send("DELETE", mine).status_code == 204
    told = visitor.client.get(f"{place}/comments").json["comments"][-1]
    assert (told["hidden"], told["taken_back"], told["author"]) == ("Kasar", True, "")
    assert "Kata kasar" not in planner.client.get(f"{place}/comments").text
