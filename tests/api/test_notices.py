"""Who is told of what, what they read, and the digest of those who want one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.web import HOME, Person, public, signed_in
from webgis.auth import accounts
from webgis.planning.access import Actor
from webgis.planning.community import notices
from webgis.planning.community.digests import write_digests
from webgis.planning.keeping import personal
from webgis.settings import Retention
from webgis.store.database import Database


@pytest.fixture(scope="module")
def people(app: Any) -> dict[str, Person]:
    return {role: signed_in(app, role) for role in ("planner", "facilitator", "reviewer", "city", "partner")}


@pytest.fixture(scope="module")
def owner(app: Any) -> Iterator[Database]:
    found = Database(app.extensions["webgis"].settings.database_url, owner=True, pool_size=1)
    yield found
    found.dispose()


@pytest.fixture(autouse=True)
def nothing_told(owner: Database) -> None:
    with owner.transaction() as session:
        session.execute(text("delete from notice"))
        session.execute(text("update account set notify = 'app', notify_in = 'id'"))


def draft(people: dict[str, Person], owner: Database, paket: bool = False) -> str:
    """A proposal of the planner's kelurahan, put back to draft."""
    with owner.transaction() as session:
        found = session.execute(
            text("""
                update proposal set state = 'draft', is_paket = :paket, version = version + 1 where id = (
                    select id from proposal where kelurahan = :home and work_type like 'road%'
                    order by id limit 1)
                returning id::text
            """),
            {"home": HOME, "paket": paket},
        )
        return str(found.scalar_one())


def step(person: Person, proposal: str, action: str, note: str = "") -> None:
    at = f"/api/v1/proposals/{proposal}"
    answer = person.send(
        "POST", f"{at}/transitions", json={"action": action, "note": note},
        headers={"If-Match": person.client.get(at).headers["ETag"]},
    )  # fmt: skip
    assert answer.status_code == 200, answer.json


def told(person: Person) -> list[tuple[str, str | None]]:
    """Kind and state of what somebody was told, oldest first."""
    return [(one["kind"], one["state"]) for one in reversed(listed(person)["notices"])]


def listed(person: Person, query: str = "") -> Any:
    answer = person.client.get(f"/api/v1/notices{query}")
    assert answer.status_code == 200, answer.json
    return answer.json


def test_each_step_is_told_to_its_makers_and_to_those_whose_turn_it_is(people, owner) -> None:
    proposal = draft(people, owner, paket=True)
    step(people["planner"], proposal, "submit")
    assert told(people["planner"]) == [], "nobody is told of what they did themselves"
    assert told(people["facilitator"]) == [("waiting", "submitted")]
    assert told(people["reviewer"]) == [], "a submitted work waits for the facilitator"
    step(people["facilitator"], proposal, "verify", "Lengkap.")
    assert told(people["planner"]) == [("state", "verified")]
    assert "dengan catatan" in listed(people["planner"])["notices"][0]["words"]
    assert told(people["reviewer"]) == [("waiting", "verified")]
    assert told(people["city"]) == [], "a PAKET work is the reviewer's"
    step(people["reviewer"], proposal, "start_review")
    step(people["reviewer"], proposal, "return", "Lebar jalan belum cocok.")
    assert told(people["planner"])[-1] == ("returned", "returned")
    assert told(people["partner"]) == []


def test_a_comment_is_told_once_and_a_mention_to_who_is_named(people, owner) -> None:
    proposal = draft(people, owner)
    with owner.transaction() as session:
        name = session.execute(
            text("select name from account where email = 'reviewer@contoh.test'")
        ).scalar_one()
    said = {"body": f"Mohon dilihat @{name.partition(' (')[0]}"}
    for _ in range(2):
        answer = people["facilitator"].send("POST", f"/api/v1/proposals/{proposal}/comments", json=said)
        assert answer.status_code == 201, answer.json
    assert told(people["planner"]) == [("comment", None)]
    assert told(people["reviewer"]) == [("mention", None)]
    assert told(people["facilitator"]) == []


def test_a_report_is_told_to_the_planners_and_no_word_of_it_is_copied(app, people, owner) -> None:
    visitor = public(app)
    asset = visitor.client.get(f"/api/v1/assets?kelurahan={HOME}&limit=1").json["features"][0]["id"]
    body = {"body": "Bau sekali di depan rumah Pak RT"}
    assert visitor.client.post(f"/api/v1/assets/{asset}/reports", data=body).status_code == 201
    assert told(people["planner"]) == [("report", None)]
    assert "Seseorang" in listed(people["planner"])["notices"][0]["words"]
    with owner.transaction() as session:
        kept = session.execute(text("select to_jsonb(n)::text from notice n")).scalars().all()
    assert kept and "Bau" not in "".join(kept)
    way = re.search(r'href="(/plan/[^"]*)"', people["planner"].client.get("/notices").text)
    assert way, "it leads to the list of reports"
    page = people["planner"].client.get(way[1]).text
    assert 'data-pane="reports"' in page and body["body"] in page
    assert 'data-pane="proposals"' in people["planner"].client.get(f"/plan/{HOME}").text
    assert 'data-pane="reports"' not in people["city"].client.get(way[1]).text


def test_an_author_is_told_that_a_comment_was_hidden_and_why(app, people, owner) -> None:
    at = f"/api/v1/proposals/{draft(people, owner)}/comments"
    said = people["facilitator"].send("POST", at, json={"body": "Keluarga Bu Siti yang menolak"}).json["id"]
    hiding = f"{at}/{said}/hiding"
    for reason in ("Menyebut nama", "Menyebut nama keluarga"):
        assert people["planner"].send("PUT", hiding, json={"reason": reason}).status_code == 200
    assert told(people["facilitator"]) == [("hidden", None)], "once, however often the reason is mended"
    words = listed(people["facilitator"], "?lang=id")["notices"][0]["words"]
    assert "menyembunyikan komentar Anda" in words and words.endswith("Alasannya: Menyebut nama keluarga")
    assert "#talk" in people["facilitator"].client.get("/notices").text
    with owner.transaction() as session:
        kept = session.execute(text("select to_jsonb(n)::text from notice n")).scalars().all()
    assert not any("Siti" in one or "Menyebut" in one for one in kept)
    assert people["planner"].send("DELETE", hiding).status_code == 200
    assert "tampil lagi" in listed(people["facilitator"])["notices"][0]["words"]


def test_who_hides_a_comment_of_their_own_is_told_nothing(app, people, owner) -> None:
    at = f"/api/v1/proposals/{draft(people, owner)}/comments"
    said = people["planner"].send("POST", at, json={"body": "Salah tempat"}).json["id"]
    assert people["planner"].send("PUT", f"{at}/{said}/hiding", json={"reason": "uji"}).status_code == 200
    assert told(people["planner"]) == []


def test_a_step_that_fails_tells_nobody(people, owner) -> None:
    proposal = draft(people, owner)
    at = f"/api/v1/proposals/{proposal}"
    stale = people["planner"].send(
        "POST", f"{at}/transitions", json={"action": "submit", "note": ""}, headers={"If-Match": '"999"'}
    )
    assert stale.status_code == 412
    assert told(people["facilitator"]) == []


def test_reading_marks_as_read_by_api_and_by_opening_the_page(people, owner) -> None:
    proposal = draft(people, owner)
    step(people["planner"], proposal, "submit")
    step(people["planner"], proposal, "withdraw")
    facilitator = people["facilitator"]
    assert listed(facilitator)["unread"] == 1
    page = facilitator.client.get("/account").text
    assert 'aria-label="Kabar, 1 belum dibaca"' in page
    assert facilitator.send("PUT", "/api/v1/notices/read", json={"up_to": 0}).json == {"unread": 1}
    opened = facilitator.client.get("/notices").text
    assert (
        "menunggu langkah Anda" in opened and 'class="is-new"' in opened and f"/usulan/{proposal}" in opened
    )
    assert listed(facilitator)["unread"] == 0
    assert 'class="is-new"' not in facilitator.client.get("/notices").text
    assert facilitator.send("PUT", "/api/v1/notices/read", json={"up_to": "x"}).status_code == 422


def test_who_wants_none_gets_none_and_another_way_is_refused(people, owner) -> None:
    facilitator = people["facilitator"]
    assert facilitator.send("POST", "/account/notices", data={"way": "none"}).status_code == 303
    step(people["planner"], draft(people, owner), "submit")
    assert listed(facilitator)["total"] == 0
    refused = facilitator.send("POST", "/account/notices", data={"way": "pigeon"})
    assert refused.status_code == 422
    assert "Pilih cara diberi tahu" in refused.text


def test_a_deleted_subject_keeps_its_notice_and_tells_nothing(people, owner) -> None:
    proposal = draft(people, owner)
    step(people["planner"], proposal, "submit")
    with owner.transaction() as session:
        session.execute(text("update notice set proposal_id = gen_random_uuid()"))
    found = listed(people["facilitator"], "?lang=id")["notices"][0]
    assert found["there"] is False and "tidak ada" in found["words"]
    assert "/usulan/" + str(found["proposal_id"]) not in people["facilitator"].client.get("/notices").text


def test_what_is_not_the_readers_to_know_is_not_in_a_notice(app, owner) -> None:
    """A resident without a role, told of a toilet on a family's plot, reads the name of the type only."""
    accounts.add_account(owner, "warga@contoh.test", "Bu Warga", "rahasia-sekali-1", [])
    with owner.transaction() as session:
        account = session.execute(
            text("select id::text from account where email = 'warga@contoh.test'")
        ).scalar_one()
        session.execute(
            text("""
                with one as (
                    update proposal set title = 'Jamban Bu Siti', volume = 1, version = version + 1
                    where id = (select id from proposal where work_type = 'latrine' limit 1) returning id)
                insert into notice (account_id, kind, kelurahan, proposal_id)
                select cast(:account as uuid), 'comment', :home, id from one
            """),
            {"account": account, "home": HOME},
        )
    found = notices.list_notices(owner, Actor(account, "Bu Warga"), "id")
    assert found.total == 1 and "Siti" not in found.items[0].words


def test_a_digest_goes_out_once_and_again_only_if_the_mail_failed(app, people, owner, tmp_path: Path) -> None:
    signed_in(app, "facilitator").send("POST", "/account/notices?lang=en", data={"way": "mail"})
    step(people["planner"], draft(people, owner), "submit")
    sent: list[tuple[str, str, str]] = []

    def fails(*_mail: str) -> bool:
        return False

    def takes(to: str, subject: str, body: str) -> bool:
        sent.append((to, subject, body))
        return True

    assert write_digests(owner, tmp_path, fails).mailed == 0
    done = write_digests(owner, tmp_path, takes, "https://peta.contoh.go.id")
    assert (done.accounts, done.notices, done.mailed) == (1, 1, 1)
    to, subject, body = sent[0]
    assert (
        to == "facilitator@contoh.test"
        and subject == "Peta Swadaya: 1 notice"
        and "waits for your step" in body
    )
    links = re.findall(r"https://peta\.contoh\.go\.id(\S+)", body)
    assert len(links) == 2 and links[1] == "/notices?lang=en"
    assert people["facilitator"].client.get(links[0]).status_code == 200
    files = list((tmp_path / "digests").rglob("*.txt"))
    assert len(files) == 2, "the one whose mail failed and the one with links"
    assert [file for file in files if body in file.read_text()]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    with owner.transaction() as session:
        ids = session.execute(text("select id::text from account")).scalars().all()
    assert not [file for file in files if any(account in file.name for account in ids)], "no name says whose"
    old = tmp_path / "digests" / "2020-01-01"
    old.mkdir()
    assert write_digests(owner, tmp_path, takes).accounts == 0
    assert not old.exists() and listed(people["facilitator"])["unread"] == 1


def test_notices_go_with_their_time_and_with_their_person(owner) -> None:
    accounts.add_account(owner, "pergi@contoh.test", "Bu Pergi", "rahasia-sekali-1", [])
    with owner.transaction() as session:
        session.execute(
            text("""
                insert into notice (account_id, kind, kelurahan, proposal_id, at)
                select id, 'state', :home, gen_random_uuid(), now() - make_interval(days => days)
                from account cross join (values (1), (200)) old(days) where email = 'pergi@contoh.test'
            """),
            {"home": HOME},
        )
    assert len(personal.export_account(owner, "pergi@contoh.test")["notices"]) == 2
    assert personal.retain(owner, Retention(notices=100))["notices"] == 1
    personal.erase_account(owner, "pergi@contoh.test")
    with owner.transaction() as session:
        assert session.execute(text("select count(*) from notice")).scalar_one() == 0
