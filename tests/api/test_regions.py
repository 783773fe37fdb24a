"""Borders of regions: changed by administrators only, by version, and never from under a proposal."""

from __future__ import annotations

import json
from typing import Any

import shapely

from tests.web import HOME, Person, signed_in

PLACE = f"/api/v1/regions/{HOME}"


def border(person: Person, metres: float) -> dict[str, Any]:
    """The kelurahan as a client sends it, grown or shrunk."""
    read = person.client.get(PLACE).json
    shape = shapely.from_geojson(json.dumps(read["geometry"])).buffer(metres / 111_000)
    geometry = json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "geometry": geometry, "properties": {}}


def test_an_administrator_moves_a_border_by_version(app, visitor):
    admin = signed_in(app, "admin")
    before = visitor.client.get(PLACE)
    wider = border(admin, 5)
    wider["properties"] = {"name": "Tirta Mekar", "source": "Perwali 7", "surveyed_on": "2025-01-02"}
    assert admin.send("PUT", PLACE, json=wider).status_code == 428
    done = admin.send("PUT", PLACE, json=wider, headers={"If-Match": before.headers["ETag"]})
    assert done.status_code == 200, done.text
    said, was = done.json["properties"], before.json["properties"]
    assert (said["source"], said["surveyed_on"], said["version"]) == (
        "Perwali 7",
        "2025-01-02",
        was["version"] + 1,
    )
    assert (said["households"], said["population"]) == (was["households"], was["population"])
    assert done.json["geometry"] != before.json["geometry"]
    stale = admin.send("PUT", PLACE, json=wider, headers={"If-Match": before.headers["ETag"]})
    assert stale.status_code == 412
    assert stale.json["current"]["properties"] == said
    told = visitor.client.get(PLACE + "/history").json["history"][-1]
    assert told["author"] and "geom" in told["changed"]


def test_nobody_else_moves_a_border(app, planner, visitor):
    sent, version = border(planner, 1), {"If-Match": "*"}
    assert visitor.send("PUT", PLACE, json=sent, headers=version).status_code == 401
    for role in ("planner", "facilitator", "city", "reviewer", "partner"):
        assert signed_in(app, role).send("PUT", PLACE, json=sent, headers=version).status_code == 403


def test_a_border_that_leaves_proposals_outside_is_refused_with_their_number(app, planner):
    admin = signed_in(app, "admin")
    proposals = planner.client.get(f"/api/v1/proposals?kelurahan={HOME}&limit=1000").json
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in proposals["features"]]
    middle = next(shape for shape in shapes if shape.geom_type == "Point")
    tiny = json.loads(shapely.to_geojson(middle.buffer(0.00002)))
    sent = {"type": "Feature", "geometry": tiny, "properties": {}}
    before = admin.client.get(PLACE).json
    inside = sum(shape.within(middle.buffer(0.00002)) for shape in shapes)
    answer = admin.send("PUT", PLACE, json=sent, headers={"If-Match": "*"})
    assert answer.status_code == 409
    assert str(len(shapes) - inside) in answer.json["detail"]
    assert admin.client.get(PLACE).json == before
    above = admin.send("PUT", "/api/v1/regions/99.01", json=sent, headers={"If-Match": "*"})
    assert above.status_code == 409


def test_a_border_must_be_an_area(app):
    admin = signed_in(app, "admin")
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [107.7, -5.6]}, "properties": {}}
    answer = admin.send("PUT", PLACE, json=point, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/geometry/type")
    point["properties"] = {"kind": "kota"}
    fault = admin.send("PUT", PLACE, json=point, headers={"If-Match": "*"}).json["errors"][0]
    assert fault["pointer"] == "/properties/kind"


def shared_corner(one: dict[str, Any], other: dict[str, Any]) -> list[float]:
    """A corner that two regions have, not on the outside of either alone."""
    corners = [{tuple(p) for p in f["geometry"]["coordinates"][0][0]} for f in (one, other)]
    return list(min(corners[0] & corners[1]))


def test_neighbours_move_a_shared_corner_together_or_not_at_all(app, planner):
    admin = signed_in(app, "admin")
    rw = admin.client.get(f"/api/v1/regions?kind=rw&parent={HOME}&limit=1").json["features"][0]["id"]
    rt = admin.client.get(f"/api/v1/regions?kind=rt&parent={rw}&limit=1").json["features"][0]["id"]
    mine = admin.client.get(f"/api/v1/regions/{rt}").json
    beside = admin.client.get(f"/api/v1/regions/{rt}/neighbours").json["features"]
    assert rw in {f["id"] for f in beside} and rt not in {f["id"] for f in beside}
    other = next(
        f for f in beside
        if f["properties"]["kind"] == "rt" and len(set(map(tuple, f["geometry"]["coordinates"][0][0]))
        & set(map(tuple, mine["geometry"]["coordinates"][0][0]))) > 1
    )  # fmt: skip
    corner = shared_corner(mine, other)

    def moved(feature: dict[str, Any], version: int) -> dict[str, Any]:
        rings = [[[[x + 5e-7, y] if [x, y] == corner else [x, y] for x, y in ring] for ring in part]
                 for part in feature["geometry"]["coordinates"]]  # fmt: skip
        shape = {"type": "MultiPolygon", "coordinates": rings}
        return {
            "type": "Feature", "id": feature["id"], "version": version, "geometry": shape, "properties": {}
        }  # fmt: skip

    now = [(f, f["properties"]["version"]) for f in (mine, other)]
    stale = {"features": [moved(mine, now[0][1]), moved(other, now[1][1] + 7)]}
    assert admin.send("POST", "/api/v1/regions/redraw", json=stale).status_code == 412
    assert admin.client.get(f"/api/v1/regions/{rt}").json == mine, "nothing half-saved"
    sent = {"features": [moved(f, version) for f, version in now]}
    assert planner.send("POST", "/api/v1/regions/redraw", json=sent).status_code == 403
    done = admin.send("POST", "/api/v1/regions/redraw", json=sent)
    assert done.status_code == 200, done.text
    assert [f["properties"]["version"] for f in done.json["features"]] == [v + 1 for _, v in now]
    assert all(
        f["geometry"] == s["geometry"] for f, s in zip(done.json["features"], sent["features"], strict=True)
    )
