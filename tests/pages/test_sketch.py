"""The small drawings of places stand on ground of our own layers, and say nothing of families.

They know nothing about how a drawing looks.
"""

from __future__ import annotations

import re

import pytest

from tests.web import HOME, Person


@pytest.fixture(scope="module")
def line(people: dict[str, Person]) -> dict[str, object]:
    """A stored proposal that is a line in an RW."""
    url = f"/api/v1/proposals?kelurahan={HOME}&state=funded,approved,completed&limit=100"
    found = people["public"].client.get(url).json["features"]
    return next(f for f in found if f["geometry"]["type"] == "LineString" and f["properties"]["rw"])


def paths(page: str) -> dict[str, str]:
    return dict(re.findall(r'<path class="sketch-(\w+)" d="([^"]+)"', page))


def test_the_page_of_a_proposal_shows_it_among_streets_and_houses(
    people: dict[str, Person], line: dict[str, object]
) -> None:
    page = people["public"].client.get(f"/usulan/{line['id']}").text
    drawn = paths(page)
    assert {"ground", "houses", "streets", "borders", "line"} <= set(drawn)
    assert drawn["houses"].count("Z") > 20, "single houses"
    assert "Z" not in drawn["streets"], "streets are lines"
    corners = [float(n) for name in ("houses", "streets") for n in re.findall(r"-?\d+\.?\d*", drawn[name])]
    assert min(corners) >= -2 and max(corners) <= 322, "cut at the edge of the drawing"
    assert len(page) < 200_000


def test_a_whole_kelurahan_is_drawn_without_single_houses(people: dict[str, Person]) -> None:
    found = people["public"].client.get(f"/api/v1/assets?kelurahan={HOME}&limit=1").json["features"]
    drawn = paths(people["public"].client.get(f"/prasarana/{found[0]['id']}").text)
    assert "streets" in drawn and "houses" not in drawn
