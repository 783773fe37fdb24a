"""Problems with assets: anybody reports, nobody else reads before a moderator, and one press makes something of it."""

from __future__ import annotations

import io
import itertools
import re
from typing import Any

import pytest

from tests import files
from tests.web import HOME, Person, public, signed_in

NUMBERS = itertools.count()
SECRET = "KANARI-TETANGGA <script>alert(1)</script>"


@pytest.fixture(scope="module")
def asset(planner: Person) -> str:
    """A drain of the kelurahan."""
    found = planner.client.get(f"/api/v1/assets?kelurahan={HOME}&kind=drain&condition=good&limit=1").json
    return str(found["features"][0]["id"])


def somebody(app: Any) -> Person:
    """Somebody without an account, at an address of their own."""
    person = public(app)
    person.client.environ_base["REMOTE_ADDR"] = f"10.2.0.{next(NUMBERS)}"
    return person


def report(person: Person, asset: str, body: str = SECRET, **fields: Any) -> Any:
    return person.client.post(f"/api/v1/assets/{asset}/reports", data={"body": body, **fields})


def told(planner: Person, made: Any) -> tuple[str, dict[str, str]]:
    """Address of a report and the header that names its version."""
    place = f"/api/v1/reports/{made.json['id']}"
    return place, {"If-Match": planner.client.get(place).headers["ETag"]}


def test_the_place_of_a_problem_is_where_somebody_pressed(app, planner, asset):
    lon, lat = planner.client.get(f"/api/v1/assets/{asset}").json["geometry"]["coordinates"][0]
    made = report(somebody(app), asset, "Bocor di sini", lon=lon + 0.0004, lat=lat)
    assert made.status_code == 201, made.text
    kept = planner.client.get(f"/api/v1/reports/{made.json['id']}").json
    assert kept["place"] == pytest.approx([lon + 0.0004, lat])
    for wrong in (lon + 0.02, "nan", "inf", 1e300):
        far = report(somebody(app), asset, "Jauh", lon=wrong, lat=lat)
        assert (far.status_code, far.json["errors"][0]["pointer"]) == (422, "/lon"), far.text
    page = somebody(app).client
    pressed = page.get(f"/prasarana/{asset}?at={lon + 0.0002},{lat}").text
    assert "Tempat yang Anda tandai ikut dikirim." in pressed
    sent = page.post(f"/prasarana/{asset}/lapor", data={"body": "Jauh", "at": f"{lon + 0.02},{lat}"})
    assert sent.status_code == 422 and "lebih dari 100" in sent.text
    sent = page.post(f"/prasarana/{asset}/lapor", data={"body": "Dekat", "at": f"{lon + 0.0003:.6f},{lat}"})
    assert sent.status_code == 303
    listed = planner.client.get(f"/api/v1/reports?kelurahan={HOME}").json["reports"]
    near = next(one for one in listed if one["body"] == "Dekat")
    assert near["place"] == pytest.approx([lon + 0.0003, lat], abs=2e-6)


def test_assets_are_found_from_the_middle_of_the_map_and_in_a_list(app, planner, asset):
    lon, lat = planner.client.get(f"/api/v1/assets/{asset}").json["geometry"]["coordinates"][0]
    page = somebody(app).client
    box = f"{lon - 0.001},{lat - 0.001},{lon + 0.001},{lat + 0.001}"
    near = page.get(f"/panel/assets?bbox={box}").text
    assert f"/panel/asset/{asset}" in near.split("</li>")[0], "the nearest comes first"
    assert "/panel/asset/" not in page.get("/panel/assets?bbox=0,0,1,1").text
    assert page.get("/panel/assets?bbox=x").status_code in (400, 422)
    assert f"/prasarana/{asset}#lapor" in page.get(f"/prasarana?kelurahan={HOME}").text


def test_a_report_is_read_first_and_shown_then(app, planner, asset):
    person = somebody(app)
    made = report(person, asset, name="Pak RT", photo=(io.BytesIO(files.telling_photo()), "a.jpg"))
    assert (made.status_code, set(made.json)) == (201, {"id", "state"})
    place, version = told(planner, made)
    photo = planner.client.get(f"{place}/attachments").json["attachments"][0]
    assert files.SECRET not in planner.client.get(photo["href"]).data
    for address in (place, f"{place}/attachments", photo["href"]):
        assert person.client.get(address).status_code == 404
        assert signed_in(app, "partner").client.get(address).status_code == 404
    for page in (f"/api/v1/assets/{asset}/reports", f"/prasarana/{asset}", f"/panel/asset/{asset}"):
        assert "KANARI-TETANGGA" not in person.client.get(page).text
    assert person.client.get(f"/api/v1/reports?kelurahan={HOME}").status_code == 401
    seen = {"state": "handled", "public": True, "answer": "Dikeruk minggu depan"}
    assert planner.send("PUT", place, json=seen).status_code == 428
    assert planner.send("PUT", place, json=seen, headers=version).status_code == 200
    assert planner.send("PUT", place, json=seen, headers=version).status_code == 412
    page = person.client.get(f"/prasarana/{asset}").text
    assert "KANARI-TETANGGA &lt;script&gt;" in page
    assert "Dikeruk minggu depan" in page
    assert person.client.get(photo["href"]).status_code == 200


def test_a_report_changes_the_condition(app, planner, asset):
    place, version = told(planner, report(somebody(app), asset, "Dinding runtuh"))
    done = planner.send("POST", f"{place}/condition", json={"condition": "heavy_damage"}, headers=version)
    assert (done.status_code, done.json["state"], done.json["asset_condition"]) == (
        200,
        "handled",
        "heavy_damage",
    )
    kept = planner.client.get(f"/api/v1/assets/{asset}").json["properties"]
    assert (kept["condition"], kept["source"]) == ("heavy_damage", "Laporan warga")
    assert (
        planner.send("POST", f"{place}/condition", json={"condition": "x"}, headers=version).status_code
        == 422
    )


def test_a_report_becomes_a_proposal(app, planner, asset):
    place, version = told(planner, report(somebody(app), asset, "Tersumbat total"))
    wrong = planner.send("POST", f"{place}/proposal", json={"work_type": "posyandu"}, headers=version)
    assert wrong.status_code == 422
    made = planner.send("POST", f"{place}/proposal", json={"work_type": "drain_repair"}, headers=version)
    assert made.status_code == 201, made.text
    drawn = planner.client.get(made.headers["Location"]).json
    assert (drawn["properties"]["state"], drawn["properties"]["description"]) == ("draft", "Tersumbat total")
    assert drawn["geometry"] == planner.client.get(f"/api/v1/assets/{asset}").json["geometry"]
    assert made.json["proposal_id"] == drawn["id"]


def test_reports_are_bounded_and_checked(app, asset):
    person = somebody(app)
    assert report(person, asset, " ").status_code == 422
    assert report(person, asset, "x" * 2001).status_code == 422
    assert report(person, asset, "Foto palsu", photo=(io.BytesIO(b"<svg/>"), "a.jpg")).status_code == 422
    assert report(person, "99999999-9999-4999-8999-999999999999", "x").status_code == 404
    codes = [report(person, asset, f"Laporan {n}").status_code for n in range(11)]
    assert codes == [201] * 10 + [429], "what was refused does not count"


def test_who_sees_to_reports(app, planner, asset):
    place, version = told(planner, report(somebody(app), asset, "Retak"))
    for role in ("reviewer", "city", "partner"):
        person = signed_in(app, role)
        assert person.client.get(f"/api/v1/reports?kelurahan={HOME}").status_code == 403
        assert person.client.get(place).status_code == 404
        seen = {"state": "closed", "public": True}
        assert person.send("PUT", place, json=seen, headers=version).status_code == 404
    facilitator = signed_in(app, "facilitator")
    assert facilitator.client.get(f"/api/v1/reports?kelurahan={HOME}&state=new").json["reports"]


def test_the_form_and_the_list_work_as_pages(app, planner, asset):
    person = somebody(app)
    sent = person.client.post(f"/prasarana/{asset}/lapor?lang=id", data={"body": ""})
    assert (sent.status_code, "Tulis dulu masalahnya." in sent.text) == (422, True)
    sent = person.client.post(f"/prasarana/{asset}/lapor", data={"body": "Bau sekali"}, follow_redirects=True)
    assert "Terima kasih." in sent.text
    listed = planner.client.get(f"/plan/{HOME}/panel/reports?lang=id").text
    assert "Bau sekali" in listed
    found = planner.client.get(f"/api/v1/reports?kelurahan={HOME}").json["reports"]
    mine = next(item for item in found if item["body"] == "Bau sekali")
    url = f"/plan/{HOME}/panel/reports/{mine['id']}"
    stale = planner.send("POST", url, data={"version": "9", "state": "closed"})
    assert 'role="alert"' in stale.text
    shown = planner.send("POST", url, data={"version": str(mine["version"]), "public": "yes"})
    assert shown.status_code == 200
    assert "Bau sekali" in person.client.get(f"/prasarana/{asset}").text
    forms = [form for form in shown.text.split("<form") if mine["id"] in form and 'name="answer"' in form]
    answer = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', forms[0]))
    answered = planner.send("POST", url, data=answer | {"answer": "Dibersihkan Sabtu"})
    assert "<b>Jawaban:</b> Dibersihkan Sabtu" in answered.text
    now = planner.client.get(f"/api/v1/reports?kelurahan={HOME}").json["reports"]
    state = next(item["state"] for item in now if item["id"] == mine["id"])
    assert state == "handled", "what is answered is not new any more"


def test_what_is_wrong_with_a_photo_is_said_at_the_photo(app, asset):
    person = somebody(app)
    sent = {"body": "Retak", "photo": (io.BytesIO(b"bukan foto"), "a.jpg")}
    answer = person.client.post(f"/prasarana/{asset}/lapor?lang=id", data=sent)
    assert answer.status_code == 422
    form, _, after = answer.text.partition('id="report-problem"')
    assert after, "it is said"
    assert 'name="photo"' in form and 'name="name"' not in form, "below the photo, above the name"
    assert "aria-invalid" not in form, "the words are right"


def test_who_maps_an_asset_adds_photos_on_its_page(app, planner, asset):
    page = f"/prasarana/{asset}"
    assert f"{page}/foto" in planner.client.get(page).text
    assert f"{page}/foto" not in public(app).client.get(page).text

    def send(person: Person, content: bytes) -> Any:
        # The camera's button and that for files have one name; what was not chosen comes empty.
        chosen = [(io.BytesIO(b""), ""), (io.BytesIO(content), "a.jpg")]
        fields = {"csrf_token": person.token, "file": chosen}
        return person.client.post(f"{page}/foto", data=fields)

    assert send(planner, files.photo(size=(200, 120))).status_code == 303
    assert "/thumbnail" in public(app).client.get(page).text
    assert send(planner, b"bukan foto").status_code == 422
    assert send(public(app), files.photo()).status_code == 401


def test_the_name_of_who_reports_is_told_to_those_who_see_to_it_only(app, planner, asset):
    person, name = somebody(app), "Pak Pelapor Rahasia"
    for lang, says in (("id", "Hanya yang menangani laporan"), ("en", "Only those who see to reports")):
        assert says in person.client.get(f"/prasarana/{asset}?lang={lang}").text
    made = report(person, asset, "Retak", name=name, photo=(io.BytesIO(files.photo()), "retak.jpg"))
    assert made.status_code == 201 and name not in made.text
    place, version = told(planner, made)
    assert planner.client.get(place).json["author"] == name
    shown = planner.send("PUT", place, json={"state": "handled", "public": True}, headers=version)
    assert shown.status_code == 200
    for path in (place, f"{place}/attachments", f"/api/v1/assets/{asset}/reports", f"/prasarana/{asset}"):
        answer = person.client.get(path)
        assert name not in answer.text, path
        assert answer.status_code in (200, 403, 404)
    assert "Retak" in person.client.get(f"/prasarana/{asset}").text
