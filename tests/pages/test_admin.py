"""The pages of administration: who sees whom, what each form does, and what it leaves behind."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.pages.html import Page
from tests.web import HOME, Person, found, make_app, public, signed_in

ROLES = ("planner", "facilitator", "reviewer", "city", "partner")
SECTIONS = (
    "/admin",
    "/admin/people/new",
    "/admin/tokens",
    "/admin/tokens/new",
    "/admin/catalogue",
    "/admin/system",
)
BESIDE = "99.01.01.1002"


@pytest.fixture(scope="module")
def app(test_databases: Any) -> Any:
    return make_app(test_databases.new("sample"))


@pytest.fixture(scope="module")
def admin(app: Any) -> Person:
    return signed_in(app, "admin")


def new_person(app: Any, admin: Person, email: str, role: str, region: str) -> Person:
    """Somebody who was invited and has chosen a password, signed in."""
    form = {"email": email, "name": email.partition("@")[0].title(), "role": role, "region": region}
    answer = admin.send("POST", "/admin/people/new", data=form)
    link, guest = found(r"/welcome/[\w-]{43}", answer.text), public(app)
    password = "empat kuda lari"
    guest.send("POST", link, data={"name": form["name"], "password": password, "again": password})
    answer = guest.client.post("/api/v1/session", json={"email": email, "password": password})
    return Person(guest.client, answer.json["csrf_token"])


def path_of(admin: Person, name: str) -> str:
    """The page of a person."""
    page = admin.client.get("/admin", query_string={"q": name}).text
    return found(r'href="(/admin/people/[0-9a-f-]{36})"', page)


def roles_of(person: Person) -> list[tuple[str, str]]:
    held = person.client.get("/api/v1/session").json["roles"]
    return [(role["role"], role["region"]) for role in held]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("path", [*SECTIONS, "person"])
def test_every_page_is_well_formed_in_both_languages(app: Any, path: str, lang: str) -> None:
    reader = signed_in(app, "admin")
    path = path_of(reader, "Sri Rahayu") if path == "person" else path
    answer = reader.client.get(f"{path}?lang={lang}")
    assert answer.status_code == 200, answer.text
    page = Page(answer.text)
    assert page.faults == []
    labelled = {label["for"] for label in page.all("label") if "for" in label}
    fields = [
        f for tag in ("input", "select") for f in page.all(tag) if f.get("type") not in ("hidden", "radio")
    ]
    assert {field.get("id") for field in fields} <= labelled
    assert (
        len([b for tag in ("a", "button") for b in page.all(tag) if "btn-main" in (b.get("class") or "")])
        <= 1
    )


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_sees_the_people(app: Any, admin: Person, role: str) -> None:
    person = signed_in(app, role)
    closed = [path for path in SECTIONS if not (role == "city" and path == "/admin/catalogue")]
    for path in (*closed, path_of(admin, "Agus")):
        answer = person.client.get(path)
        assert answer.status_code == 403, path
        assert "contoh.test" not in answer.text.replace(f"{role}@contoh.test", "")
    assert 'href="/admin"' not in person.client.get("/data").text
    assert public(app).client.get("/admin").location == "/login?next=/admin"


def test_people_are_found_by_name_and_by_address(admin: Person) -> None:
    for words, name in (("rahayu", "Sri Rahayu"), ("FACILITATOR@", "Budi Santoso")):
        page = admin.client.get("/admin", query_string={"q": words}).text
        assert name in page and page.count('<a class="row"') == 1
    assert "Tidak ada orang" in admin.client.get("/admin?q=%25").text


def test_a_role_counts_from_the_moment_it_is_given_until_it_is_taken(app: Any, admin: Person) -> None:
    wati = new_person(app, admin, "wati@contoh.test", "planner", HOME)
    assert roles_of(wati) == [("planner", HOME)]
    page = path_of(admin, "wati@")
    admin.send("POST", f"{page}/roles", data={"role": "planner", "region": BESIDE})
    assert wati.client.get(f"/plan/{BESIDE}").status_code == 200
    admin.send("POST", f"{page}/roles/remove", data={"held": f"planner {BESIDE}"})
    assert wati.client.get(f"/plan/{BESIDE}").status_code == 403
    told = " ".join(Page(admin.client.get(page).text).texts)
    for words in (
        "Akun dibuat",
        "Tautan dibuat",
        "Kata sandi dibuat lewat tautan",
        "Peran dicabut",
        "Admin Contoh",
    ):
        assert words in told


def test_a_closed_account_is_out_at_once_and_its_token_too(app: Any, admin: Person) -> None:
    joko = new_person(app, admin, "joko@contoh.test", "city", "99.01")
    page = path_of(admin, "joko@")
    form = {"person": page[-36:], "label": "uji", "scope": "full", "region": "", "days": "30"}
    token = found(
        r'id="made-token" value="([\w-]{43})"', admin.send("POST", "/admin/tokens/new", data=form).text
    )
    bearer = {"Authorization": f"Bearer {token}"}
    assert (
        public(app).client.get("/api/v1/session", headers=bearer).json["user"]["email"] == "joko@contoh.test"
    )
    admin.send("POST", f"{page}/active", data={"active": "false"})
    assert joko.client.get("/api/v1/session").json["user"] is None
    assert public(app).client.get("/api/v1/session", headers=bearer).status_code == 401
    session = {"email": "joko@contoh.test", "password": "empat kuda lari"}
    assert public(app).client.post("/api/v1/session", json=session).status_code == 401
    assert admin.send("POST", f"{page}/link").status_code == 409
    admin.send("POST", f"{page}/active", data={"active": "true"})
    assert public(app).client.post("/api/v1/session", json=session).status_code == 200


def test_what_was_done_to_an_account_is_said(app: Any, admin: Person) -> None:
    new_person(app, admin, "tuti@contoh.test", "planner", HOME)
    page = path_of(admin, "tuti@")
    presses = (
        ("roles", {"role": "planner", "region": BESIDE}, "Peran diberikan"),
        ("roles/remove", {"held": f"planner {BESIDE}"}, "Peran dicabut"),
        ("active", {"active": "false"}, "Akun ditutup"), ("active", {"active": "true"}, "Akun dibuka lagi"),
    )  # fmt: skip
    for press, sent, words in presses:
        onward = admin.send("POST", f"{page}/{press}", data=sent).headers["Location"]
        said = found(r'role="status">(.*?)</p>', admin.client.get(onward).text)
        assert words in said, press
    assert 'role="status"' not in admin.client.get(f"{page}?done=x").text


def test_nobody_shuts_themselves_out(admin: Person) -> None:
    page = path_of(admin, "Admin Contoh")
    for path, form in (
        (f"{page}/active", {"active": "false"}),
        (f"{page}/roles/remove", {"held": "admin 99.01"}),
    ):
        assert admin.send("POST", path, data=form).status_code == 409
    assert ("admin", "99.01") in roles_of(admin)


def test_an_administrator_of_a_kelurahan_looks_after_its_people_only(app: Any, admin: Person) -> None:
    lurah = new_person(app, admin, "lurah@contoh.test", "admin", HOME)
    beside = new_person(app, admin, "tetangga@contoh.test", "planner", BESIDE)
    both = new_person(app, admin, "dua@contoh.test", "planner", HOME)
    admin.send("POST", f"{path_of(admin, 'dua@')}/roles", data={"role": "planner", "region": BESIDE})
    seen = lurah.client.get("/admin").text
    assert "Sri Rahayu" in seen and "dua@contoh.test" in seen
    for hidden in ("tetangga@", "Agus Prasetyo", "Admin Contoh"):
        assert hidden not in seen
    away = path_of(admin, "tetangga@")
    assert lurah.client.get(away).status_code == 404
    shared = path_of(admin, "dua@")
    assert f"{shared}/link" not in lurah.client.get(shared).text
    for path, form, status in (
        (f"{shared}/link", {}, 403),
        (f"{shared}/active", {"active": "false"}, 403),
        (f"{shared}/second-step/remove", {}, 403),
        (f"{shared}/roles", {"role": "planner", "region": BESIDE}, 403),
        (f"{shared}/roles", {"role": "admin", "region": "99.01"}, 403),
        (f"{shared}/roles/remove", {"held": f"planner {BESIDE}"}, 403),
        (f"{away}/link", {}, 404),
        (f"{away}/roles", {"role": "planner", "region": HOME}, 404),
        (
            "/admin/people/new",
            {"email": "x@contoh.test", "name": "X", "role": "planner", "region": BESIDE},
            403,
        ),
    ):
        assert lurah.send("POST", path, data=form).status_code == status, path
    for person in (shared, away):
        wish = {"person": person[-36:], "label": "uji", "scope": "read", "region": HOME, "days": "30"}
        assert lurah.send("POST", "/admin/tokens/new", data=wish).status_code in (403, 404)
    assert roles_of(both) == [("planner", HOME), ("planner", BESIDE)]
    assert roles_of(beside) == [("planner", BESIDE)]
    options = re.findall(r'<option value="(99[^"]*)"', lurah.client.get("/admin/people/new").text)
    assert options == [HOME]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"email": "salah"}, {"email"}),
        ({"email": "CITY@contoh.test"}, {"email"}),
        ({"name": " "}, {"name"}),
        ({"role": "mayor"}, {"role"}),
        ({"region": "12.34"}, {"region"}),
        ({"email": "a@b", "name": "x" * 121, "role": "", "region": ""}, {"email", "name", "role", "region"}),
    ],
)
def test_every_fault_of_an_invitation_stands_at_its_field_and_nothing_is_kept(
    admin: Person, given: dict[str, str], fields: set[str]
) -> None:
    before = admin.client.get("/admin").text.count('<a class="row"')
    form = {"email": "baru@contoh.test", "name": "Baru", "role": "planner", "region": HOME, **given}
    answer = admin.send("POST", "/admin/people/new", data=form)
    assert answer.status_code == 422
    wrong = {
        f["name"] for tag in ("input", "select") for f in Page(answer.text).all(tag, aria_invalid="true")
    }
    assert wrong == fields
    assert admin.client.get("/admin").text.count('<a class="row"') == before


def test_a_token_is_shown_once_and_taken_back(app: Any, admin: Person) -> None:
    person = path_of(admin, "Sri Rahayu")[-36:]
    form = {"person": person, "label": "Portal <b>", "scope": "read", "region": HOME, "days": "90"}
    made = admin.send("POST", "/admin/tokens/new", data=form).text
    token = found(r'id="made-token" value="([\w-]{43})"', made)
    assert "Portal &lt;b&gt;" in made
    listed = admin.client.get("/admin/tokens").text
    assert token not in listed and "belum pernah dipakai" in listed
    bearer = {"Authorization": f"Bearer {token}"}
    assert public(app).client.get("/api/v1/session", headers=bearer).json["roles"] == [
        {"role": "planner", "region": HOME}
    ]
    assert (
        "belum pernah dipakai"
        not in admin.client.get("/admin/tokens").text.split("Portal")[1].split("</li>")[0]
    )
    path = found(r'action="(/admin/tokens/[0-9a-f-]{36}/remove)"', listed.split("Portal")[1])
    assert admin.send("POST", path).status_code == 303
    assert public(app).client.get("/api/v1/session", headers=bearer).status_code == 401
    assert admin.send("POST", path).status_code == 404
    assert 'name="person" required><option value="">' in admin.client.get("/admin/tokens/new").text, (
        "nobody is chosen"
    )
    for wrong in (
        {"person": ""},
        {"label": ""},
        {"scope": "all"},
        {"days": "9999"},
        {"days": "x"},
        {"region": BESIDE},
        {"region": "9"},
    ):
        assert admin.send("POST", "/admin/tokens/new", data={**form, **wrong}).status_code == 422, wrong


def test_the_system_page_counts_refused_sign_ins_and_names_nobody(app: Any, admin: Person) -> None:
    for email in ("a@contoh.test", "b@contoh.test"):
        public(app).client.post("/api/v1/session", json={"email": email, "password": "salah"})
    text = " ".join(Page(admin.client.get("/admin/system").text).texts)
    assert "Gagal masuk dalam sehari 2 dari 1 alamat" in text
    assert "Pekerjaan latar tidak menjawab" in text, "no worker runs beside this test"
    assert "a@contoh.test" not in text
