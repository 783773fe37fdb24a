"""What a refusal says: the right reason, in the language of the reader, with numbers as people write them."""

from __future__ import annotations

import re

import pytest

from tests.web import HOME, Person, signed_in, work

ALL = "/api/v1/proposals"
NEXT_DOOR = "99.01.02.1001"


def refused(person: Person, document: dict, lang: str = "id", path: str = ALL) -> str:
    """The words of a refusal of a document."""
    answer = person.send("POST", f"{path}?lang={lang}", json=document)
    assert 400 <= answer.status_code < 500, answer.text
    return " ".join([answer.json["detail"], *(fault["message"] for fault in answer.json["errors"])])


def test_who_changed_it_is_told_and_ones_own_other_window_is_told_apart(app, planner):
    place = planner.send("POST", ALL, json=work(planner)).headers["Location"]
    document = work(planner)
    assert planner.send("PUT", place, json=document, headers={"If-Match": '"1"'}).status_code == 200
    told = planner.send("PUT", place, json=document, headers={"If-Match": '"1"'}).json
    assert told["detail"].startswith("Anda sendiri sudah mengubahnya di jendela lain pukul ")
    assert told["type"] == "/problems/stale-version"
    assert told["title"] == "Sudah berubah"
    assert told["changed"]["own"] is True
    english = planner.send("PUT", place + "?lang=en", json=document, headers={"If-Match": '"1"'}).json
    assert re.match(r"You changed it yourself in another window at \d\d:\d\d WIB", english["detail"])
    other = signed_in(app, "admin").send("PUT", place, json=document, headers={"If-Match": '"1"'}).json
    assert other["changed"]["own"] is False
    name = other["changed"]["by"]
    assert name and re.match(re.escape(name) + r" sudah mengubahnya pukul \d\d\.\d\d WIB", other["detail"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*", other["changed"]["at"])


@pytest.mark.parametrize(
    "header", ["garbage", "1", '"1', "W/1", '"1" "2"', '"1";', "'1'", 'w/"1"', "", '*, "1"']
)
def test_an_if_match_that_is_none_is_400_in_words(planner, header):
    place = planner.send("POST", ALL, json=work(planner)).headers["Location"]
    for method, more in (("PUT", {"json": work(planner)}), ("DELETE", {})):
        answer = planner.send(method, place, headers={"If-Match": header}, **more)
        assert answer.status_code == 400, header
        assert answer.json["type"] == "/problems/bad-if-match"
        assert "If-Match" in answer.json["detail"]
    moved = planner.send(
        "POST", place + "/transitions", json={"action": "submit"}, headers={"If-Match": header}
    )
    assert moved.status_code == 400, header


def test_weak_tags_never_match_and_a_list_may_name_the_version(planner):
    place = planner.send("POST", ALL, json=work(planner)).headers["Location"]
    for header in ('W/"1"', 'W/"1", "7"', '"a,b"'):
        answer = planner.send("PUT", place, json=work(planner), headers={"If-Match": header})
        assert answer.status_code == 412, header
    for header in ('"a,b", "1"', ' , W/"2" ,"2",'):
        answer = planner.send("PUT", place, json=work(planner), headers={"If-Match": header})
        assert answer.status_code == 200, header


def test_numbers_in_sentences_are_written_as_in_the_language(planner):
    document = work(planner)
    document["properties"] |= {"cost": 10**13, "volume": 10**8, "description": "x" * 5000}
    told = refused(planner, document)
    assert "1.000.000.000.000" in told and "1.000.000." in told and "4.000" in told and "5.000" in told
    told = refused(planner, document, "en")
    assert "1,000,000,000,000" in told and "4,000" in told
    document = work(planner)
    document["properties"] |= {"cost": 2_000_000, "funding": {"blm": 3_500_000}}
    assert "Rp 3.500.000 melebihi biaya Rp 2.000.000" in refused(planner, document)


def test_where_an_outline_crosses_itself_has_decimal_commas_in_indonesian(planner):
    document = work(planner)
    x, y = document["geometry"]["coordinates"][0]
    ring = [[x, y], [x + 0.001, y + 0.001], [x + 0.001, y], [x, y + 0.001], [x, y]]
    document["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    document["properties"]["work_type"] = "green_space"
    assert re.search(r"bujur 107,\d+, lintang −5,\d+", refused(planner, document))
    assert re.search(r"longitude 107\.\d+, latitude −5\.\d+", refused(planner, document, "en"))


def test_long_ways_outside_are_told_in_kilometres(planner):
    document = work(planner)
    start = document["geometry"]["coordinates"][0]
    document["geometry"] = {"type": "LineString", "coordinates": [start, [start[0] - 0.2, start[1]]]}
    assert re.search(r"\b\d+,\d km dari bentuk ini di luar kelurahan [A-Z]", refused(planner, document))
    assert re.search(r"\b\d+\.\d km of this shape lies outside", refused(planner, document, "en"))


def test_who_may_not_is_told_the_name_of_the_region_not_its_code(app, planner):
    names = {
        code: planner.client.get(f"/api/v1/regions/{code}").json["properties"]["name"]
        for code in (HOME, NEXT_DOOR)
    }
    told = refused(planner, work(planner, NEXT_DOOR))
    assert names[NEXT_DOOR] in told and NEXT_DOOR not in told
    page = planner.client.get(f"/plan/{NEXT_DOOR}")
    assert page.status_code == 403
    assert f"Ruang kerja {names[NEXT_DOOR]} hanya untuk" in page.text
    fragment = planner.send("POST", f"/plan/{HOME}/panel/preview", json=work(planner, NEXT_DOOR))
    assert names[NEXT_DOOR] in fragment.text and NEXT_DOOR not in fragment.text
    nowhere = planner.send("POST", "/api/v1/rankings", json={"kelurahan": "12.34"})
    assert "12.34" in nowhere.json["detail"], "a region that is not on record keeps its code"


@pytest.mark.parametrize(
    ("body", "indonesian", "english"),
    [
        ("{", "nama anggota", "member name"), ('{"a" 1}', "titik dua", "colon"), ('{"a": 1 "b": 2}', "koma", "comma"),
        ('{"a": }', "nilai", "value"), ('{"a": "x', "tanda kutip", "quote"), ("{} {}", "sesudah", "after"),
        ('{"a": "\\q"}', "garis miring", "backslash"), ('{"a": "\t"}', "tab", "tab"), ("", "nilai", "value"),
        ('{"a": "\\uZZZZ"}', "garis miring", "backslash"), ('{"a": 1,}', "nama anggota", "member name"),
    ],
)  # fmt: skip
def test_json_that_cannot_be_read_is_told_in_the_language(planner, body, indonesian, english):
    def said(lang: str) -> str:
        answer = planner.send("POST", f"{ALL}?lang={lang}", data=body, content_type="application/json")
        assert answer.status_code == 400
        return str(answer.json["detail"])

    assert indonesian in said("id")
    assert english in said("en")
    assert not re.search(r"Expecting|Unterminated|Invalid|Extra|Illegal", said("id") + said("en"))


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_has_its_own_word(planner, word):
    answer = planner.send("POST", ALL + "?lang=id", data=f'{{"a": {word}}}', content_type="application/json")
    assert answer.json["type"] == "/problems/not-a-number"
    assert f"{word} bukan angka" in answer.json["detail"]
    large = planner.send("POST", ALL, data='{"a": 1e999}', content_type="application/json")
    assert large.json["type"] == "/problems/number-too-large"


def test_an_unknown_work_type_names_near_ones_or_where_the_catalogue_is(planner):
    document = work(planner)
    document["properties"]["work_type"] = "drain_nwe"
    assert "Mungkin: drain_new" in refused(planner, document)
    document["properties"]["work_type"] = "zzzzzz"
    told = refused(planner, document)
    assert "Mungkin" not in told and "/api/v1/catalogue" in told
    assert "drain" not in told


def test_who_sees_the_workspace_may_look_at_what_a_change_would_do(app, planner):
    for role in ("facilitator", "reviewer", "city"):
        answer = signed_in(app, role).send("POST", ALL + "/preview", json=work(planner))
        assert answer.status_code == 200, (role, answer.text)
        assert answer.json["cost"] > 0
        assert (answer.json["score"] is not None) == (role == "facilitator"), "others could find single homes"
    partner = refused(signed_in(app, "partner"), work(planner), path=ALL + "/preview")
    assert "Ruang kerja" in partner and "perencana BKM" not in partner
    next_door = refused(planner, work(planner, NEXT_DOOR), path=ALL + "/preview")
    assert "Ruang kerja" in next_door


@pytest.mark.parametrize(
    "coordinates", [[[788_000.0, 9_230_000.0], [788_100.0, 9_230_000.0]], [[-6.9, 107.6], [-6.9, 107.7]]]
)
def test_a_geometry_in_metres_or_turned_round_is_named(planner, coordinates):
    document = work(planner)
    document["geometry"] = {"type": "LineString", "coordinates": coordinates}
    answer = planner.send("POST", f"{ALL}?lang=en", json=document)
    (fault,) = answer.json["errors"]
    assert (answer.status_code, fault["pointer"]) == (422, "/geometry/coordinates"), answer.text
    assert "in degrees (WGS 84), not metres" in fault["message"]
