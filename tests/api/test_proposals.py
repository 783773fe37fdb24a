"""Proposals by the contract: create, read, replace, delete, retries, refusals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web import Person, public, signed_in, work
from webgis.planning.reasons import in_words

ALL = "/api/v1/proposals"


def created(planner: Person) -> tuple[str, dict]:
    document = work(planner)
    answer = planner.send("POST", ALL, json=document)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"], document


def test_create_answers_where_it_is_and_reading_gives_the_same(planner):
    answer = planner.send("POST", ALL, json=work(planner))
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    assert answer.mimetype == "application/geo+json"
    again = planner.client.get(answer.headers["Location"])
    assert again.json == answer.json
    assert again.json["properties"]["state"] == "draft"
    assert again.json["properties"]["cost"] > 0


def test_a_write_without_version_is_428_and_with_an_old_one_412(planner):
    place, document = created(planner)
    assert planner.send("PUT", place, json=document).status_code == 428
    assert planner.send("DELETE", place).status_code == 428
    done = planner.send("PUT", place, json=document, headers={"If-Match": '"1"'})
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    for stale in ('"1"', 'W/"2"', '"x"', '""', '"99999999999999"'):
        refused = planner.send("PUT", place, json=document, headers={"If-Match": stale})
        assert refused.status_code == 412, stale
        assert refused.headers["ETag"] == '"2"'
        assert refused.json["current_version"] == 2
    assert "versi sekarang 2" in refused.json["detail"], "nobody was faster than a version that never was"
    assert planner.send("PUT", place, json=document, headers={"If-Match": "*"}).status_code == 200
    assert planner.send("DELETE", place, headers={"If-Match": '"1", "3"'}).status_code == 204
    assert planner.client.get(place).status_code == 404


def test_history_and_comments_and_a_step(planner, app):
    place, _ = created(planner)
    assert planner.send("POST", place + "/comments", json={"body": "Perlu sekali"}).status_code == 201
    assert planner.client.get(place + "/comments").json["comments"][0]["body"] == "Perlu sekali"
    moved = planner.send("POST", place + "/transitions", json={"action": "submit", "note": "siap"})
    assert moved.json["properties"]["state"] == "submitted"
    assert planner.send("POST", place + "/transitions", json={"action": "complete"}).status_code == 409
    history = planner.client.get(place + "/history").json
    assert [change["version"] for change in history["history"]] == [1, 2]
    assert history["reviews"][0]["note"] == "siap"
    english = planner.client.get(place + "/history?lang=en").json["history"]
    assert [change["reason"] for change in history["history"]] == ["usulan baru", "ajukan"]
    assert [change["reason"] for change in english] == ["new proposal", "submit"]


def test_why_sample_and_imported_works_came_is_said_in_the_language():
    assert in_words("sample city", "id") == "kota contoh"
    assert in_words("import of usulan.gpkg", "id") == "impor usulan.gpkg"
    assert in_words("kata sendiri", "en") == "kata sendiri"
    assert in_words(None, "id") is None


def test_a_retry_with_the_same_key_is_one_proposal(planner):
    document, key = work(planner), {"Idempotency-Key": "satu"}
    first = planner.send("POST", ALL, json=document, headers=key)
    second = planner.send("POST", ALL, json=document, headers=key)
    assert (second.status_code, second.json, second.headers["Location"]) == (
        201, first.json, first.headers["Location"],
    )  # fmt: skip
    document["properties"]["title"] = "Lain"
    other = planner.send("POST", ALL, json=document, headers=key)
    assert other.status_code == 422
    assert other.json["type"] == "/problems/key-reused"


def test_parallel_retries_make_one_proposal(planner, app):
    document, key = work(planner), {"Idempotency-Key": "serentak"}
    people = [signed_in(app, "planner") for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda p: p.send("POST", ALL, json=document, headers=key), people))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1


def test_a_step_that_is_sent_again_with_its_key_is_taken_once(planner, app):
    made = planner.send("POST", ALL, json=work(planner)).headers["Location"]
    at, step = f"{made}/transitions", {"action": "submit", "note": "siap"}
    header = {"Idempotency-Key": "ajukan-sekali", "If-Match": '"1"'}
    people = [signed_in(app, "planner") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda p: p.send("POST", at, json=step, headers=header), people))
    again = planner.send("POST", at, json=step, headers=header)
    assert {answer.status_code for answer in (*answers, again)} == {200}
    assert {answer.headers["ETag"] for answer in (*answers, again)} == {'"2"'}
    assert [one["action"] for one in planner.client.get(made + "/history").json["reviews"]] == ["submit"]
    assert planner.send("POST", at, json=step).status_code == 409, "without the key it is a second step"


def test_who_may_not_write(planner, visitor, app):
    assert visitor.send("POST", ALL, json=work(planner)).status_code == 401
    assert planner.send("POST", ALL, json=work(planner, "99.01.02.1001")).status_code == 403
    assert signed_in(app, "partner").send("POST", ALL, json=work(planner)).status_code == 403


@pytest.mark.parametrize("name", ["state", "version", "account", "proposer", "pillar", "score", "__proto__"])
def test_mass_assignment_is_refused(planner, name):
    document = work(planner)
    document["properties"][name] = "approved"
    answer = planner.send("POST", ALL, json=document)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == f"/properties/{name}"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"type": NaN}', 400), (b'{"type": Infinity}', 400), (b'{"a": 1e400}', 400), (b'{"a": 1, "a": 2}', 400),
        (b"[" * 100_000, 400), (b"", 400), (b"{", 400), (b"[]", 400), (b'"x"', 400), (b"\xff\xfe{}", 400),
        (b'{"a": "\\ud800"}', 400), (b'{"a": "\\u0000"}', 400), (b'{"a": ' + b"9" * 5000 + b"}", 400), (b"{}", 422),
        (b"null", 400),
    ],
)  # fmt: skip
def test_bad_json_is_told_never_a_server_error(planner, body, status):
    answer = planner.send("POST", ALL, data=body, content_type="application/json")
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"]


def test_other_content_types_are_415_and_too_much_is_413(planner):
    assert planner.send("POST", ALL, data=b"{}", content_type="text/plain").status_code == 415
    huge = planner.send("POST", ALL, data=b" " * (26 * 1024 * 1024), content_type="application/json")
    assert huge.status_code == 413


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=a,b,c,d", "bbox=NaN,0,1,1", "bbox=0,5,1,4", "bbox=5,0,4,1", "limit=0",
        "limit=-1", "limit=1.5", "limit=1e3", "limit=%D9%A3", "limit=1001", "limit=99999999999999999999", "offset=-1",
        "colour=red", "limit=1&limit=2", "state=flying", "kelurahan=%00", "lang=fr",
    ],
)  # fmt: skip
def test_bad_parameters_are_refused(visitor, query):
    answer = visitor.client.get(f"{ALL}?{query}")
    assert answer.status_code == 422, answer.text
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "wanted", ["x", "00000000-0000-4000-8000-000000000000", "%00", "1' or '1'='1", "9" * 20]
)
def test_unknown_ids_are_404(visitor, wanted):
    answer = visitor.client.get(f"{ALL}/{wanted}")
    assert answer.status_code == 404
    assert answer.json["status"] == 404


def test_every_proposal_is_met_once_when_following_next(visitor):
    url: str | None = f"{ALL}?limit=40"
    seen: list[str] = []
    while url:
        page = visitor.client.get(url).json
        seen += [feature["id"] for feature in page["features"]]
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert len(seen) == len(set(seen)) == page["numberMatched"]


def test_problems_speak_the_language_of_the_request(visitor):
    indonesian = visitor.client.get(f"{ALL}/x").json
    english = visitor.client.get(f"{ALL}/x?lang=en").json
    assert indonesian["title"] == "Tidak ditemukan"
    assert english["title"] == "Not found"
    assert set(english) >= {"type", "title", "status", "detail", "errors"}
    accept = visitor.client.get(f"{ALL}/x", headers={"Accept-Language": "en-GB"}).json
    assert accept["title"] == "Not found"


def test_public_sees_works_on_a_plot_inside_the_rw_only(app, planner):
    person = public(app)
    for work_type in ("latrine", "house_repair"):
        url = f"{ALL}?work_type={work_type}&kelurahan=99.01.01.1001"
        exact = {f["id"]: f["geometry"] for f in planner.client.get(url).json["features"]}
        for feature in person.client.get(url).json["features"]:
            assert feature["geometry"]["type"] == "Point"
            assert feature["geometry"] != exact[feature["id"]]


def test_a_checklist_is_no_reason(app, planner):
    place = planner.send("POST", ALL, json=work(planner)).headers["Location"]
    assert (
        planner.send("POST", place + "/transitions", json={"action": "submit", "note": ""}).status_code == 200
    )
    facilitator = signed_in(app, "facilitator")
    back = {"action": "return", "note": " ", "checklist": {"Surat lahan": False}}
    refused = facilitator.send("POST", place + "/transitions", json=back)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/note")
    done = facilitator.send("POST", place + "/transitions", json=back | {"note": "Surat belum ada."})
    assert done.status_code == 200
    told = planner.client.get(place + "/history").json["reviews"][-1]["note"]
    assert told == "Surat belum ada.\n[ ] Surat lahan"
