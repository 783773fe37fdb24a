"""The search box finds what has a name on the map: RT and RW however they are written, assets, roads and places."""

from __future__ import annotations

import json

import pytest

from tests.pages.html import Page
from tests.web import HOME, Person
from webgis.planning.finding import read_numbers


def found(person: Person, words: str, lang: str = "id", home: str = HOME) -> list[dict[str, str]]:
    answer = person.client.get("/panel/search", query_string={"q": words, "kelurahan": home, "lang": lang})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page.faults == []
    return [
        {**{name: str(value) for name, value in one.items()}, "said": " ".join(said.split())}
        for one, said in zip(page.all("li"), answer.text.split("<li ")[1:], strict=True)
        if "data-bbox" in one
    ]


@pytest.mark.parametrize("words", ["RT 01 RW 14", "RT01/RW14", "rt 1, rw 014", "Rt.1 Rw.14", "rt1rw14"])
def test_numbers_of_rt_and_rw_are_read_however_they_are_written(words: str) -> None:
    assert read_numbers(words) == ([], "-RW0*14-RT0*1$")


def test_other_words_stay() -> None:
    assert read_numbers("rw14") == ([], "-RW0*14$")
    assert read_numbers("RT 3 Dadap") == (["Dadap"], "-RT0*3$")
    assert read_numbers("Gang Mawar 3") == (["Gang", "Mawar", "3"], "")
    assert read_numbers("kurt 5") == (["kurt", "5"], "")


def test_an_rt_is_found_by_its_number_and_says_in_which_rw_it_lies(people: dict[str, Person]) -> None:
    [first, *_] = found(people["planner"], "RT 01")
    assert "RW" in first["said"]
    rt, rw = "RT 01", first["said"].split("RW ")[1][:2]
    exact = found(people["planner"], f"{rt.replace(' ', '')}/RW{rw}")
    assert len({one["said"] for one in exact}) == len(exact) > 0
    assert all(f"RW {rw}" in one["said"] for one in exact if "RT" in one["said"])
    assert json.loads(exact[0]["data-shape"])["type"].endswith("Polygon")


def test_things_with_a_name_are_found_in_the_language_of_the_reader(people: dict[str, Person]) -> None:
    for lang, said in (("id", "Aset"), ("en", "Asset")):
        assets = [one for one in found(people["public"], "saluran", lang) if said in one["said"]]
        assert assets, lang
        assert json.loads(assets[0]["data-shape"])["coordinates"]
    roads = [one for one in found(people["public"], "Jalan", "en") if "Road" in one["said"]]
    assert roads
    assert len(roads) == len({one["said"] for one in roads})


def test_every_word_stands_in_the_name_or_in_the_kind(people: dict[str, Person]) -> None:
    assets = (
        people["planner"].client.get(f"/api/v1/assets?kelurahan={HOME}&kind=drain&limit=50").json["features"]
    )
    name = next(str(one["properties"]["name"]) for one in assets if one["properties"]["name"])
    assert "drain" not in name.lower()
    for words in (name, f"drain {name}", f"{name} DRAIN"):
        hits = found(people["public"], words, "en")
        assert any(name in one["said"] for one in hits), words
    assert not [
        one for one in found(people["public"], f"street light {name}", "en") if "Asset" in one["said"]
    ]


def test_signs_of_patterns_are_letters_like_others(people: dict[str, Person]) -> None:
    for words in ("%%", "__", "a\\", "RT 01 (", "' or 1=1", "RW 1$|"):
        answer = people["public"].client.get("/panel/search", query_string={"q": words})
        assert answer.status_code == 200, words
    assert found(people["public"], "%%") == []
