"""Which right every address needs: the table that `test_rights` holds the application to.

An entry is a method and the rule of a route, what it needs in the kelurahan of the objects it is asked about, and what
is sent so that only a missing right can refuse it. Writes name a version that nobody has, so that nothing changes.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any, Final

from gis_core import slum
from tests.web import HOME
from webgis.auth.accounts import SAMPLE_PASSWORD

STALE: Final = {"If-Match": '"999"'}
EVERYBODY: Final = "everybody"
ACCOUNT: Final = "an account"
SESSION: Final = "a session"
WRITER: Final = "an account, not by a key that only reads"
"""Besides the rights of the platform: anybody; whoever has an account, by session or token; by session only; by what
may write.
"""
DOORS: Final = {
    "POST /api/v1/session", "DELETE /api/v1/session", "POST /login", "POST /login/code", "POST /logout",
    "GET /login/openid", "GET /login/openid/back", "POST /welcome/<token>", "GET /welcome/<token>", "GET /daftar",
    "POST /daftar", "POST /api/v1/accounts",
}  # fmt: skip
"""They let people in and out and have tests of their own (tests/auth)."""


@dataclass(frozen=True)
class Ask:
    """What a route is asked: the right it needs, and what is sent so that only a missing right can refuse it.

    also: a second right, since it reads or answers with what is counted.
    anywhere: the right in any region lets in, and what lies elsewhere is left out or refused row by row.
    hides: who may not is told that there is nothing, or nothing any more (404).
    file: a file that is no photo and no layer goes along in the form.
    """

    right: str
    sent: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    also: str = ""
    anywhere: bool = False
    hides: bool = False
    file: bool = False


FORM: Final = {
    "volumes": dict.fromkeys(slum.CRITERIA, 1.0),
    "bases": {
        "area_verified_ha": 2.0, "buildings": 100, "persons": 400, "households": 90, "road_ideal_m": 500.0,
        "drain_ideal_m": 400.0,
    },
}  # fmt: skip
SET: Final = {
    "kelurahan": HOME, "name": "Rembuk", "method": "roc", "met_on": "2026-03-05", "place": "Balai RW 05",
    "men": 14, "women": 17, "judgements": {"ranks": {"poor_served": 1, "slum_severity": 2, "land": 3}},
}  # fmt: skip
PLAN: Final = {"kelurahan": HOME, "budget": {"blm": [50_000_000, 0, 0]}, "name": "Uji"}
MEETING: Final = {"met_on": "2026-03-05", "place": "Balai RW 05", "men": 14, "women": 17}
PROGRAMME: Final = {
    "title": "Drainase primer", "kind": "drain", "year": 2026, "source": "RKPD 2026", "source_on": "2026-01-15",
}  # fmt: skip

PHOTO: Final = {"kind": "photo"}


def table(known: dict[str, Any]) -> dict[str, Ask]:
    """Route -> what it needs; known: the objects of the kelurahan that a test has made."""
    workspace, plan, rank, mapping = Ask("see_workspace"), Ask("plan"), Ask("rank"), Ask("map_facts")
    households = Ask("see_households")
    role, held = {"role": "planner", "region": HOME}, {"held": f"partner {HOME}"}
    judged = {name: SET[name] for name in ("method", "judgements")}
    batch = {"changes": [{"id": str(uuid.uuid4()), "version": 1, "action": "delete"}]}
    person = {"email": "baru@contoh.test", "name": " ", "role": "planner", "region": HOME}
    return {
        # pages
        "GET /": Ask(EVERYBODY), "GET /panel/summary": Ask(EVERYBODY),
        "GET /panel/search": Ask(EVERYBODY, query="q=RW"),
        "GET /panel/proposal/<proposal_id>": Ask(EVERYBODY), "GET /usulan": Ask(EVERYBODY),
        "GET /usulan/<proposal_id>": Ask(EVERYBODY),
        "GET /usulan/<proposal_id>/riwayat": Ask(EVERYBODY),
        "POST /usulan/<proposal_id>/riwayat": Ask("propose", {"data": {"version": "999", "seen": "999"}}),
        "GET /map/<code>.html": Ask(EVERYBODY),
        "GET /rencana/<code>": Ask(EVERYBODY), "GET /help": Ask(EVERYBODY), "GET /help/method": Ask(EVERYBODY),
        "GET /data": Ask(EVERYBODY), "GET /data/download": Ask(EVERYBODY), "GET /login": Ask(EVERYBODY),
        "GET /login/code": Ask(EVERYBODY),
        "POST /data/import": Ask("import", {"data": {"layer": "roads"}}, anywhere=True),
        "GET /plan": Ask("see_workspace", anywhere=True), "GET /plan/<code>": workspace,
        "GET /plan/kelurahan.xlsx": Ask("see_workspace", anywhere=True),
        "GET /plan/<code>/panel/proposals": workspace,
        "GET /plan/<code>/panel/proposals/<proposal_id>": workspace, "GET /plan/<code>/panel/slums": workspace,
        "GET /plan/<code>/panel/table": workspace, "GET /plan/<code>/panel/many": Ask("propose"),
        "GET /plan/<code>/panel/slums/<area>": workspace, "GET /plan/<code>/panel/new": Ask("propose"),
        "GET /plan/<code>/panel/new/forms": Ask("propose"),
        "POST /plan/<code>/panel/preview": Ask("see_workspace", {"json": known["new_work"]}),
        "GET /plan/<code>/panel/ranks": workspace, "GET /plan/<code>/pulse": workspace,
        "GET /plan/<code>/panel/ranking": rank, "GET /plan/<code>/panel/ranking/list": rank,
        "GET /plan/<code>/panel/ranking/weights": rank, "GET /plan/<code>/panel/ranking/compare": rank,
        "GET /plan/<code>/panel/plan": rank, "GET /plan/<code>/panel/plan/new": plan,
        "POST /plan/<code>/panel/plan": Ask("plan", {"data": {"first_year": "2027"}}),
        "POST /plan/<code>/panel/plan/draft": Ask("plan", {"data": {"first_year": "2027"}}),
        "POST /plan/<code>/panel/plan/<plan_id>/mend/<relief>": plan,
        "GET /plan/<code>/panel/ranking/meeting": rank,
        "GET /plan/<code>/panel/plan/<plan_id>/force/<work_id>": plan,
        "POST /plan/<code>/panel/plan/<plan_id>/force/<work_id>": plan,
        "POST /plan/<code>/panel/plan/<plan_id>/studies/<kind>": plan,
        "GET /plan/<code>/panel/plan/<plan_id>": rank, "GET /plan/<code>/panel/plan/compare": rank,
        "POST /plan/<code>/panel/plan/<plan_id>/adopt": Ask("adopt", {"data": MEETING}, also="rank"),
        "GET /plan/<code>/panel/plan/jobs/<job_id>": Ask(ACCOUNT),
        "POST /plan/<code>/panel/plan/jobs/<job_id>/stop": Ask(ACCOUNT),
        "GET /review": Ask("read_reviews", anywhere=True), "GET /review/paket.xlsx": Ask("read_reviews", anywhere=True),
        "GET /review/compare": Ask("read_reviews", anywhere=True),
        "GET /review/paket.pdf": Ask("read_reviews", anywhere=True),
        "GET /review/<proposal_id>/lembar.pdf": Ask("read_reviews"),
        "GET /review/<proposal_id>": Ask("read_reviews"),
        "POST /review/<proposal_id>": Ask(
            "review", {"data": {"step": "return", "version": "999"}}, also="read_reviews"
        ),
        # self-mapping in the workspace
        **{f"GET /plan/<code>/panel/{path}": mapping for path in (
            "mapping", "assets", "assets/new", "assets/table", "assets/many", "assets/<asset_id>",
            "assets/<asset_id>/photos", "survey", "areas/new", "areas/<area>", "slums/<area>/form")},
        "GET /plan/<code>/panel/scores": Ask("map_facts", also="rank"),
        "GET /plan/<code>/panel/households/new": households,
        "GET /plan/<code>/panel/households/<household_id>": households,
        "GET /plan/<code>/panel/borders/<region>": Ask("edit_regions"),
        "POST /plan/<code>/panel/moved": Ask("map_facts", {"json": {}}, also="rank"),
        "POST /plan/<code>/panel/areas/outline": Ask("map_facts", {"json": {"codes": []}}),
        "POST /plan/<code>/panel/slums/<area>/preview": Ask("map_facts", {"json": FORM}, query="year=2024"),
        # what residents say, and who sees to it
        "GET /kelurahan/<code>": Ask(EVERYBODY), "GET /kelurahan/<code>/gambar.png": Ask(EVERYBODY),
        "GET /kelurahan/<code>/qr.svg": Ask(EVERYBODY), "GET /usulan/<proposal_id>/gambar.png": Ask(EVERYBODY),
        "GET /usulan/<proposal_id>/qr.svg": Ask(EVERYBODY), "GET /usulan/<proposal_id>/bawah": Ask(EVERYBODY),
        "POST /usulan/<proposal_id>/komentar": Ask("comment", {"data": {"body": "Baik."}}),
        "POST /usulan/<proposal_id>/komentar/<comment_id>/sembunyikan": Ask("moderate", {"data": {"reason": "Uji"}}),
        "POST /usulan/<proposal_id>/komentar/<comment_id>/tarik": Ask("comment"),
        "POST /usulan/<proposal_id>/dukungan": Ask("support", {"data": {"wanted": "yes"}}),
        "POST /usulan/<proposal_id>/foto": Ask("attach", {"data": PHOTO}, file=True),
        "POST /usulan/<proposal_id>/foto/<attachment_id>/hapus": Ask("moderate"),
        "POST /usulan/<proposal_id>/foto/<attachment_id>/kembalikan": Ask("moderate"),
        "GET /panel/asset/<asset_id>": Ask(EVERYBODY), "GET /prasarana/<asset_id>": Ask(EVERYBODY),
        "GET /prasarana": Ask(EVERYBODY), "GET /panel/assets": Ask(EVERYBODY),
        "POST /prasarana/<asset_id>/lapor": Ask(EVERYBODY, {"data": {"body": " "}}),
        "POST /prasarana/<asset_id>/foto": Ask("map_facts", file=True),
        "GET /plan/<code>/panel/reports": Ask("moderate"),
        "POST /plan/<code>/panel/reports/<report_id>": Ask("moderate", {"data": {"version": "999"}}, hides=True),
        "GET /plan/<code>/panel/forums": rank, "GET /plan/<code>/panel/forums/new": Ask("record_forum"),
        "POST /plan/<code>/panel/forums": Ask("record_forum", {"data": {}}),
        "POST /plan/<code>/panel/forums/<forum_id>/delete": Ask("record_forum", also="rank"),
        # one's own account
        "GET /account": Ask(SESSION), "GET /account/second-step": Ask(SESSION),
        "GET /notices": Ask(ACCOUNT), "POST /account/notices": Ask(SESSION, {"data": {"way": "app"}}),
        "GET /api/v1/notices": Ask(ACCOUNT), "PUT /api/v1/notices/read": Ask(ACCOUNT, {"json": {}}),
        "POST /account/password": Ask(SESSION, {"data": {"old": "salah", "password": "x", "again": "x"}}),
        "POST /account/sessions/remove": Ask(SESSION, {"data": {"session": str(uuid.uuid4()), "old": SAMPLE_PASSWORD}}),
        "POST /account/second-step": Ask(SESSION, {"data": {"code": "1"}}),
        "POST /account/second-step/remove": Ask(SESSION, {"data": {"old": "salah"}}),
        # administration
        **{f"GET /admin{path}": Ask("administer", anywhere=True) for path in (
            "", "/system", "/tokens", "/tokens/new", "/people/new")},
        "GET /admin/catalogue": Ask("set_catalogue", anywhere=True),
        "GET /admin/catalogue/<way>": Ask("set_catalogue"), "GET /admin/catalogue/<way>/<key>": Ask("set_catalogue"),
        "POST /admin/catalogue/<way>": Ask("set_catalogue", {"data": {"seen": "999", "step": "keep"}}),
        "POST /admin/catalogue/<way>/<key>": Ask("set_catalogue", {"data": {"seen": "999", "step": "keep"}}),
        "GET /admin/people/<person_id>": Ask("administer", hides=True),
        "POST /admin/people/new": Ask("administer", {"data": person}, anywhere=True),
        "POST /admin/people/<person_id>/active": Ask("administer", {"data": {"active": "true"}}, hides=True),
        "POST /admin/people/<person_id>/link": Ask("administer", hides=True),
        "POST /admin/people/<person_id>/roles": Ask("administer", {"data": role}, hides=True),
        "POST /admin/people/<person_id>/roles/remove": Ask("administer", {"data": held}, hides=True),
        "POST /admin/people/<person_id>/second-step/remove": Ask("administer", hides=True),
        "POST /admin/tokens/new": Ask("administer", {"data": {"person": known["person_id"], "label": ""}}, hides=True),
        "POST /admin/tokens/<token_id>/remove": Ask("administer", hides=True),
        # city programmes
        "GET /program-kota": Ask(EVERYBODY), "GET /program-kota/<programme_id>": Ask(EVERYBODY),
        "GET /program-kota/baru": Ask("map_programmes", anywhere=True),
        "GET /program-kota/<programme_id>/ubah": Ask("map_programmes"),
        "POST /program-kota": Ask("map_programmes", {"data": {"title": ""}}, anywhere=True),
        "POST /program-kota/<programme_id>": Ask("map_programmes", {"data": {"title": "", "version": "999"}}),
        "POST /program-kota/<programme_id>/hapus": Ask("map_programmes", {"data": {"version": "999"}}),
        # the API
        "GET /api/v1/session": Ask(EVERYBODY), "GET /api/v1/catalogue": Ask(EVERYBODY),
        "GET /api/v1/regions": Ask(EVERYBODY), "GET /api/v1/regions/<code>": Ask(EVERYBODY),
        "GET /api/v1/regions/<code>/history": Ask(EVERYBODY),
        "PUT /api/v1/regions/<code>": Ask("edit_regions", {"json": known["new_region"], "headers": STALE}),
        "GET /api/v1/proposals": Ask(EVERYBODY), "GET /api/v1/proposals/<uuid:proposal_id>": Ask(EVERYBODY),
        "GET /api/v1/proposals/<uuid:proposal_id>/history": Ask(EVERYBODY),
        "GET /api/v1/proposals/<uuid:proposal_id>/comments": Ask(EVERYBODY),
        "GET /api/v1/regions/<code>/neighbours": Ask(EVERYBODY),
        "POST /api/v1/regions/redraw": Ask("edit_regions", {"json": {"features": [known["redrawn"]]}}),
        "POST /api/v1/proposals": Ask("propose", {"json": known["new_work"]}),
        "POST /api/v1/proposals/batch": Ask(WRITER, {"json": batch}),  # each row is refused by itself
        "POST /api/v1/assets/batch": Ask(WRITER, {"json": batch}),  # so is each of these
        "POST /api/v1/proposals/preview": Ask("see_workspace", {"json": known["new_work"]}),
        "PUT /api/v1/proposals/<uuid:proposal_id>": Ask("propose", {"json": known["new_work"], "headers": STALE}),
        "DELETE /api/v1/proposals/<uuid:proposal_id>": Ask("propose", {"headers": STALE}),
        "POST /api/v1/proposals/<uuid:proposal_id>/restore": Ask("propose", {"json": {}}),
        "POST /api/v1/proposals/<uuid:proposal_id>/comments": Ask("comment", {"json": {"body": "Baik."}}),
        "POST /api/v1/proposals/<uuid:proposal_id>/transitions": Ask(
            "propose", {"json": {"action": "submit", "note": ""}, "headers": STALE}),
        "DELETE /api/v1/proposals/<uuid:proposal_id>/comments/<uuid:comment_id>": Ask("comment"),
        "PUT /api/v1/proposals/<uuid:proposal_id>/comments/<uuid:comment_id>/hiding": Ask(
            "moderate", {"json": {"reason": "Uji"}}),
        "DELETE /api/v1/proposals/<uuid:proposal_id>/comments/<uuid:comment_id>/hiding": Ask("moderate"),
        "GET /api/v1/proposals/<uuid:proposal_id>/people": Ask(ACCOUNT),
        "GET /api/v1/proposals/<uuid:proposal_id>/support": Ask(EVERYBODY),
        "PUT /api/v1/proposals/<uuid:proposal_id>/support": Ask("support"),
        "DELETE /api/v1/proposals/<uuid:proposal_id>/support": Ask("support"),
        "GET /api/v1/proposals/<uuid:proposal_id>/attachments": Ask(EVERYBODY),
        "POST /api/v1/proposals/<uuid:proposal_id>/attachments": Ask("attach", {"data": PHOTO}, file=True),
        "GET /api/v1/attachments/<uuid:attachment_id>/file": Ask(EVERYBODY),
        "GET /api/v1/attachments/<uuid:attachment_id>/thumbnail": Ask(EVERYBODY),
        "DELETE /api/v1/attachments/<uuid:attachment_id>": Ask("moderate"),
        "POST /api/v1/attachments/<uuid:attachment_id>/restore": Ask("moderate"),
        "GET /api/v1/forums": Ask("rank", query=f"kelurahan={HOME}"),
        "GET /api/v1/forums/<uuid:forum_id>": rank,
        "POST /api/v1/forums": Ask("record_forum", {"json": {"kelurahan": HOME, "votes": {}}}),
        "DELETE /api/v1/forums/<uuid:forum_id>": Ask("record_forum"),
        "GET /api/v1/reports": Ask("moderate", query=f"kelurahan={HOME}"),
        "GET /api/v1/reports/<uuid:report_id>": Ask("moderate", hides=True),
        "GET /api/v1/reports/<uuid:report_id>/attachments": Ask("moderate", hides=True),
        "PUT /api/v1/reports/<uuid:report_id>": Ask(
            "moderate", {"json": {"state": "handled", "public": False}, "headers": STALE}, hides=True),
        "POST /api/v1/reports/<uuid:report_id>/condition": Ask(
            "moderate", {"json": {"condition": "good"}, "headers": STALE}, hides=True),
        "POST /api/v1/reports/<uuid:report_id>/proposal": Ask(
            "propose", {"json": {"work_type": known["repair"]}, "headers": {"If-Match": "*"}}, hides=True),
        "GET /api/v1/assets/<asset_id>/attachments": Ask(EVERYBODY),
        "POST /api/v1/assets/<asset_id>/attachments": Ask("map_facts", {"data": PHOTO}, file=True),
        "GET /api/v1/assets/<asset_id>/reports": Ask(EVERYBODY),
        "POST /api/v1/assets/<asset_id>/reports": Ask(EVERYBODY, {"data": {"body": " "}}),
        "POST /api/v1/assets/<asset_id>/restore": mapping,
        "GET /api/v1/proposals/<uuid:proposal_id>/site-notes": Ask("read_papers"),
        "POST /api/v1/proposals/<uuid:proposal_id>/site-notes": Ask("review", {"json": known["site_note"]}),
        "PUT /api/v1/proposals/<uuid:proposal_id>/site-notes/<uuid:note_id>/answer": Ask(
            "propose", {"json": {"answer": "Sudah."}}),
        "GET /api/v1/proposals/<uuid:proposal_id>/relations": workspace,
        "PUT /api/v1/proposals/<uuid:proposal_id>/relations/<uuid:other_id>/<role>": Ask(
            "relate", {"json": {"outcome": "open", "version": 0}}),
        "GET /plan/<code>/panel/proposals/<proposal_id>/relations": workspace,
        "POST /plan/<code>/panel/proposals/<proposal_id>/relations": Ask(
            "relate", {"data": {"other": "", "role": "synergy", "outcome": "confirmed"}}),
        "GET /api/v1/proposals/<uuid:proposal_id>/shape-suggestions": Ask("read_papers"),
        "POST /api/v1/proposals/<uuid:proposal_id>/shape-suggestions": Ask(
            "review", {"json": {"geometry": known["new_work"]["geometry"], "version": 1}}),
        "POST /api/v1/proposals/<uuid:proposal_id>/shape-suggestions/decision": Ask(
            "propose", {"json": {"accept": True}, "headers": STALE}),
        "POST /plan/<code>/panel/proposals/<proposal_id>/suggestion": Ask(
            "propose", {"data": {"accept": "yes", "version": "999"}}),
        "POST /usulan/<proposal_id>/catatan-lapangan/<note_id>": Ask("propose", {"data": {"answer": "Sudah."}}),
        "GET /api/v1/assets": Ask(EVERYBODY), "GET /api/v1/assets/<asset_id>": Ask(EVERYBODY),
        "GET /api/v1/assets/<asset_id>/history": Ask(EVERYBODY),
        "POST /api/v1/assets": Ask("map_facts", {"json": known["new_asset"]}),
        "PUT /api/v1/assets/<asset_id>": Ask("map_facts", {"json": known["new_asset"], "headers": STALE}),
        "DELETE /api/v1/assets/<asset_id>": Ask("map_facts", {"headers": STALE}),
        "GET /api/v1/city-programmes": Ask(EVERYBODY), "GET /api/v1/city-programmes/<programme_id>": Ask(EVERYBODY),
        "GET /api/v1/city-programmes/<programme_id>/history": Ask(EVERYBODY),
        "POST /api/v1/city-programmes": Ask("map_programmes", {"json": known["new_programme"]}),
        "PUT /api/v1/city-programmes/<programme_id>": Ask(
            "map_programmes", {"json": known["new_programme"], "headers": STALE}),
        "DELETE /api/v1/city-programmes/<programme_id>": Ask("map_programmes", {"headers": STALE}),
        "POST /api/v1/city-programmes/<programme_id>/restore": Ask("map_programmes"),
        "GET /api/v1/slum-areas": Ask(EVERYBODY), "GET /api/v1/slum-areas/<area_id>": Ask(EVERYBODY),
        "GET /api/v1/slum-areas/<area_id>/history": Ask(EVERYBODY),
        "GET /api/v1/slum-areas/<area_id>/assessments": Ask(EVERYBODY),
        "GET /api/v1/slum-areas/<area_id>/assessments/<int:year>": Ask(EVERYBODY),
        "GET /api/v1/slum-areas/<area_id>/assessments/<int:year>/history": workspace,
        "POST /api/v1/slum-areas": Ask("map_facts", {"json": known["new_area"]}),
        "PUT /api/v1/slum-areas/<area_id>": Ask("map_facts", {"json": known["new_area"], "headers": STALE}),
        "DELETE /api/v1/slum-areas/<area_id>": Ask("map_facts", {"headers": STALE}),
        "POST /api/v1/slum-areas/<area_id>/restore": mapping,
        "POST /api/v1/slum-areas/<area_id>/assessments": Ask("map_facts", {"json": {**FORM, "year": 2024}}),
        "PUT /api/v1/slum-areas/<area_id>/assessments/<int:year>": Ask("map_facts", {"json": FORM, "headers": STALE}),
        "DELETE /api/v1/slum-areas/<area_id>/assessments/<int:year>": Ask("map_facts", {"headers": STALE}),
        "GET /api/v1/households": Ask("see_households", query=f"kelurahan={HOME}"),
        "GET /api/v1/households/access-log": Ask("read_access_log", anywhere=True),
        "POST /api/v1/households": Ask("see_households", {"json": known["new_household"]}),
        "GET /api/v1/households/<uuid:household_id>": Ask("see_households", hides=True),
        "GET /api/v1/households/<uuid:household_id>/history": Ask("see_households", hides=True),
        "PUT /api/v1/households/<uuid:household_id>": Ask(
            "see_households", {"json": known["new_household"], "headers": STALE}, hides=True),
        "DELETE /api/v1/households/<uuid:household_id>": Ask("see_households", {"headers": STALE}, hides=True),
        "POST /api/v1/households/<uuid:household_id>/restore": Ask("see_households", hides=True),
        "GET /api/v1/rankings": Ask("rank", query=f"kelurahan={HOME}"),
        "POST /api/v1/rankings": Ask("rank", {"json": {"kelurahan": HOME}}),
        "GET /api/v1/rankings/<uuid:ranking_id>": rank,
        "GET /api/v1/weight-sets": Ask("rank", query=f"kelurahan={HOME}"),
        "GET /api/v1/weight-sets/<uuid:weight_set_id>": rank,
        "POST /api/v1/weight-sets": Ask("weigh", {"json": SET}),
        "POST /api/v1/weight-sets/compute": Ask(ACCOUNT, {"json": judged}),
        "GET /api/v1/plans": Ask("rank", query=f"kelurahan={HOME}"), "GET /api/v1/plans/<uuid:plan_id>": rank,
        "GET /api/v1/plans/<uuid:plan_id>/studies": rank,
        "POST /api/v1/plans/<uuid:plan_id>/studies": Ask("plan", {"json": {"kind": "budgets"}}),
        "POST /api/v1/plans": Ask("plan", {"json": PLAN}),
        "POST /api/v1/plans/<uuid:plan_id>/adoption": Ask("adopt", {"json": MEETING}, also="rank"),
        "GET /api/v1/masterplans/<kelurahan>": Ask(EVERYBODY),
        "POST /api/v1/imports": Ask(
            "import", {"data": {"layer": "roads", "dry_run": "true"}}, anywhere=True, file=True),
        "GET /api/v1/jobs/<job_id>": Ask(ACCOUNT), "DELETE /api/v1/jobs/<job_id>": Ask(WRITER),
        "GET /api/v1/jobs/<job_id>/events": Ask(ACCOUNT),
        "GET /api/v1/export/<file>": Ask("see_households", query=f"kelurahan={HOME}"),
        # tiles, documents, signs of life
        "GET /tiles/basemap.pmtiles": Ask(EVERYBODY),
        "GET /tiles/<layer>.json": Ask("see_households", anywhere=True),
        "GET /tiles/<layer>/<int:z>/<int:x>/<int:y>.mvt": Ask("see_households", anywhere=True),
        "GET /openapi/": Ask(EVERYBODY), "GET /openapi/openapi.json": Ask(EVERYBODY), "GET /metrics": Ask(EVERYBODY),
        "GET /healthz": Ask(EVERYBODY), "GET /readyz": Ask(EVERYBODY), "GET /static/<path:filename>": Ask(EVERYBODY),
    }  # fmt: skip
