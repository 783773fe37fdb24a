"""Pages that are shared: readable without scripts, with a preview picture, a QR code, and nothing about people."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from PIL import Image

from tests.web import HOME, Person


def metas(page: str) -> dict[str, str]:
    """Open Graph properties of a page."""
    return {
        name: unescape(value)
        for name, value in re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page)
    }


@pytest.fixture(scope="module")
def proposal(people: dict[str, Person]) -> dict[str, Any]:
    found = people["public"].client.get(f"/api/v1/proposals?kelurahan={HOME}&state=completed&limit=1").json
    first: dict[str, Any] = found["features"][0]["properties"]
    return first


def test_a_shared_proposal_has_a_picture_and_a_code(people, proposal):
    visitor = people["public"].client
    page = visitor.get(f"/usulan/{proposal['id']}?lang=id")
    told = metas(page.text)
    assert told["title"] == proposal["title"]
    assert told["url"] == f"http://localhost/usulan/{proposal['id']}"
    picture = visitor.get(told["image"].removeprefix("http://localhost"))
    assert picture.mimetype == "image/png"
    drawn = Image.open(io.BytesIO(picture.data))
    assert drawn.size == (1200, 630)
    small = drawn.convert("RGB").crop((0, 0, 1200, 430)).resize((240, 86), Image.Resampling.NEAREST).tobytes()
    colours = {(small[i], small[i + 1], small[i + 2]) for i in range(0, len(small), 3)}
    assert any(r < 60 and 80 < g < 130 and b > 70 for r, g, b in colours), "the work itself"
    assert len(colours) > 3
    again = visitor.get(picture.request.full_path, headers={"If-None-Match": picture.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    code = visitor.get(f"/usulan/{proposal['id']}/qr.svg")
    assert (code.mimetype, code.data.startswith(b"<svg")) == ("image/svg+xml", True)
    assert f'value="http://localhost/usulan/{proposal["id"]}"' in page.text


def test_the_page_of_a_kelurahan_reads_without_scripts(people):
    visitor = people["public"].client
    page = visitor.get(f"/kelurahan/{HOME}?lang=id").text
    listed = visitor.get(f"/api/v1/proposals?kelurahan={HOME}&limit=500").json
    for feature in listed["features"]:
        assert f"/usulan/{feature['id']}" in page
    assert "Kegiatan menurut status" in page
    assert re.search(r"\d+,\d ha · \d+ RT", page)
    told = metas(page)
    assert visitor.get(told["image"].removeprefix("http://localhost")).mimetype == "image/png"
    assert visitor.get("/kelurahan/99.01").status_code == 404
    assert visitor.get("/kelurahan/xx").status_code == 404


@pytest.mark.parametrize("lang", ["id", "en"])
def test_pages_that_are_shared_name_no_household(people, proposal, lang):
    for address in (f"/kelurahan/{HOME}", f"/usulan/{proposal['id']}"):
        page = people["public"].client.get(f"{address}?lang={lang}").text
        assert not re.search(r"\b\d+ (KK|households?)\b", page)


def test_a_title_is_never_markup_in_what_is_shared(app, people, proposal):
    from flask import render_template_string

    with app.test_request_context():
        made = render_template_string(
            '{% with title = t, about = t, address = "a", picture_address = "b" %}'
            '{% include "parts/shared.html" %}{% endwith %}',
            t='"><script>alert(1)</script>',
        )
    assert "<script>" not in made
