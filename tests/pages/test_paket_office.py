"""The partner office of a PAKET work: typed into its form, read by the reviewer beside ceilings nobody entered yet."""

from __future__ import annotations

from typing import Any

import pytest

from tests import web
from tests.pages.test_pages import LANGUAGES, read
from tests.pages.test_review import queued
from tests.web import HOME, Person

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
        ("Dinas mitra dan kegiatannya: belum", "Plafon per usulan: belum diisi · per BKM: belum diisi")
        if lang == "id"
        else (
            "Partner office and its programme: not yet",
            "Ceiling per proposal: not entered · per BKM: not entered",
        )
    ):
        assert words in said
