"""What stands under a proposal works without scripts: comments, support, photos, moderation, an own account."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from tests import files
from tests.web import Person, make_app, public, signed_in, work

XSS = "<script>alert('XSS')</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def app(test_databases: Any) -> Any:
    return make_app(test_databases.new("sample"))


@pytest.fixture(scope="module")
def planner(app: Any) -> Person:
    return signed_in(app, "planner")


@pytest.fixture(scope="module")
def page(planner: Person) -> str:
    made = planner.send("POST", "/api/v1/proposals", json=work(planner))
    return f"/usulan/{made.json['id']}"


def post(person: Person, url: str, **fields: Any) -> Any:
    """A form as a browser without scripts sends it, and the page it lands on."""
    data = fields | {"csrf_token": person.token}
    return person.client.post(url, data=data, follow_redirects=True)


def test_a_resident_makes_an_account_comments_and_supports_without_scripts(app, page):
    person = public(app)
    person.client.environ_base["REMOTE_ADDR"] = "10.1.0.1"
    asked = person.client.get(page).text
    assert f"/daftar?next={page}" in asked
    form = {"name": "Ibu Wati", "email": "wati@contoh.id", "password": "rumah-kami-7", "next": page}
    landed = post(person, "/daftar", **form)
    assert landed.request.path == page
    person.token = person.client.get("/api/v1/session").json["csrf_token"]
    said = post(person, f"{page}/komentar", body=XSS)
    assert said.request.path == page
    assert "&lt;script&gt;alert" in said.text
    assert "<img src=x" not in said.text
    assert "1 orang mendukung" in post(person, f"{page}/dukungan", wanted="yes").text
    assert "Belum ada yang mendukung" in post(person, f"{page}/dukungan", wanted="no").text


def test_wrong_words_come_back_with_the_form(app, planner, page):
    answer = planner.client.post(f"{page}/komentar", data={"body": "  ", "csrf_token": planner.token})
    assert (answer.status_code, "Tulis komentarnya dulu." in answer.text) == (422, True)
    person = public(app)
    person.client.environ_base["REMOTE_ADDR"] = "10.1.0.2"
    refused = person.client.post("/daftar?lang=en", data={"name": XSS, "email": "x", "password": "y"})
    assert refused.status_code == 422
    assert XSS not in refused.text
    assert refused.text.count('aria-invalid="true"') == 3


def test_the_public_is_sent_to_sign_in_and_back(app, page):
    answer = public(app).client.post(f"{page}/komentar", data={"body": "Halo"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/login?next={page}")


def test_a_forged_form_is_refused(planner, page):
    assert planner.client.post(f"{page}/komentar", data={"body": "Halo"}).status_code == 403


def test_a_photo_is_added_shown_deleted_and_brought_back(app, planner, page):
    added = post(
        planner,
        f"{page}/foto",
        kind="photo_100",
        caption=XSS,
        file=(io.BytesIO(files.telling_photo()), "a.jpg"),
    )
    assert added.status_code == 200
    shown = public(app).client.get(page).text
    found = re.search(r"/api/v1/attachments/([0-9a-f-]{36})/thumbnail", shown)
    assert found
    assert "Selesai (100 %)" in shown
    assert "<img src=x" not in shown
    assert '<form method="post" action="' + f"{page}/foto" not in shown, "the public has nothing to delete"
    gone = post(planner, f"{page}/foto/{found[1]}/hapus")
    assert "Dihapus." in gone.text
    assert found[1] not in public(app).client.get(page).text
    post(planner, f"{page}/foto/{found[1]}/kembalikan")
    assert found[1] in public(app).client.get(page).text
    assert (
        "bukan foto"
        in post(planner, f"{page}/foto", kind="photo", file=(io.BytesIO(b"<svg/>"), "a.png")).text
    )


def test_papers_show_for_those_who_work_on_it(app, planner, page):
    post(planner, f"{page}/foto", kind="land", caption="Hibah", file=(io.BytesIO(files.paper()), "a.pdf"))
    assert "Surat lahan" in planner.client.get(page).text
    assert "Hibah" not in public(app).client.get(page).text


def test_a_moderator_hides_with_a_reason_everybody_reads(app, planner, page):
    said = planner.send(
        "POST", f"/api/v1/proposals/{page[-36:]}/comments", json={"body": "NAMA-KELUARGA"}
    ).json
    hidden = post(planner, f"{page}/komentar/{said['id']}/sembunyikan", reason="Menyebut keluarga")
    assert "Disembunyikan: Menyebut keluarga" in hidden.text
    seen = public(app).client.get(page).text
    assert "Disembunyikan: Menyebut keluarga" in seen
    assert "NAMA-KELUARGA" not in seen
    assert "NAMA-KELUARGA" in post(planner, f"{page}/komentar/{said['id']}/sembunyikan").text
    assert "NAMA-KELUARGA" in public(app).client.get(page).text


def test_a_script_gets_the_piece_alone(planner, page):
    answer = planner.send(
        "POST", f"{page}/komentar", data={"body": "Lewat skrip"}, headers={"X-Fragment": "panel"}
    )
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div class="talk"')
    assert "Lewat skrip" in answer.text
    refused = planner.send("POST", f"{page}/komentar", data={"body": ""}, headers={"X-Fragment": "panel"})
    assert "Tulis komentarnya dulu." in refused.text
