"""Prices and weights on the page of administration: looked at before they are kept, kept, told, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from tests import web
from tests.pages.html import Page
from tests.pages.test_pages import LANGUAGES, read
from tests.web import HOME, Person
from webgis.planning.catalogues.catalogue import of_files

WHY = {"reason": "Harga <b>baru</b>", "source": "SHS 2026", "source_on": "2026-01-05"}
HARD_SPACE = "\N{NO-BREAK SPACE}"
PRICE = "/admin/catalogue/type/drain_new"


@pytest.fixture(scope="module")
def app(test_databases: Any) -> Any:
    return web.make_app(test_databases.new("sample"))


@pytest.fixture(scope="module")
def city(app: Any) -> Person:
    return web.signed_in(app, "city")


def sent(person: Person, path: str, **fields: str) -> Any:
    return person.client.post(f"{path}?lang=en", data={"csrf_token": person.token, **fields})


def percents(**changed: str) -> dict[str, str]:
    return {item.id: f"{100 * item.core.weight:.10g}" for item in of_files().criteria} | changed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_forms_are_well_formed_and_labelled(city: Person, lang: str) -> None:
    for path in ("/admin/catalogue", PRICE, "/admin/catalogue/weights"):
        page = read(city, path, lang)
        labelled = {found.get("for") for found in page.all("label")}
        for name in ("input", "textarea"):
            for field in page.all(name):
                assert field.get("type") == "hidden" or field.get("id") in labelled
        assert len([b for b in page.all("button") if "btn-main" in (b.get("class") or "")]) <= 1


def test_a_price_is_that_of_one_unit(city: Person) -> None:
    text = city.client.get("/admin/catalogue?lang=en").text
    assert "<small>/unit</small>" in text and "/units" not in text


def test_those_who_set_prices_see_the_catalogue_and_no_people(city: Person, app: Any) -> None:
    page = read(city, "/admin/catalogue")
    links = {str(link.get("href")) for link in page.all("a")}
    assert "/admin/catalogue" in links and "/admin" not in links
    assert city.client.get("/admin").status_code == 403
    for role in ("planner", "reviewer", "facilitator", "partner"):
        other = web.signed_in(app, role)
        assert other.client.get("/admin/catalogue").status_code == 403
        assert sent(other, PRICE, price="1", step="keep", seen="0", **WHY).status_code == 403
    assert web.public(app).client.get(PRICE).status_code == 302
    for path in ("work/palace", "weights/x", "restore/x", "nonsense"):
        assert city.client.get(f"/admin/catalogue/{path}").status_code == 404


def test_a_price_is_looked_at_kept_used_and_taken_back(app: Any, city: Person) -> None:
    looked = sent(city, PRICE, price="900.000", offered="true", seen="0", step="look")
    assert looked.status_code == 200 and "Rp 750,000 → Rp 900,000" in looked.text.replace(HARD_SPACE, " ")
    assert city.client.get("/api/v1/catalogue").json["change"] == 0

    nothing = sent(city, PRICE, price="750.000", offered="true", seen="0", step="look")
    assert nothing.status_code == 422 and "nothing changes" in nothing.text
    assert "Agree and keep" not in nothing.text
    only_source = sent(city, PRICE, price="750.000", offered="true", seen="0", step="look", source="SHS 2026")
    assert "Only the source" in only_source.text

    wrong = sent(city, PRICE, price="0", seen="0", step="keep", **(WHY | {"reason": ""}))
    assert wrong.status_code == 422
    assert Page(wrong.text).all("input", id="c-price")[0]["aria-invalid"] == "true"
    forged = city.client.post(PRICE, data={"price": "900.000", "step": "keep", "csrf_token": "x", **WHY})
    assert forged.status_code == 403

    kept = sent(city, PRICE, price="900.000", offered="true", seen="0", step="keep", **WHY)
    assert (kept.status_code, kept.headers["Location"]) == (303, "/admin/catalogue#changes")
    told = city.client.get("/admin/catalogue?lang=en").text
    assert "Harga &lt;b&gt;baru&lt;/b&gt;" in told and "SHS 2026 (2026-01-05)" in told
    drain = next(
        w for w in city.client.get("/api/v1/catalogue").json["work_types"] if w["key"] == "drain_new"
    )
    assert drain["unit_cost"] == 900_000
    run = city.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
    assert run["catalogue_change"] == 1

    late = sent(city, PRICE, price="910.000", seen="0", step="keep", **WHY)
    assert late.status_code == 409 and 'role="alert"' in late.text

    back = read(city, "/admin/catalogue/restore/0", "en")
    assert any("900,000 → Rp" in text.replace(HARD_SPACE, " ") for text in back.texts)
    done = sent(city, "/admin/catalogue/restore/0", seen="1", step="keep", **WHY)
    assert done.status_code == 303
    again = city.client.get("/api/v1/catalogue").json
    assert again["change"] == 2
    assert next(w for w in again["work_types"] if w["key"] == "drain_new")["unit_cost"] == 750_000


def test_weights_say_how_many_works_move(app: Any) -> None:
    admin = web.signed_in(app, "admin")
    seen = str(admin.client.get("/api/v1/catalogue").json["change"])
    typed = percents(poor_served="8", slum_severity="20")
    looked = sent(admin, "/admin/catalogue/weights", step="look", seen=seen, **typed)
    assert looked.status_code == 200
    assert "would change their places" in looked.text
    off = sent(admin, "/admin/catalogue/weights", step="look", seen=seen, **(typed | {"land": "7"}))
    assert off.status_code == 422 and "they now sum to 101" in off.text
    assert sent(admin, "/admin/catalogue/weights", step="keep", seen=seen, **typed, **WHY).status_code == 303
    weights = {one["id"]: one["weight"] for one in admin.client.get("/api/v1/catalogue").json["criteria"]}
    assert weights["slum_severity"] == 0.2 and sum(weights.values()) == pytest.approx(1)


def test_a_type_out_of_use_is_not_offered_to_planners(app: Any, city: Person) -> None:
    planner = web.signed_in(app, "planner")
    where, path = f"/plan/{HOME}/panel/new?lang=en", "/admin/catalogue/type/library"
    assert "Reading room" in planner.client.get(where).text
    seen = str(city.client.get("/api/v1/catalogue").json["change"])
    looked = sent(city, path, price="40.000.000", seen=seen)
    assert "may not be proposed any more" in looked.text
    assert sent(city, path, price="40.000.000", seen=seen, step="keep", **WHY).status_code == 303
    assert "Reading room" not in planner.client.get(where).text
    document = web.work(planner)
    document["properties"]["work_type"] = "library"
    document["geometry"] = {"type": "Point", "coordinates": document["geometry"]["coordinates"][0]}
    answer = planner.send("POST", "/api/v1/proposals", json=document)
    assert answer.status_code == 422, answer.text
    assert answer.json["errors"][0]["pointer"] == "/properties/work_type"
    assert "not offered" in city.client.get("/admin/catalogue?lang=en").text
