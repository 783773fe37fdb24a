"""The whole surface at once: every unsafe address asks for the token of the session, every private answer stays out of
caches, and no address trusts a host it was not given. The addresses come from the application, so a new one is in.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.routing import Rule

from tests.api.rights_table import DOORS
from tests.web import HOME, Person, signed_in
from webgis import events
from webgis.app import create_app
from webgis.context import KEY

SAFE = {"GET", "HEAD", "OPTIONS"}
FOREIGN = (
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)  # fmt: skip


def unsafe(app: Any) -> list[tuple[str, str]]:
    """Method and filled-in address of every route that changes something."""
    found = []
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - SAFE):
            found.append((method, filled(rule)))
    return found


def filled(rule: Rule) -> str:
    """An address of a rule with something in its gaps; whether it is there does not matter here."""
    parts = []
    for is_gap, part in rule._trace:
        parts.append(
            part if not is_gap else HOME if part == "code" else "3" if part in "zxy" else str(uuid.uuid4())
        )
    return "".join(parts).removeprefix("|")


@pytest.fixture(scope="module")
def admin(app: Any) -> Person:
    return signed_in(app, "admin")


def test_every_unsafe_address_asks_for_the_token_of_the_session(app: Any, admin: Person) -> None:
    asked = unsafe(app)
    assert len(asked) > 90
    for method, address in asked:
        for headers in ({}, {"X-CSRF-Token": "salah"}):
            answer = admin.client.open(address, method=method, headers=headers)
            assert answer.status_code == 403, (method, address, headers, answer.status_code)
    assert admin.client.get("/api/v1/session").json["user"] is not None, "nothing of it signed anybody out"


def test_no_unsafe_address_listens_to_another_site(app: Any, admin: Person) -> None:
    stranger = Person(app.test_client())
    for method, address in unsafe(app):
        for headers in FOREIGN:
            for person in (admin, stranger):
                answer = person.send(method, address, headers=headers)
                assert answer.status_code == 403, (method, address, headers, answer.status_code)


def test_what_somebody_signed_in_reads_is_kept_by_no_cache(app: Any, admin: Person) -> None:
    kept = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or "GET" not in (rule.methods or set()) or f"GET {rule.rule}" in DOORS:
            continue
        answer = admin.client.get(filled(rule))
        told = answer.headers.get("Cache-Control", "")
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", rule.rule
        assert "Set-Cookie" not in answer.headers or "no-store" in told, rule.rule
        if "no-store" not in told:
            kept.add(rule.rule)
    assert kept <= PUBLIC_FILES, kept - PUBLIC_FILES


PUBLIC_FILES = {
    "/tiles/<layer>/<int:z>/<int:x>/<int:y>.mvt", "/kelurahan/<code>/gambar.png", "/kelurahan/<code>/qr.svg",
    "/usulan/<proposal_id>/gambar.png", "/usulan/<proposal_id>/qr.svg",
}  # fmt: skip
"""What browsers may keep: what everybody may see, drawn; tests/tiles looks at the private layers."""


def test_another_host_name_is_refused_where_the_site_is_known(
    app: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings = replace(app.extensions[KEY].settings, site="https://peta.contoh.go.id")
    known = create_app(settings).test_client()
    for host, status in (("peta.contoh.go.id", 200), ("127.0.0.1:8000", 200), ("evil.example", 400)):
        answer = known.get("/login", headers={"Host": host})
        assert answer.status_code == status, (host, answer.text[:200])
    for path in ("/login", "/api/v1/proposals"):
        refused = known.get(path, headers={"Host": "evil.example"})
        assert "Bukalah https://peta.contoh.go.id" in refused.text, "the person is told where it is"
    assert not caplog.records, "it is no fault of ours"


def test_trace_and_unknown_methods_are_refused(app: Any) -> None:
    for method in ("TRACE", "CONNECT", "PROPFIND"):
        assert app.test_client().open("/login", method=method).status_code == 405


def test_what_happens_at_the_doors_is_written_down_without_names(
    app: Any, caplog: pytest.LogCaptureFixture
) -> None:
    person = Person(app.test_client())
    with caplog.at_level("INFO", logger=events.LOG.name):
        events.LOG.addHandler(caplog.handler)
        person.send(
            "POST", "/api/v1/session", json={"email": "planner@contoh.test", "password": "salah\nsekali"}
        )
        person.send("POST", "/api/v1/session", json={"email": "nobody@contoh.test", "password": "salah"})
        planner = signed_in(app, "planner")
        planner.send("PUT", f"/api/v1/regions/{HOME}", json={})
        planner.client.get("/admin")
        planner.client.get("/tidak%0aada")
        events.LOG.removeHandler(caplog.handler)
    lines = [json.loads(record.message) for record in caplog.records if record.name == events.LOG.name]
    told = [(line["event"], line.get("status"), line["account"] is not None) for line in lines]
    assert [one for one in told if one[0] != "refused"] == [
        ("sign_in_failed", None, True), ("sign_in_failed", None, False), ("signed_in", None, True),
    ]  # fmt: skip
    assert ("refused", 403, True) in told
    assert {line["route"] for line in lines} <= {"/api/v1/session", "/api/v1/regions/<code>", "/admin"}
    assert all(line["at"].endswith("+00:00") and line["address"] for line in lines)
    assert "contoh.test" not in caplog.text and "salah" not in caplog.text


def test_tls_is_asked_for_a_year_and_nothing_lies_open(app: Any) -> None:
    visitor = app.test_client()
    told = visitor.get("/login", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"
    assert "base-uri 'none'" in visitor.get("/login").headers["Content-Security-Policy"]
    for path in (
        "/static/",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/.git/config",
        "/.env",
        "/webgis/app.py",
    ):
        assert visitor.get(path).status_code == 404, path


def test_a_forged_address_of_a_proxy_is_not_believed(app: Any, caplog: pytest.LogCaptureFixture) -> None:
    forged = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
    }
    events.LOG.addHandler(caplog.handler)
    answer = app.test_client().get("/admin", headers=forged)
    page = app.test_client().get("/tiles/roads.json", headers=forged)
    events.LOG.removeHandler(caplog.handler)
    assert "evil.example" not in answer.headers.get("Location", "") + page.text
    assert "203.0.113.9" not in caplog.text
