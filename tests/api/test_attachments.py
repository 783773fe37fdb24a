"""Photos and papers: what a camera wrote is gone, what acts is refused, and who may see what."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests import files
from tests.web import HOME, Person, signed_in, work

ALL = "/api/v1/proposals"


@pytest.fixture(scope="module")
def place(planner: Person) -> str:
    """A new proposal of the planner."""
    return str(planner.send("POST", ALL, json=work(planner)).headers["Location"])


def send(person: Person, place: str, content: bytes, name: str = "foto.jpg", **fields: str):
    data = {"file": (io.BytesIO(content), name), **fields}
    return person.send("POST", f"{place}/attachments", data=data, content_type="multipart/form-data")


def test_a_photo_is_drawn_anew_and_its_place_told_once(planner, visitor, place):
    answer = send(planner, place, files.telling_photo(), kind="photo_0", caption="Gang <b>Melati</b>")
    assert answer.status_code == 201, answer.text
    kept = answer.json
    assert kept["suggested_place"] == pytest.approx(files.PLACE, abs=1e-5)
    assert (kept["place"], kept["public"], kept["caption"]) == (None, True, "Gang <b>Melati</b>")
    for address in (kept["href"], kept["thumbnail"]):
        served = visitor.client.get(address)
        assert served.status_code == 200
        assert files.SECRET not in served.data
        for marker in (b"Exif", b"http://ns.adobe.com", b"Photoshop", b"GPS", b"ICC_PROFILE"):
            assert marker not in served.data
        picture = Image.open(io.BytesIO(served.data))
        assert picture.height > picture.width, "turned upright"
        assert picture.resize((1, 2)).tobytes()[0] > 200, "red on top after a quarter turn"
        assert not picture.getexif()
    listed = visitor.client.get(f"{place}/attachments").json["attachments"]
    assert [item["id"] for item in listed] == [kept["id"]]
    assert (listed[0]["place"], listed[0]["mine"]) == (None, False)


def test_photos_of_phones_are_read(planner, visitor, place):
    kept = send(planner, place, files.heic(), "IMG_0001.HEIC")
    assert kept.status_code == 201, kept.text
    served = visitor.client.get(kept.json["href"]).data
    assert Image.open(io.BytesIO(served)).size == (64, 32)
    assert files.SECRET not in served


def test_a_place_is_kept_only_if_it_is_said(planner, place):
    kept = send(planner, place, files.photo(size=(300, 200)), lon="112.75", lat="-7.25").json
    assert kept["place"] == [112.75, -7.25]
    assert send(planner, place, files.photo(), lon="912.75", lat="-7.25").status_code == 422


def test_a_photo_can_do_nothing_in_a_browser(planner, visitor, place):
    served = visitor.client.get(send(planner, place, files.photo("PNG")).json["href"])
    assert served.mimetype == "image/jpeg"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Disposition"].startswith("inline; filename=")
    assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = visitor.client.get(served.request.path, headers={"If-None-Match": served.headers["ETag"]})
    assert again.status_code == 304


def test_the_same_file_sent_twice_is_one(planner, place):
    first, again = (send(planner, place, files.photo(size=(222, 111))) for _ in range(2))
    assert (first.status_code, first.json["id"]) == (201, again.json["id"])


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (files.bomb(), "besar.png", "50 million pixels"),
        (files.photo()[:400], "foto.jpg", "cut off"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "foto.png", "whatever its name"),
        (b"<!doctype html><script>alert(1)</script>", "foto.jpg", "whatever its name"),
        (b"GIF89a/*" + b"x" * 90 + b"*/=1;alert(1)", "x.php;.jpg", "whatever its name"),
        (b"", "foto.jpg", "empty"),
    ],
    ids=["bomb", "cut off", "svg", "html", "gif and script", "empty"],
)
def test_bad_photos_are_refused_with_what_to_do(planner, place, content, name, says):
    before = planner.client.get(f"{place}/attachments").json
    answer = send(planner, f"{place}", content, name)
    assert answer.status_code == 422
    english = planner.send(
        "POST", f"{place}/attachments?lang=en", data={"file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    ).json  # fmt: skip
    assert (english["errors"][0]["pointer"], says in english["detail"]) == ("/file", True), english
    assert planner.client.get(f"{place}/attachments").json == before


@pytest.mark.parametrize("active", ["script", "attached", "launch", "locked"])
def test_papers_that_act_are_refused(planner, place, active):
    answer = send(planner, place, files.paper(**{active: True}), "surat.pdf", kind="land")
    assert answer.status_code == 422, active
    assert answer.json["type"] == f"/problems/paper-{'locked' if active == 'locked' else 'active'}"


def test_a_small_paper_that_takes_much_to_look_through_is_refused(planner, place):
    content = files.heavy_paper()
    assert len(content) < 200_000
    answer = send(planner, place, content, "surat.pdf", kind="land")
    assert answer.status_code == 422
    assert answer.json["type"] == "/problems/paper-heavy"


def test_papers_are_kept_as_they_are_for_those_who_work_on_it(app, planner, visitor, place):
    content = files.paper()
    kept = send(planner, place, content, "../../etc/surat <tanah>.pdf", kind="land").json
    assert (kept["public"], kept["thumbnail"], kept["media_type"]) == (False, None, "application/pdf")
    served = signed_in(app, "reviewer").client.get(kept["href"])
    assert served.data == content, "a signature stays valid"
    assert served.headers["Content-Disposition"].startswith("attachment; filename=land-")
    assert served.headers["Cache-Control"] == "no-store"
    photographed = send(planner, place, files.photo(size=(90, 60)), kind="land").json
    for item in (kept, photographed):
        assert visitor.client.get(item["href"]).status_code == 404
        assert signed_in(app, "partner").client.get(item["href"]).status_code == 404
        assert item["id"] not in visitor.client.get(f"{place}/attachments").text
    assert send(planner, place, content, "surat.pdf", kind="photo_0").status_code == 422


def test_deleting_can_be_undone(app, planner, visitor, place):
    kept = send(planner, place, files.photo(size=(320, 200)), kind="photo_50").json
    address = f"/api/v1/attachments/{kept['id']}"
    assert visitor.send("DELETE", address).status_code == 401
    assert signed_in(app, "reviewer").send("DELETE", address).status_code == 403
    assert planner.send("DELETE", address).status_code == 204
    assert visitor.client.get(kept["href"]).status_code == 404
    assert planner.send("DELETE", address).status_code == 404
    assert planner.send("POST", f"{address}/restore").status_code == 200
    assert visitor.client.get(kept["href"]).status_code == 200


def test_who_may_not_add_is_told(app, visitor, place):
    assert send(visitor, place, files.photo()).status_code == 401
    assert send(signed_in(app, "partner"), place, files.photo()).status_code == 403
    assert (
        visitor.client.get("/api/v1/attachments/99999999-9999-4999-8999-999999999999/file").status_code == 404
    )


def test_a_family_plot_shows_no_photo_to_the_public(planner, visitor):
    point = {"type": "Point", "coordinates": work(planner)["geometry"]["coordinates"][0]}
    document = {
        "type": "Feature", "geometry": point,
        "properties": {"title": "Jamban", "work_type": "latrine", "volume": 8},
    }  # fmt: skip
    made = planner.send("POST", ALL, json=document)
    assert made.status_code == 201, made.text
    kept = send(planner, made.headers["Location"], files.photo(), lon="112.7", lat="-7.2").json
    assert kept["public"] is False
    assert visitor.client.get(kept["href"]).status_code == 404
    assert visitor.client.get(f"{made.headers['Location']}/attachments").json["attachments"] == []


def test_an_asset_has_photos(planner, visitor):
    asset = planner.client.get(f"/api/v1/assets?kelurahan={HOME}&limit=1").json["features"][0]["id"]
    address = f"/api/v1/assets/{asset}"
    kept = send(planner, address, files.photo("WEBP"), "x.webp")
    assert kept.status_code == 201, kept.text
    assert [item["id"] for item in visitor.client.get(f"{address}/attachments").json["attachments"]] == [
        kept.json["id"]
    ]
    assert send(planner, address, files.paper(), kind="land").status_code == 422
    assert send(visitor, address, files.photo()).status_code == 401
