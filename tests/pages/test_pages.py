"""Pages answer for everybody in both languages, are well-formed and keep the contract with the scripts."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest

from tests.pages.html import Page
from tests.web import HOME, Person, work

LANGUAGES = ("id", "en")
PUBLIC = ("/", f"/?code={HOME}", "/login", "/usulan", f"/usulan?kelurahan={HOME}&q=drainase", "/help", "/data",
          "/panel/summary", "/panel/search?q=RW", "/nowhere")  # fmt: skip
PANEL = ("", "/panel/proposals", "/panel/proposals?state=draft", "/panel/ranking", "/panel/slums")
SEERS = ("planner", "facilitator", "reviewer", "city", "admin")


def read(person: Person, path: str, lang: str = "id", status: int = 200) -> Page:
    answer = person.client.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
    assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
    page = Page(answer.text)
    assert page.faults == [], (path, page.faults)
    return page


def first_proposal(person: Person, state: str = "") -> str:
    page = read(person, f"/plan/{HOME}/panel/proposals?state={state}")
    return next(str(found["data-proposal"]) for found in page.all("li") if "data-proposal" in found)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_answer(people: dict[str, Person], path: str, lang: str) -> None:
    page = read(people["public"], path, lang, 404 if path == "/nowhere" else 200)
    if not path.startswith("/panel"):
        assert page.all("html")[0]["lang"] == lang
        assert page.all("a", class_="skip") or page.elements[0][0] == "html"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", SEERS)
def test_workspace_answers_for_those_who_may_enter(people: dict[str, Person], role: str, lang: str) -> None:
    for path in PANEL:
        read(people[role], f"/plan/{HOME}{path}", lang)
    read(people[role], f"/plan/{HOME}/panel/proposals/{first_proposal(people[role])}", lang)
    slums = read(people[role], f"/plan/{HOME}/panel/slums", lang)
    codes = [str(found["data-rt"]) for found in slums.all("li") if "data-rt" in found]
    kawasan, area = (
        next(code for code in codes if "-KK" in code),
        next(code for code in codes if "-RT" in code),
    )
    profile = read(people[role], f"/plan/{HOME}/panel/slums/{area}", lang)
    assert (
        len([found for _, found in profile.elements if str(found.get("class", "")).startswith("criterion ")])
        == 16
    )
    linked = read(people[role], f"/plan/{HOME}/panel/slums?area={area}", lang)
    shown = linked.all("article")[0]
    assert (shown["data-shown-area"], len(str(shown["data-bounds"]).split(","))) == (area, 4)
    together = read(people[role], f"/plan/{HOME}/panel/slums/{kawasan}", lang)
    assert len([found for found in together.all("li") if "-RT" in str(found.get("data-rt"))]) == 7


def test_what_is_built_is_not_warned_of(people: dict[str, Person]) -> None:
    """Its place can no longer be mended; what is still to be built there keeps its warnings."""
    planner = people["planner"]
    built = planner.client.get(f"/api/v1/proposals?kelurahan={HOME}&state=completed").json["features"]
    warned = 0
    for feature in built:
        given = {
            name: feature["properties"][name] for name in ("title", "work_type", "readiness", "is_paket")
        }
        document = {"type": "Feature", "geometry": feature["geometry"], "properties": given}
        warned += bool(planner.send("POST", "/api/v1/proposals/preview", json=document).json["warnings"])
        pane = read(planner, f"/plan/{HOME}/panel/proposals/{feature['id']}")
        assert not [found for found in pane.all("p") if "data-warning" in found]
    assert warned, "some of them would be warned of if they were drafts"


def test_closed_doors_say_who_may_enter(people: dict[str, Person]) -> None:
    answer = people["public"].client.get(f"/plan/{HOME}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login?next=/plan/{HOME}")
    refused = read(people["planner"], "/plan/99.01.01.1002", "en", 403)
    assert any("Bappeda" in text for text in refused.texts)
    nowhere = read(people["planner"], "/plan/99.99.99.9999", "en", 404)
    assert any("99.99.99.9999" in text for text in nowhere.texts)
    read(people["partner"], f"/plan/{HOME}/panel/ranking", status=403)
    read(people["public"], f"/plan/{HOME}/panel/ranking", status=401)
    read(people["planner"], "/usulan/00000000-0000-0000-0000-000000000000", status=404)
    read(people["planner"], f"/plan/{HOME}/panel/proposals/nonsense", status=404)


def test_public_pages_hold_no_household_counts(app: Any, people: dict[str, Person]) -> None:
    rows = people["planner"].send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json["ranking"]
    busy = [row for row in rows if (row.get("served") or row["values"].get("poor_served") or 0) >= 5][:8]
    assert busy
    for row in busy:
        for path in (f"/usulan/{row['id']}", f"/panel/proposal/{row['id']}"):
            text = people["public"].client.get(path + "?lang=id").text
            assert "terlayani" not in text
            assert "contributions" not in text
            assert "Nilai" not in Page(text).texts
    everything = " ".join(read(people["public"], "/").texts)
    assert not re.search(r"\d+\s*KK miskin", everything)


def test_the_workspace_keeps_the_contract_with_the_scripts(people: dict[str, Person]) -> None:
    page = read(people["planner"], f"/plan/{HOME}")
    body = page.all("body")[0]
    wanted = {"data-page": "workspace", "data-lang": "id", "data-kelurahan": HOME, "data-role-edit": "true",
              "data-households": "true"}  # fmt: skip
    assert wanted.items() <= body.items()
    assert body["data-csrf"]
    assert len(str(body["data-kelurahan-bounds"]).split(",")) == 4
    ids = [found["id"] for _, found in page.elements if found.get("id")]
    assert len(ids) == len(set(ids))
    wanted_ids = """map-page map toolbar search legend panel panel-body panel-handle drawbar crosshair status save-state
        coordinates scale snapping toast words keys confirm conflict signin legend-toggle locate"""
    assert set(wanted_ids.split()) <= set(ids)
    tools = "select point line polygon edit move delete undo redo measure layers lasso"
    assert {found["data-tool"] for found in page.all("button") if "data-tool" in found} == set(tools.split())
    assert {found["data-draw"] for found in page.all("button") if "data-draw" in found} == {
        "trace",
        "right",
        "here",
        "undo",
        "add",
        "remove",
        "finish",
        "cancel",
    }
    assert {found["data-tab"] for found in page.all("button") if "data-tab" in found} == {
        "proposals",
        "ranking",
        "plan",
        "slums",
    }
    layers = "slums proposals assets programmes poverty hazards households roads buildings water zones boundaries osm"
    assert {found["data-layer"] for found in page.all("input") if "data-layer" in found} == set(
        layers.split()
    )


def test_the_map_and_the_data_say_of_which_day_the_poverty_numbers_are(people: dict[str, Person]) -> None:
    for address in ("/", f"/plan/{HOME}", "/data", "/review"):
        told = people["reviewer"].client.get(f"{address}?lang=en").text
        assert re.search(
            r"Counted on \d+ \w+ \d{4}; the next count is on 1 (January|April|July|October)", told
        )


def test_only_those_with_the_right_get_tools_and_household_points(people: dict[str, Person]) -> None:
    page = read(people["reviewer"], f"/plan/{HOME}")
    assert {found["data-tool"] for found in page.all("button") if "data-tool" in found} == {
        "select",
        "measure",
        "layers",
    }
    assert not page.all("input", data_layer="households")
    assert not [found for found in page.all("button") if "data-new" in found]
    assert not read(people["public"], "/").all("input", data_layer="households")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_forms_carry_labels(people: dict[str, Person], lang: str) -> None:
    planner = people["planner"]
    draft = first_proposal(planner, "draft")
    for person, path in (
        (people["public"], "/login"), (people["public"], "/usulan"), (people["admin"], "/data"),
        (planner, f"/plan/{HOME}"), (planner, f"/plan/{HOME}/panel/proposals/{draft}"),
        (planner, f"/plan/{HOME}/panel/new?work_type=drain_new"), (planner, f"/plan/{HOME}/panel/ranking"),
    ):  # fmt: skip
        answer = person.client.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
        page = Page(answer.text)
        labelled = {found.get("for") for found in page.all("label")}
        inside = len(re.findall(r"<label class=\"(?:tick|layer-switch)\"", answer.text))
        bare = [
            found
            for name, found in page.elements
            if name in ("input", "select", "textarea") and found.get("type") not in ("hidden", "checkbox")
            and not found.get("aria-label") and found.get("id") not in labelled
        ]  # fmt: skip
        assert bare == [], path
        assert len(page.all("input", type="checkbox")) == inside, path


def test_the_form_is_named_like_the_api(people: dict[str, Person]) -> None:
    planner = people["planner"]
    draft = first_proposal(planner, "draft")
    page = read(planner, f"/plan/{HOME}/panel/proposals/{draft}")
    form = next(found for found in page.all("form") if "data-proposal-form" in found)
    assert form["data-id"] == draft
    assert form["data-editable"] == "true"
    assert str(form["data-version"]).isdecimal()
    names = {found.get("name") for name, found in page.elements if name in ("input", "select", "textarea")}
    assert {"title", "description", "volume", "cost", "is_paket", "readiness.land", "readiness.survey", "readiness.fee",
            "funding.blm", "funding.swadaya", "funding.lainnya"} <= names  # fmt: skip
    assert {found["data-action"] for found in page.all("button") if "data-action" in found} >= {
        "save",
        "delete",
        "edit-shape",
        "move",
    }
    assert page.all("button", data_transition="submit")


def test_a_preview_shows_figures_and_a_fault_where_the_figures_would_be(people: dict[str, Person]) -> None:
    planner = people["planner"]
    answer = planner.send("POST", f"/plan/{HOME}/panel/preview", json=work(planner))
    page = Page(answer.text)
    assert answer.status_code == 200, answer.text
    assert page.faults == []
    assert len([found for _, found in page.elements if found.get("class") == "figure"]) == 4
    broken: tuple[Any, ...] = (
        {"type": "Feature"},
        [],
        {"properties": {"work_type": 3, "cost": "many"}, "geometry": []},
    )
    for sent in broken:
        fault = planner.send("POST", f"/plan/{HOME}/panel/preview", json=sent)
        assert fault.status_code == 200, fault.text
        assert "data-warning" in fault.text


def test_what_people_wrote_is_never_markup(people: dict[str, Person]) -> None:
    text = people["public"].client.get("/usulan?q=<script>alert(1)</script>").text
    assert "<script>alert" not in text
    words = re.search(
        r'<script type="application/json" id="words">(.*?)</script>',
        people["public"].client.get("/?lang=id").text,
        re.S,
    )
    assert words is not None
    assert json.loads(words[1])["save.saved"] == "Tersimpan"


def test_sign_in_returns_to_where_one_was_and_never_leaves_the_site(app: Any) -> None:
    for wanted, place in ((f"/plan/{HOME}?tab=ranking", f"/plan/{HOME}?tab=ranking"), ("//evil.example", "/plan"),
                          ("https://evil.example/", "/plan"), ("/\\evil.example", "/plan"),
                          ("/\t/evil.example", "/plan"), ("/\t\\evil.example", "/plan")):  # fmt: skip
        client = app.test_client()
        answer = client.post("/login", data={"sample": "planner@contoh.test", "next": wanted})
        assert (answer.status_code, answer.headers["Location"]) == (303, place)
    wrong = app.test_client().post("/login", data={"email": "planner@contoh.test", "password": "salah"})
    assert wrong.status_code == 401
    assert 'role="alert"' in wrong.text


def test_choices_of_language_and_theme_stay(app: Any) -> None:
    client = app.test_client()
    client.get("/help?lang=en&theme=dark")
    page = Page(client.get("/help").text)
    assert page.all("html") == [{"lang": "en", "data-theme": "dark"}]


def test_pages_keep_the_content_policy(people: dict[str, Person]) -> None:
    for path in ("/", "/login", "/help", "/usulan"):
        page = read(people["public"], path)
        assert not [
            found
            for _, found in page.elements
            if "style" in found or any(name.startswith("on") for name in found)
        ]
        assert all(
            found.get("src") or found.get("type") == "application/json" for found in page.all("script")
        )


def test_problems_of_an_import_are_told_by_kind_with_the_first_rows(people: dict[str, Person]) -> None:
    rows = "".join(f"kran,{i},100.5,-1.2\n" for i in range(40))
    sent = {
        "file": (io.BytesIO(("kind,id,lon,lat\n" + rows).encode()), "kran.csv"), "layer": "assets",
        "crs": "EPSG:4326", "dry_run": "true",
    }  # fmt: skip
    answer = people["admin"].send(
        "POST", "/data/import?lang=id", data=sent, content_type="multipart/form-data"
    )
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page.faults == []
    said = " ".join(page.texts)
    assert "dan 39 lagi yang serupa" in said
    assert "kran.csv → Prasarana" in said
    assert [field for field in page.all("option") if field.get("value") == "assets" and "selected" in field]


def test_a_work_to_mend_leads_its_planner_to_the_workspace(people: dict[str, Person]) -> None:
    listed = people["planner"].client.get(f"/api/v1/proposals?kelurahan={HOME}&state=returned&limit=1")
    key = listed.json["features"][0]["properties"]["id"]
    way = f"/plan/{HOME}#&p={key}"
    for role, there in (("planner", True), ("reviewer", False), ("public", False)):
        assert bool(read(people[role], f"/usulan/{key}").all("a", href=way)) == there, role


def test_a_map_without_scripts_says_where_the_list_is(people: dict[str, Person]) -> None:
    told = (
        people["public"].client.get("/?lang=en").text.partition("<noscript>")[2].partition("</noscript>")[0]
    )
    assert "needs JavaScript" in told and 'href="/usulan"' in told
