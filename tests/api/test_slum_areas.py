"""Slum areas and their forms by the contract: volumes and bases go in, scores only come out."""

from __future__ import annotations

import math
from typing import Any

import mapbox_vector_tile
import pytest
from shapely.geometry import shape

from gis_core import slum
from tests.web import HOME, Person, signed_in

ALL = "/api/v1/slum-areas"
BASES = {
    "area_verified_ha": 2.0, "buildings": 100, "persons": 400, "households": 90, "road_ideal_m": 500.0,
    "drain_ideal_m": 400.0,
}  # fmt: skip


def square(person: Person) -> dict[str, Any]:
    """A small square in the middle of some RT of the kelurahan."""
    area = person.client.get(f"{ALL}?kelurahan={HOME}&limit=1").json["features"][0]
    ring = person.client.get(f"{ALL}/{area['id']}").json["geometry"]["coordinates"][0][0]
    x, y = (sum(axis) / len(ring) for axis in zip(*ring, strict=True))
    d = 0.0002
    return {"type": "Polygon", "coordinates": [[[x, y], [x + d, y], [x + d, y + d], [x, y + d], [x, y]]]}


def area(person: Person, code: str = "kawasan-uji", **said: Any) -> dict[str, Any]:
    properties = {"code": code, "name": "Kawasan uji", "level": "kawasan", **said}
    return {"type": "Feature", "geometry": square(person), "properties": properties}


def mapped(person: Person, code: str) -> str:
    answer = person.send("POST", ALL, json=area(person, code))
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def form(**changes: Any) -> dict[str, Any]:
    return {"volumes": dict.fromkeys(slum.CRITERIA, 1.0), "bases": dict(BASES), **changes}


def test_an_area_is_mapped_changed_and_deleted_by_version(planner, visitor):
    place = mapped(planner, "kawasan-a")
    read = visitor.client.get(place).json
    assert read["geometry"]["type"] == "MultiPolygon"
    assert (read["properties"]["kelurahan"], read["properties"]["grade"]) == (HOME, None)
    listed = visitor.client.get(f"{ALL}?kelurahan={HOME}&limit=1000").json
    assert listed["features"][-1]["properties"]["code"] == "kawasan-a"
    assert listed["numberMatched"] == len(listed["features"])
    changed = area(planner, "kawasan-a", name="Kawasan Kali")
    assert planner.send("PUT", place, json=changed).status_code == 428
    done = planner.send("PUT", place, json=changed, headers={"If-Match": '"1"'})
    assert (done.status_code, done.json["properties"]["name"]) == (200, "Kawasan Kali"), done.text
    stale = planner.send("PUT", place, json=changed, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json["current"]["properties"]["name"]) == (412, "Kawasan Kali")
    assert [c["version"] for c in visitor.client.get(place + "/history").json["history"]] == [1, 2]
    assert planner.send("DELETE", place, headers={"If-Match": '"2"'}).status_code == 204
    assert visitor.client.get(place).status_code == 404
    assert visitor.client.get(place + "/history").status_code == 404
    assert planner.client.get(place + "/history").json["history"][-1]["action"] == "delete"


def test_a_deleted_area_comes_back_with_the_forms_that_went_with_it(planner, app):
    place = mapped(planner, "kawasan-pulih")
    for year in (2024, 2025):
        assert planner.send("PUT", f"{place}/assessments/{year}", json=form()).status_code == 201
    gone = planner.send("DELETE", f"{place}/assessments/2024", headers={"If-Match": "*"})
    assert gone.status_code == 204
    assert planner.send("POST", f"{place}/restore").status_code == 404, "it is still there"
    why = {"reason": "Sudah tertata: SK 12/2026"}
    assert planner.send("DELETE", place, headers={"If-Match": "*"}, query_string=why).status_code == 204
    last = planner.client.get(place + "/history?lang=en").json["history"][-1]
    assert (last["action"], last["reason"]) == ("delete", "slum area deleted: Sudah tertata: SK 12/2026")
    assert signed_in(app, "city").send("POST", f"{place}/restore").status_code == 403
    back = planner.send("POST", f"{place}/restore")
    assert (back.status_code, back.json["properties"]["version"]) == (200, 2), back.text
    years = [one["year"] for one in planner.client.get(f"{place}/assessments").json["assessments"]]
    assert years == [2025], "the form that somebody deleted before stays deleted"
    assert planner.send("DELETE", place, headers={"If-Match": "*"}).status_code == 204
    mapped(planner, "kawasan-pulih")
    taken = planner.send("POST", f"{place}/restore?lang=en")
    assert taken.status_code == 409 and "kawasan-pulih" in taken.json["detail"]


def test_a_kawasan_is_made_of_its_rt_and_stands_in_the_tiles(planner):
    listed = planner.client.get(f"{ALL}?kelurahan={HOME}&limit=1000").json["features"]
    chosen = [f["properties"]["code"] for f in listed if f["properties"]["level"] == "rt"][:3]
    shapes = [shape(planner.client.get(f"{ALL}/{code}").json["geometry"]) for code in chosen]
    address = f"/plan/{HOME}/panel/areas/outline"
    outline = planner.send("POST", address, json={"codes": chosen}).json
    assert outline["type"] == "MultiPolygon"
    assert shape(outline).area == pytest.approx(sum(one.area for one in shapes), rel=1e-6)
    beside = planner.client.get(f"{ALL}?kelurahan=99.01.02.1001&limit=1").json["features"][0]["properties"][
        "code"
    ]
    for codes in ([], [beside]):
        refused = planner.send("POST", address, json={"codes": codes})
        assert refused.status_code == 422, "none of them is an RT of this kelurahan"
    document = area(planner, "kawasan-rt") | {"geometry": outline}
    assert planner.send("POST", ALL, json=document).status_code == 201
    inside = shapes[0].representative_point()
    n = 1 << 16
    y = (1 - math.asinh(math.tan(math.radians(inside.y))) / math.pi) / 2 * n
    tile = planner.client.get(f"/tiles/slum-areas/16/{int((inside.x + 180) / 360 * n)}/{int(y)}.mvt").data
    held = [f["properties"] for f in mapbox_vector_tile.decode(tile)["slum-areas"]["features"]]
    assert {"kawasan-rt", chosen[0]} <= {one["code"] for one in held}
    assert {one["level"] for one in held} == {"rt", "kawasan"}


def test_who_may_map_areas_and_forms(planner, visitor, app):
    place = mapped(planner, "kawasan-b")
    for person, status in ((visitor, 401), (signed_in(app, "city"), 403)):
        assert person.send("POST", ALL, json=area(planner, "x")).status_code == status
        assert person.send("PUT", f"{place}/assessments/2025", json=form()).status_code == status
        assert person.send("DELETE", place, headers={"If-Match": "*"}).status_code == status
    other = planner.client.get(f"{ALL}?kelurahan=99.01.02.1001&limit=1").json["features"][0]["id"]
    assert planner.send("PUT", f"{ALL}/{other}/assessments/2025", json=form()).status_code == 403


def test_codes_are_taken_once_fixed_and_tied_to_the_tree(planner):
    place = mapped(planner, "kawasan-c")

    def fault(document: dict[str, Any], method: str = "POST", to: str = ALL) -> tuple[str, str]:
        answer = planner.send(method, to, json=document, headers={"If-Match": "*"})
        assert answer.status_code == 422, answer.text
        return answer.json["errors"][0]["pointer"], answer.json["type"]

    assert fault(area(planner, "kawasan-c")) == ("/properties/code", "/problems/code-taken")
    assert fault(area(planner, "other"), "PUT", place) == ("/properties/code", "/problems/code-fixed")
    assert fault(area(planner, "no such rt", level="rt"))[0] == "/properties/code"
    assert fault(area(planner, "99.01.01.1001-RW099-RT099", level="rt"))[1] == "/problems/no-rt"
    assert fault(area(planner, "99.01.02.1001-RW011-RT001", level="rt"))[1] == "/problems/rt-elsewhere"
    nowhere = area(planner, "kawasan-d") | {"geometry": None}
    assert fault(nowhere) == ("/properties/kelurahan", "/problems/area-homeless")
    nowhere["properties"]["kelurahan"] = HOME
    assert planner.send("POST", ALL, json=nowhere).status_code == 201


def test_a_form_is_computed_from_volumes_and_bases_and_read_back(planner, visitor):
    address = mapped(planner, "kawasan-e") + "/assessments/2025"
    sent = form(source="Baseline 2025", surveyed_on="2025-06-30")
    sent["volumes"]["7b"] = 100.0
    made = planner.send("PUT", address, json=sent)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"'), made.text
    read = planner.client.get(address)
    assert (read.json, read.headers["ETag"]) == (made.json, '"1"')
    assert read.json["volumes"] == sent["volumes"] and read.json["quantities"] == sent["bases"]
    assert read.json["scores"]["7b"] == 5 and read.json["total"] == sum(read.json["scores"].values())
    assert (read.json["source"], read.json["surveyed_on"]) == ("Baseline 2025", "2025-06-30")
    again = {name: read.json[name] for name in ("volumes", "bases", "source")}
    again["volumes"]["7b"] = 0.0
    assert planner.send("PUT", address, json=again).status_code == 428
    done = planner.send("PUT", address, json=again, headers={"If-Match": '"1"'})
    assert (done.status_code, done.json["scores"]["7b"], done.json["version"]) == (200, 0, 2), done.text
    stale = planner.send("PUT", address, json=again, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json["current"]["version"]) == (412, 2)
    assert [c["version"] for c in planner.client.get(address + "/history").json["history"]] == [1, 2]
    assert planner.send("DELETE", address, headers={"If-Match": '"2"'}).status_code == 204
    assert visitor.client.get(address).status_code == 404
    assert planner.send("PUT", address, json=again, headers={"If-Match": '"2"'}).status_code == 404


def test_a_posted_form_is_made_once(planner):
    place = mapped(planner, "kawasan-f") + "/assessments"
    sent, key = form(year=2024), {"Idempotency-Key": "formulir"}
    first, second = (planner.send("POST", place, json=sent, headers=key) for _ in range(2))
    assert first.status_code == second.status_code == 201 and first.json == second.json
    assert first.headers["Location"].endswith("/assessments/2024")
    assert first.json["surveyed_on"] is None  # nobody said when, and 2024 is not today
    assert planner.send("POST", place, json=sent).status_code == 409


@pytest.mark.parametrize("name", ["scores", "shares", "total", "grade", "mean", "aspects", "doubts"])
def test_scores_are_computed_never_accepted(planner, name):
    address = f"{ALL}/{HOME}-nothing/assessments/2025"
    words = {"id": "dihitung dari volume", "en": "computed from volumes"}
    for lang, said in words.items():
        answer = planner.send("PUT", f"{address}?lang={lang}", json=form(**{name: None}))
        assert answer.status_code == 422
        assert answer.json["errors"][0]["pointer"] == f"/{name}"
        assert said in answer.json["errors"][0]["message"]


def test_considerations_and_legality_decide_the_class_never_the_grade(planner, visitor):
    address = mapped(planner, "kawasan-k") + "/assessments/2025"
    sent = form(volumes={**dict.fromkeys(slum.CRITERIA, 0.0), "1a": 80.0, "3a": 80.0, "5a": 80.0, "7a": 90.0})
    bare = planner.send("PUT", address, json=sent).json
    assert (bare["grade"], bare["total"]) == ("light", 20)
    assert bare["treatment"]["classification"] is None and bare["treatment"]["order"] is None
    assert set(bare["treatment"]["missing"]) == {
        "strategic_location", "population_density", "socio_economic_culture", "tenure_clear", "zoning_conform"
    }  # fmt: skip
    points = {"strategic_location": 5, "population_density": 3, "socio_economic_culture": 5}
    sent |= {"considerations": points, "legality": {"tenure_clear": True, "zoning_conform": True}}
    done = planner.send("PUT", address, json=sent, headers={"If-Match": '"1"'}).json
    assert (done["grade"], done["total"]) == (bare["grade"], bare["total"])
    assert done["treatment"] == {
        "points": 13, "level": "high", "legal": True, "order": 3, "classification": "C1", "pattern": "upgrading",
        "missing": [],
    }  # fmt: skip
    sent["legality"] = {"tenure_clear": False, "zoning_conform": None}
    done = planner.send("PUT", address, json=sent, headers={"If-Match": '"2"'}).json
    assert done["treatment"]["legal"] is False, "one sign against it is enough"
    assert (done["treatment"]["classification"], done["treatment"]["pattern"]) == ("C2", "resettlement")
    listed = visitor.client.get(f"{ALL}?kelurahan={HOME}&limit=1000").json["features"]
    mine = next(f["properties"] for f in listed if f["properties"]["code"] == "kawasan-k")
    assert (mine["order"], mine["classification"]) == (3, "C2")
    assert "considerations" in planner.client.get(address + "/history").json["history"][1]["changed"]


def test_an_area_is_out_by_the_exit_rule_only_if_all_is_known(planner):
    address = mapped(planner, "kawasan-l") + "/assessments/2025"
    known = form(volumes=dict.fromkeys(slum.CRITERIA, 0.0))
    done = planner.send("PUT", address, json=known).json
    assert (done["out"], done["exit_rule"], done["grade"]) == (True, "exit_2018", "none")
    known["volumes"] |= dict.fromkeys(("1a", "3a", "5a", "7a"), None)
    done = planner.send("PUT", address, json=known, headers={"If-Match": '"1"'}).json
    assert (done["grade"], done["out"]) == ("none", False), "four unknown criteria could be 20 points"


def test_what_is_odd_is_kept_with_the_importers_doubts(planner):
    sent = form(doubt_reasons={"1a": "Rumah petak dihitung satu per satu", "3a": "Koreksi tahun lalu"})
    sent["volumes"] |= {"1a": 120.0, "2a": 300.0, "2b": 300.0, "3a": -5.0, "4b": 10.0, "1b": 2.0}
    sent["bases"] |= {"drain_ideal_m": 0}
    sent["volumes"]["4c"] = None
    answer = planner.send("PUT", mapped(planner, "kawasan-g") + "/assessments/2025", json=sent)
    assert answer.status_code == 201, answer.text
    assert answer.json["doubts"] == [
        {
            "criterion": "1a",
            "code": "share_above_one",
            "value": "1.2",
            "reason": "Rumah petak dihitung satu per satu",
        },
        {"criterion": "2b", "code": "road_overfull"},
        {"criterion": "3a", "code": "share_negative", "value": "-0.05556", "reason": "Koreksi tahun lalu"},
        {"criterion": "4b", "code": "base_missing"},
    ]
    assert answer.json["shares"]["4b"] is None
    assert answer.json["volumes"]["1a"] == 120.0


def test_a_volume_far_above_its_base_is_refused_without_a_reason(planner):
    address = mapped(planner, "kawasan-m") + "/assessments/2025"
    sent = form()
    sent["volumes"] |= {"1a": 1000.0, "3a": -5.0}
    refused = planner.send("PUT", address, json=sent, headers={"Accept-Language": "en"})
    assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    said = {fault["pointer"]: fault["message"] for fault in refused.json["errors"]}
    assert list(said) == ["/doubt_reasons/1a", "/doubt_reasons/3a"]
    assert "1,000% of its base" in said["/doubt_reasons/1a"] and "say why" in said["/doubt_reasons/3a"]
    assert planner.client.get(address).status_code == 404, "nothing is half saved"
    sent["doubt_reasons"] = {"1a": "  ", "3a": "Koreksi"}
    pointers = [fault["pointer"] for fault in planner.send("PUT", address, json=sent).json["errors"]]
    assert pointers == ["/doubt_reasons/1a"]


def test_the_reason_stays_with_the_value_it_was_given_for(planner, visitor):
    address = mapped(planner, "kawasan-n") + "/assessments/2025"
    sent = form(doubt_reasons={"2a": "Jalan setapak dihitung", "1a": "tidak perlu"})
    sent["volumes"] |= {"2a": 600.0}
    assert planner.send("PUT", address, json=sent).status_code == 201
    del sent["doubt_reasons"]
    sent["volumes"]["2b"] = 3.0
    again = planner.send("PUT", address, json=sent, headers={"If-Match": '"1"'})
    assert again.status_code == 200, again.text
    kept = {one["criterion"]: one.get("reason") for one in again.json["doubts"]}
    assert kept["2a"] == "Jalan setapak dihitung"
    told = visitor.client.get(address).json["doubts"]
    assert "2a" in {one["criterion"] for one in told}
    assert not any("reason" in one for one in told), "own words may name somebody"
    for volume, version in ((400.0, 2), (600.0, 3)):
        sent["volumes"]["2a"] = volume
        step = planner.send("PUT", address, json=sent, headers={"If-Match": f'"{version}"'})
        assert step.status_code == 200, "a step back asks nobody again"
    assert {one["criterion"]: one.get("reason") for one in step.json["doubts"]}["2a"] == kept["2a"]
    sent["volumes"]["2a"] = 650.0
    assert planner.send("PUT", address, json=sent, headers={"If-Match": '"4"'}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"doubt_reasons": {"9z": "x"}}, "/doubt_reasons/9z"),
        ({"doubt_reasons": {"1a": "x" * 301}}, "/doubt_reasons/1a"),
        ({"volumes": {"9z": 1.0}}, "/volumes/9z"), ({"volumes": {"1a": 1e12}}, "/volumes/1a"),
        ({"volumes": {"1a": "many"}}, "/volumes/1a"), ({"volumes": {}}, "/volumes"),
        ({"volumes": {"1a": None}}, "/volumes"), ({"bases": {"buildings": -1}}, "/bases/buildings"),
        ({"bases": {"trees": 5}}, "/bases/trees"), ({"bases": {"1a": 5, "buildings": 6}}, "/bases/buildings"),
        ({"bases": {"persons": True}}, "/bases/persons"), ({"surveyed_on": "2999-01-01"}, "/surveyed_on"),
        ({"rule_set": "mine"}, "/rule_set"), ({"considerations": {"beauty": 5}}, "/considerations/beauty"),
        ({"considerations": {"strategic_location": 3}}, "/considerations/strategic_location"),
        ({"legality": {"tenure_clear": "maybe"}}, "/legality/tenure_clear"), ({"out": True}, "/out"),
    ],
)  # fmt: skip
def test_what_is_impossible_is_refused_by_its_place(planner, changes, pointer):
    answer = planner.send("PUT", f"{ALL}/none/assessments/2025", json=form(**changes))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer), answer.text


def test_a_year_that_no_form_has_is_refused(planner):
    place = mapped(planner, "kawasan-h")
    assert planner.send("PUT", f"{place}/assessments/1999", json=form()).status_code == 422
    assert planner.client.get(f"{place}/assessments/2025").status_code == 404


def test_a_form_changes_the_ranking(planner):
    def ranked() -> tuple[int, list[float]]:
        run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
        return run["data_versions"]["slum-areas"], [row["score"] for row in run["ranking"]]

    code = planner.client.get(f"{ALL}?kelurahan={HOME}&limit=1").json["features"][0]["properties"]["code"]
    forms = planner.client.get(f"{ALL}/{code}/assessments").json["assessments"]
    version, before = ranked()
    sent = {
        "year": forms[-1]["year"] + 1,
        "volumes": dict.fromkeys(slum.CRITERIA, 0.0),
        "bases": forms[-1]["bases"],
    }
    answer = planner.send("POST", f"{ALL}/{code}/assessments", json=sent)
    assert answer.status_code == 201, answer.text
    later, after = ranked()
    assert later > version and after != before
