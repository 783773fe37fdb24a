"""The partner office of a PAKET work: typed into its form, read by the reviewer beside ceilings nobody entered yet; and
the agreed plan, without which no review begins."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from tests import web
from tests.pages.test_pages import LANGUAGES, read
from tests.pages.test_review import form, queued
from tests.web import HOME, Person
from webgis.context import KEY

ADOPTED = """
    with made as (
        insert into plan_run (kelurahan, name, inputs, data_versions, result)
        values (:home, '', '{"first_year": 2090, "budget": {"blm": [1]}}', '{}', '{"schedule": []}') returning id
    )
    insert into masterplan (kelurahan, plan_id, met_on, place, men, women, author)
    select :home, id, '2026-11-03', 'Balai', 1, 1, 'Uji' from made
"""
"""A plan without works that a meeting adopted."""
OFFICE = "Dinas PUPR, bidang Cipta Karya, kegiatan 1.03.05"


@pytest.fixture(scope="module")
def fresh(test_databases: Any) -> Any:
    """An application whose works may be changed."""
    return web.make_app(test_databases.new("sample"))


def test_the_office_comes_back_in_the_form(fresh: Any) -> None:
    planner = web.signed_in(fresh, "planner")
    document = web.work(planner)
    document["properties"] |= {"is_paket": True, "readiness": {"office": OFFICE}}
    made = planner.send("POST", "/api/v1/proposals", json=document).get_json()
    assert made["properties"]["readiness"] == {"office": OFFICE}
    page = read(planner, f"/plan/{HOME}/panel/proposals/{made['id']}")
    (field,) = [item for item in page.all("input") if item.get("name") == "readiness.office"]
    assert field["value"] == OFFICE
    document["properties"]["readiness"] = {"office": ["Dinas"]}
    refused = planner.send("POST", "/api/v1/proposals", json=document)
    assert refused.status_code == 422
    assert "office" in refused.get_json()["errors"][0]["pointer"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reviewer_reads_office_and_ceilings(people: dict[str, Person], lang: str) -> None:
    reviewer = people["reviewer"]
    said = " ".join(read(reviewer, f"/review/{queued(reviewer)[0]}", lang).texts)
    for words in (
        (
            "Dinas mitra dan kegiatannya: belum",
            "Plafon per usulan: belum diisi · per BKM: belum diisi · sekota: belum diisi",
            "belum ada rencana (PJM) yang ditetapkan di sini",
        )
        if lang == "id"
        else (
            "Partner office and its programme: not yet",
            "Ceiling per proposal: not entered · per BKM: not entered · of the city: not entered",
            "no plan (PJM) has been adopted here",
        )
    ):
        assert words in said


def test_no_review_begins_of_a_work_outside_the_agreed_plan(fresh: Any) -> None:
    planner, facilitator, reviewer = (
        web.signed_in(fresh, role) for role in ("planner", "facilitator", "reviewer")
    )
    document = web.work(planner)
    document["properties"] |= {"is_paket": True, "funding": {"paket": 1_000_000, "apbd": 500_000}}
    key = planner.send("POST", "/api/v1/proposals", json=document).get_json()["id"]
    steps = f"/api/v1/proposals/{key}/transitions"
    for person, action in ((planner, "submit"), (facilitator, "verify")):
        assert person.send("POST", steps, json={"action": action, "note": "Uji."}).status_code == 200
    with fresh.extensions[KEY].db.transaction() as session:
        session.execute(text(ADOPTED), {"home": HOME})
    for lang, words in (
        ("id", "Rencana yang ditetapkan 3 November 2026 tidak memuat usulan ini"),
        ("en", "The plan adopted on 3 November 2026 does not have this proposal"),
    ):
        page = read(reviewer, f"/review/{key}", lang)
        assert ("tidak ada dalam rencana (PJM)" if lang == "id" else "not in the plan (PJM)") in " ".join(
            page.texts
        )
        sent = form(page) | {"action": "start_review"}
        answer = reviewer.send("POST", f"/review/{key}?lang={lang}", data=sent)
        assert answer.status_code == 409
        assert words in answer.text
    refused = reviewer.send("POST", steps, json={"action": "start_review"})
    assert (refused.status_code, "PJM" in refused.get_json()["detail"]) == (409, True)
