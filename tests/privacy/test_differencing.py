"""The differencing canary: ten poor households come and go, and no answer to outsiders changes by a byte.

Whatever differed would be a live count of households, to be taken apart by asking twice, by boxes or by filters.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.web import HOME, Person, public, signed_in, work

BOXES = ("107.68,-5.61,107.72,-5.58", "107.695,-5.601,107.697,-5.599", "107.6955,-5.6005,107.6965,-5.5995")
ASKED = (
    "/", "/usulan", f"/usulan?kelurahan={HOME}", f"/?code={HOME}",
    *(f"/panel/summary?bbox={box}" for box in BOXES),
    *(f"/api/v1/proposals?bbox={box}" for box in BOXES),
    *(f"/api/v1/export/poverty.geojson?bbox={box}" for box in BOXES),
    f"/api/v1/export/poverty.csv?kelurahan={HOME}", f"/api/v1/slum-areas?kelurahan={HOME}",
    "/api/v1/regions?kind=rw", "/api/v1/regions?kind=rt&limit=1000", f"/api/v1/regions/{HOME}", "/api/v1/catalogue",
    "/tiles/poverty.json", "/tiles/poverty/14/13094/8448.mvt", "/tiles/proposals/14/13094/8448.mvt",
    "/tiles/households/14/13094/8448.mvt", "/api/v1/households", f"/api/v1/households?kelurahan={HOME}",
    f"/api/v1/rankings?kelurahan={HOME}", "/panel/search?q=drainase",
)  # fmt: skip


def answers(person: Person) -> dict[str, tuple[int, str | None, int, bytes]]:
    found = {}
    for address in ASKED:
        answer = person.client.get(address)
        assert answer.status_code < 500, address
        found[address] = (answer.status_code, answer.headers.get("ETag"), len(answer.data), answer.data)
    return found


def previewed(person: Person, planner: Person) -> Any:
    answer = person.send("POST", "/api/v1/proposals/preview", json=work(planner))
    assert answer.status_code in (200, 401, 403)
    return {name: value for name, value in answer.json.items() if name != "data_versions"}


@pytest.mark.parametrize("who", ["", "partner", "reviewer"])
def test_nothing_an_outsider_reads_moves_with_the_households(app: Any, planner: Person, who: str) -> None:
    person = signed_in(app, who) if who else public(app)
    line = work(planner)["geometry"]["coordinates"]
    before, preview = answers(person), previewed(person, planner)
    made = []
    for k in range(10):
        point = {"type": "Point", "coordinates": [line[0][0] + k * 1e-6, line[0][1]]}
        document = {"type": "Feature", "geometry": point, "properties": {"members": 4}}
        answer = planner.send("POST", "/api/v1/households", json=document)
        assert answer.status_code == 201, answer.text
        made.append((answer.json["id"], answer.headers["ETag"]))
    during, preview_during = answers(person), previewed(person, planner)
    for one, version in made:
        gone = planner.send("DELETE", f"/api/v1/households/{one}", headers={"If-Match": version})
        assert gone.status_code == 204
    after = answers(person)
    for address in ASKED:
        assert before[address] == during[address] == after[address], address
    assert preview == preview_during
