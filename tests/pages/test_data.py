"""The data page: a form that leads to every export without scripts, its live link, and who may import what."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import text

from tests.pages.html import Page
from tests.web import HOME, Person
from webgis.context import KEY
from webgis.planning.giving.exports import FORMATS


def page_of(person: Person, query: str = "lang=id") -> Page:
    answer = person.client.get(f"/data?{query}")
    assert answer.status_code == 200
    return Page(answer.text)


def options(page: Page, name: str) -> list[str]:
    """The values of the select of an id, in order."""
    inside, found = False, []
    for tag, attributes in page.elements:
        if tag == "select":
            inside = attributes.get("id") == name
        elif tag == "option" and inside:
            found.append(str(attributes["value"]))
    return found


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_form_leads_to_a_file_without_scripts(people: dict[str, Person], form: str) -> None:
    client = people["public"].client
    assert form in options(page_of(people["public"]), "t-format")
    step = client.get(f"/data/download?layer=proposals&kelurahan={HOME}&state=draft&format={form}")
    assert (step.status_code, step.headers["Location"]) == (
        303, f"/api/v1/export/proposals.{form}?kelurahan={HOME}&state=draft",
    )  # fmt: skip
    file = client.get(step.headers["Location"])
    assert file.status_code == 200
    assert file.mimetype == FORMATS[form].partition(";")[0]
    assert file.headers["Content-Disposition"] == f'attachment; filename="proposals-{HOME}.{form}"'


def test_a_state_is_not_sent_along_for_other_layers(people: dict[str, Person]) -> None:
    step = people["public"].client.get("/data/download?layer=roads&kelurahan=&state=draft&format=csv")
    assert step.headers["Location"] == "/api/v1/export/roads.csv"


def test_the_live_link_is_that_of_the_choice(people: dict[str, Person]) -> None:
    page = page_of(people["public"], f"layer=assets&kelurahan={HOME}&lang=en")
    (link,) = [found["value"] for found in page.all("input") if "data-link" in found]
    assert unescape(str(link)).endswith(f"/api/v1/export/assets.geojson?kelurahan={HOME}")
    unknown = page_of(people["public"], "layer=dreams&kelurahan=%22%3E&state=x&format=exe")
    (link,) = [found["value"] for found in unknown.all("input") if "data-link" in found]
    assert str(link).endswith("/api/v1/export/proposals.geojson")


def test_kelurahan_of_two_cities_stand_under_their_city(people: dict[str, Person]) -> None:
    with people["public"].client.application.extensions[KEY].db.transaction() as session:
        for code, kind, name, parent in (
            ("98.01", "kota", "Kota Lain", None), ("98.01.01", "kecamatan", "Timur", "98.01"),
            ("98.01.01.1001", "kelurahan", "Aaa", "98.01.01"),
        ):  # fmt: skip
            session.execute(
                text("insert into region (code, kind, name, parent, source) values (:c, :k, :n, :p, 'uji')"),
                {"c": code, "k": kind, "n": name, "p": parent},
            )
    try:
        page = page_of(people["public"])
        assert [found["label"] for found in page.all("optgroup")] == ["Kota Lain", "Kota Tirta Asri"]
        areas = options(page, "t-area")
        assert areas[:4] == ["", "98.01", "98.01.01.1001", "99.01"]
        whole = (
            people["public"].client.get("/api/v1/export/kelurahan.geojson?kelurahan=98.01").json["features"]
        )
        assert [found["id"] for found in whole] == ["98.01.01.1001"]
    finally:
        with people["public"].client.application.extensions[KEY].db.transaction() as session:
            session.execute(text("delete from region where code = '98.01.01.1001'"))
            session.execute(text("delete from region where code = '98.01.01'"))
            session.execute(text("delete from region where code = '98.01'"))


def test_families_are_offered_to_those_who_may_see_them_only(people: dict[str, Person]) -> None:
    assert "households" in options(page_of(people["planner"]), "t-layer")
    for who in ("public", "reviewer", "city"):
        assert "households" not in options(page_of(people[who]), "t-layer")
    step = people["planner"].client.get(
        "/data/download?layer=households&kelurahan=&state=&format=xlsx&reason=verifikasi"
    )
    assert people["planner"].client.get(step.headers["Location"]).status_code == 200


def test_each_account_sees_the_layers_it_may_import(people: dict[str, Person]) -> None:
    def offered(who: str) -> list[str]:
        return options(page_of(people[who]), "i-layer")

    assert [offered(who) for who in ("public", "partner")] == [[], []]
    assert [offered(who) for who in ("reviewer", "city")] == [["city-programmes"]] * 2
    assert set(offered("planner")) == {"proposals", "assets", "slum-areas", "households"}
    assert "roads" in offered("admin")
    door = people["planner"].send("POST", "/data/import", data={"layer": "roads"})
    assert door.status_code == 403
