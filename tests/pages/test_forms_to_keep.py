"""What a device keeps for the hour without a network: empty forms, frames for saved things, nothing of families."""

from __future__ import annotations

import re

import pytest

from tests.pages.html import Page
from tests.web import HOME, Person
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import EDITABLE_STATES

PATH = f"/plan/{HOME}/panel/new/forms"


def kept(person: Person, lang: str = "id") -> str:
    answer = person.client.get(f"{PATH}?lang={lang}")
    assert answer.status_code == 200, answer.text[:300]
    assert Page(answer.text).faults == []
    return str(answer.text)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_type_and_kind_has_its_form_and_every_saved_thing_a_frame(planner: Person, lang: str) -> None:
    text = kept(planner, lang)
    paths = re.findall(r'<template data-path="([^"]+)"', text)
    assert len(paths) == len(set(paths))
    offered = {f"panel/new?{key}" for key, work in catalogue().work_types.items() if work.offered}
    kinds = {f"panel/assets/new?{key}" for key in catalogue().asset_kinds}
    frames = {
        "panel/proposals",
        "saved proposal",
        "panel/mapping",
        "panel/assets",
        "saved asset",
        "panel/slums",
    }
    rest = {"panel/new", "panel/assets/new", "panel/households/new", "saved household"}
    assert set(paths) == offered | kinds | frames | rest
    assert all(f'data-row="{state}"' in text for state in EDITABLE_STATES)


def test_nothing_in_it_depends_on_what_is_stored(planner: Person) -> None:
    text = kept(planner)
    found = planner.client.get(f"/api/v1/households?kelurahan={HOME}&limit=5").json["features"]
    assert found and not [one["id"] for one in found if one["id"] in text]
    assert not re.search(r"data-id=|data-version=", text)


def test_the_form_of_a_family_is_kept_only_where_families_may_be_seen(people: dict[str, Person]) -> None:
    for role in ("facilitator", "admin"):
        answer = people[role].client.get(PATH)
        if answer.status_code == 200:
            sees = people[role].client.get(f"/plan/{HOME}/panel/households/new").status_code == 200
            assert ('data-path="panel/households/new"' in answer.text) is sees, role
