"""The pages of city programmes: a list for everybody, and a form that works without scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web import HOME, Person, found, work

FORM = {
    "title": "Trotoar Jalan Melati", "kind": "road", "year": "2027", "budget": "Rp 1.250.000.000", "office": "Dinas PU",
    "public": "true", "source": "RKPD 2027", "source_on": "2026-03-05",
}  # fmt: skip


def sent(person: Person, **said: str) -> Any:
    form = {**FORM, "geometry": json.dumps(work(person)["geometry"]), **said}
    return person.client.post("/program-kota", data={"csrf_token": person.token, **form})


def recorded(person: Person, **said: str) -> str:
    answer = sent(person, **said)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


@pytest.mark.parametrize(("lang", "says"), [("id", "Program kota"), ("en", "City programmes")])
def test_everybody_reads_the_programmes_by_year(reviewer, visitor, lang, says):
    place = recorded(reviewer, title=f"Trotoar {lang}")
    page = visitor.client.get(f"/program-kota?kelurahan={HOME}&year=2027&lang={lang}").text
    assert f"<h1>{says}</h1>" in page and f"Trotoar {lang}" in page and place in page
    assert "/program-kota/baru" not in page
    one = visitor.client.get(f"{place}?lang={lang}").text
    assert "RKPD 2027" in one and "2026" in one and 'class="sketch"' in one
    assert "/ubah" not in one


def test_the_form_writes_what_it_says_and_changes_it(reviewer):
    place = recorded(reviewer)
    form = reviewer.client.get(f"{place}/ubah?lang=id").text
    assert 'value="1.250.000.000"' in form and "LineString" in form
    version = found(r'name="version" value="(\d+)"', form)
    change = {**FORM, "budget": "", "geometry": json.dumps(work(reviewer)["geometry"]), "version": version}
    assert reviewer.client.post(place, data={"csrf_token": reviewer.token, **change}).status_code == 303
    page = reviewer.client.get(f"{place}?lang=en").text
    assert "not known yet" in page and found(r"<del>Rp\s1,250,000,000</del>", page), (
        "history says what it was"
    )
    again = reviewer.client.post(place, data={"csrf_token": reviewer.token, **change})
    assert again.status_code == 412 and FORM["title"] in again.text
    gone = {"csrf_token": reviewer.token, "version": "2"}
    assert reviewer.client.post(f"{place}/hapus", data=gone).status_code == 303
    assert reviewer.client.get(place).status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"geometry": "bukan JSON"}, "geometry"), ({"year": "dua ribu"}, "year"),
        ({"source_on": "kemarin"}, "source_on"), ({"budget": "banyak"}, "budget"), ({"title": ""}, "title"),
    ],
)  # fmt: skip
def test_what_is_refused_comes_back_at_its_field_with_all_that_was_typed(reviewer, said, field):
    answer = sent(reviewer, **said)
    assert answer.status_code == 422
    assert found(rf'data-error-for="{field}"[^>]*>([^<]+)<', answer.text)
    assert f'value="{FORM["office"]}"' in answer.text


def test_a_feature_pasted_whole_is_taken(reviewer):
    feature = {"type": "Feature", "properties": {}, "geometry": work(reviewer)["geometry"]}
    for given in (feature, {"type": "FeatureCollection", "features": [feature]}):
        assert recorded(reviewer, geometry=json.dumps(given))
