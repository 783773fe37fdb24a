"""Small groups in the public slum forms of the sample city: none can be read, by nobody without a role there."""

from __future__ import annotations

from typing import Any

import pytest

from gis_core.slum import BASES
from tests.web import HOME, Person
from webgis.planning.mapping.slum_sums import PEOPLE

COUNTED = [code for code, base in BASES.items() if base in PEOPLE]


def forms(person: Person) -> list[dict[str, Any]]:
    areas = person.client.get(f"/api/v1/slum-areas?kelurahan={HOME}&limit=1000").json["features"]
    found = []
    for area in (one for one in areas if one["properties"]["level"] == "rt"):
        address = f"/api/v1/slum-areas/{area['id']}/assessments"
        listed = person.client.get(address).json["assessments"]
        single = person.client.get(f"{address}/{listed[-1]['year']}").json
        assert single == listed[-1]
        found += listed
    return found


def small(form: dict[str, Any]) -> list[str]:
    """Criteria whose numbers tell of a group of one to four."""
    told = []
    for code in COUNTED:
        volume, base = form["volumes"][code], form["bases"][code]
        rest = None if volume is None or base is None else base - volume
        if any(n is not None and 0 < n < 5 for n in (volume, base, rest)):
            told.append(code)
    return told


@pytest.fixture(scope="module")
def whole(planner: Person) -> list[dict[str, Any]]:
    return forms(planner)


def test_there_are_small_groups_to_hide(whole: list[dict[str, Any]]) -> None:
    assert sum(len(small(form)) for form in whole) > 10


def test_the_public_reads_none(whole: list[dict[str, Any]], visitor: Person) -> None:
    public = forms(visitor)
    assert [(form["year"], form["total"], form["scores"]) for form in public] == [
        (form["year"], form["total"], form["scores"]) for form in whole
    ]
    assert [small(form) for form in public if small(form)] == []


def test_the_history_of_a_form_is_for_those_with_a_role(visitor: Person, planner: Person) -> None:
    area = visitor.client.get(f"/api/v1/slum-areas?kelurahan={HOME}&limit=1").json["features"][0]
    year = visitor.client.get(f"/api/v1/slum-areas/{area['id']}/assessments").json["assessments"][-1]["year"]
    address = f"/api/v1/slum-areas/{area['id']}/assessments/{year}/history"
    assert visitor.client.get(address).status_code == 401
    assert planner.client.get(address).status_code == 200
