"""Words that want to be code: kept as they were written, and shown as words in every page, file and filter."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web import HOME, Person, work

HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<svg/onload=alert(1)>", "'-alert(1)-'",
    "</textarea><script>alert(1)</script>", "javascript:alert(1)", "{{7*7}}", "${7*7}", "]]><script>alert(1)</script>",
)  # fmt: skip
MARKUP = ("<script>alert", "<img src=x", "<svg/onload", "</textarea><script", ' onerror=alert(1)>"')


@pytest.fixture(scope="module")
def proposal(app: Any, planner: Person) -> dict[str, Any]:
    """A proposal with every hostile string in its title and description, and in a comment."""
    document = work(planner)
    document["properties"] |= {"title": HOSTILE[1] + HOSTILE[2], "description": " ".join(HOSTILE)}
    made = planner.send("POST", "/api/v1/proposals", json=document)
    assert made.status_code == 201, made.text
    said = planner.send(
        "POST", f"/api/v1/proposals/{made.json['id']}/comments", json={"body": " ".join(HOSTILE)}
    )
    assert said.status_code == 201
    found: dict[str, Any] = made.json
    return found


def test_they_are_kept_as_they_were_written(planner: Person, proposal: dict[str, Any]) -> None:
    stored = planner.client.get(f"/api/v1/proposals/{proposal['id']}")
    assert stored.json["properties"]["description"] == " ".join(HOSTILE)
    assert stored.content_type.startswith("application/geo+json")
    assert stored.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    [
        "/usulan/{id}", "/usulan/{id}/riwayat", f"/usulan?kelurahan={HOME}", f"/usulan?q={HOSTILE[1]}", "/",
        "/panel/proposal/{id}", "/panel/summary", f"/plan/{HOME}", f"/map/{HOME}.html",
        f"/panel/search?q={HOSTILE[0]}&kelurahan={HOME}", f"/api/v1/export/proposals.kml?kelurahan={HOME}",
        f"/login?next={HOSTILE[5]}", f"/{HOSTILE[1]}",
    ],
)  # fmt: skip
def test_no_page_and_no_file_takes_them_for_markup(
    planner: Person, proposal: dict[str, Any], address: str
) -> None:
    answer = planner.client.get(address.format(id=proposal["id"]))
    assert answer.status_code < 500
    for mark in MARKUP:
        assert mark not in answer.text, mark
    assert "49" not in answer.headers.get("Location", "")
    if "usulan/{id}" in address and "riwayat" not in address:
        assert "{{7*7}}" in answer.text, "shown as it was written"


@pytest.mark.parametrize(
    "words",
    ["' or '1'='1", "'; drop table proposal; --", "pg_sleep(9)", "%", "_", "\\", "') union select 1 --"],
)
@pytest.mark.parametrize("name", ["q", "kelurahan", "rw", "work_type", "state"])
def test_no_filter_is_taken_for_sql(visitor: Person, proposal: dict[str, Any], name: str, words: str) -> None:
    answer = visitor.client.get("/api/v1/proposals", query_string={name: words})
    assert answer.status_code in (200, 422, 400)
    if answer.status_code == 200 and name != "q":
        assert answer.json["numberMatched"] == 0
    if answer.status_code == 200 and name == "q" and words in ("%", "\\", "' or '1'='1"):
        assert answer.json["numberMatched"] == 0, "a percent sign is a percent sign"
    assert visitor.client.get(f"/api/v1/proposals/{proposal['id']}").status_code == 200
