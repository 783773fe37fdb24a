"""The first page of those with several kelurahan: the table, its links, its workbook, and who lands there."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from tests.pages.html import Page
from tests.pages.test_pages import LANGUAGES, read
from tests.web import HOME, Person, make_app, signed_in
from webgis.context import KEY


def shown(page: Page) -> list[str]:
    return [str(row["data-kelurahan"]) for row in page.all("tr") if "data-kelurahan" in row]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", ["city", "admin", "reviewer"])
def test_those_with_a_city_read_all_its_kelurahan(people: dict[str, Person], role: str, lang: str) -> None:
    page = read(people[role], "/plan", lang)
    assert len(shown(page)) == 6
    assert len(page.all("a", href=f"/plan/{HOME}")) == 1
    counted = {"id": "tercatat", "en": "logged"}[lang]
    assert any(counted in text for text in page.texts) == (role == "admin")


def test_a_planner_goes_straight_to_the_own_kelurahan(people: dict[str, Person]) -> None:
    answer = people["planner"].client.get("/plan")
    assert (answer.status_code, answer.location) == (302, f"/plan/{HOME}")


def test_going_straight_on_tells_nobody_a_count(new_database: Any) -> None:
    app = make_app(new_database("sample"))
    looks = text("select count(*) from household_view where way = 'counts'")
    for role, expected in (("planner", 0), ("city", 0), ("admin", 6)):
        signed_in(app, role).client.get("/plan")
        with app.extensions[KEY].db.transaction() as session:
            assert session.execute(looks).scalar_one() == expected


def test_landing(app: Any) -> None:
    for role, place in (("city", "/plan"), ("admin", "/plan"), ("reviewer", "/review")):
        answer = app.test_client().post("/login", data={"sample": f"{role}@contoh.test"})
        assert answer.location == place


def test_headings_sort_and_turn_round_without_scripts(people: dict[str, Person]) -> None:
    page = read(people["city"], "/plan?sort=name")
    up = shown(page)
    assert [head.get("aria-sort") for head in page.all("th") if head.get("aria-sort")] == ["ascending"]
    turned = next(str(link["href"]) for link in page.all("a") if "order=down" in str(link.get("href")))
    assert shown(read(people["city"], turned)) == up[::-1]
    assert sorted(shown(read(people["city"], "/plan?sort=nonsense&order=sideways"))) == sorted(up)


def test_filters_and_the_way_back(people: dict[str, Person]) -> None:
    page = read(people["city"], "/plan?kecamatan=99.01.02")
    assert {code[:8] for code in shown(page)} == {"99.01.02"}
    page = read(people["city"], "/plan?q=nirgends")
    assert shown(page) == []
    assert page.all("a", href="/plan", **{"class": "btn"})


def test_workbook_has_what_is_shown(people: dict[str, Person]) -> None:
    answer = people["city"].client.get("/plan/kelurahan.xlsx?kecamatan=99.01.02&lang=en")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    with ZipFile(BytesIO(answer.data)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        rows = book.read("xl/worksheets/sheet1.xml").decode().count("<row ")
    assert rows == 1 + len(shown(read(people["city"], "/plan?kecamatan=99.01.02")))
    assert "from the published map" in texts
    assert "99.01.01.1001" not in texts
    public = people["public"].client.get("/plan/kelurahan.xlsx")
    assert (public.status_code, public.location) == (302, "/login?next=/plan/kelurahan.xlsx")
