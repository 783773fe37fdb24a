"""Assets as everybody may see them, the form that reports a problem with one, and the list of those who see to it.

It knows nothing about limits or rights. The page of an asset and its form work without scripts and without an account.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import current_actor, current_language
from webgis.context import context
from webgis.pages import navigation
from webgis.pages.drawing import sketch
from webgis.pages.public.public import box_of
from webgis.pages.site import database, pages
from webgis.planning import access, regions
from webgis.planning.access import PUBLIC
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.community import reports
from webgis.planning.errors import BadDocument, NotFound, PlanningError, TooOften
from webgis.planning.mapping import assets
from webgis.planning.mapping.assets import NearAsset
from webgis.planning.proposals import attachments, proposals
from webgis.planning.proposals.attachments import LARGEST
from webgis.wording import words

MOST: Final = 2_000
REPORTS: Final = "fragments/reports.html"


@pages.get("/panel/assets")
def assets_in_view() -> str:
    """What lies nearest to the middle of the public map, to choose what has a problem."""
    return render_template("fragments/assets_near.html", found=_near(request.args.get("bbox", "")))


@pages.get("/prasarana")
def asset_list() -> str:
    """The assets of a kelurahan as plain lists, for those who use no map."""
    known = navigation.places(database())
    code = request.args.get("kelurahan", "") or (known[0].code if len(known) == 1 else "")
    found = assets.list_assets(database(), kelurahan=code, limit=MOST) if code else None
    groups = groupby(found.items if found else (), key=lambda item: item.kind)
    return render_template(
        "pages/asset_list.html", places_all=known, code=code, total=found.total if found else 0, most=MOST,
        groups=[(asset_name(kind, None), list(inside)) for kind, inside in groups], here="list",
    )  # fmt: skip


@pages.get("/panel/asset/<asset_id>")
def asset_card(asset_id: str) -> str:
    """The card of an asset on the public map, with the place that was pressed."""
    return render_template("fragments/asset_card.html", **_asset(asset_id), at=_place(request.args))


@pages.get("/prasarana/<asset_id>")
def asset_page(asset_id: str) -> str:
    """The page of an asset, with the form that reports a problem."""
    return _page(asset_id, sent=request.args.get("sent", ""), at=_place(request.args))


@pages.post("/prasarana/<asset_id>/lapor")
def report_problem(asset_id: str) -> ResponseReturnValue:
    """Report a problem; back to the page with thanks, or with what is wrong."""
    content = _chosen("photo")
    try:
        reports.report_problem(
            database(), context().settings.data_dir / "attachments", current_actor(), asset_id,
            request.form.get("body", ""), name=request.form.get("name", ""), photo=content,
            place=_place(request.form), address=request.remote_addr or "unknown",
        )  # fmt: skip
    except (BadDocument, TooOften) as error:
        status = 429 if isinstance(error, TooOften) else 422
        said = words(error.code, error.params, current_language())
        spot = error.problems[0].pointer if isinstance(error, BadDocument) else ""
        given = {"given": request.form, "at": _place(request.form)}
        return _page(asset_id, problem=said, problem_at=spot, **given), status
    return redirect(url_for("pages.asset_page", asset_id=asset_id, sent="1") + "#lapor", 303)


@pages.post("/prasarana/<asset_id>/foto")
def add_asset_photo(asset_id: str) -> ResponseReturnValue:
    """Add a photo of an asset, for those who map it."""
    content = _chosen("file")
    folder = context().settings.data_dir / "attachments"
    try:
        attachments.attach(database(), folder, current_actor(), "asset", asset_id, content, kind="photo")
    except BadDocument as error:
        return _page(asset_id, photo_problem=words(error.code, error.params, current_language())), 422
    return redirect(url_for("pages.asset_page", asset_id=asset_id) + "#foto", 303)


@pages.get("/plan/<code>/panel/reports")
def panel_reports(code: str) -> str:
    """What residents reported, open ones first."""
    return render_template(REPORTS, **report_list(code))


@pages.post("/plan/<code>/panel/reports/<report_id>")
def panel_see_to(code: str, report_id: str) -> str:
    """One press: a state, publishing, a condition of the asset, or a draft proposal; the list again."""
    db, actor, sent = database(), current_actor(), request.form
    found = reports.get_report(db, actor, report_id)
    if found.kelurahan != code:
        raise NotFound("no_report")
    version = sent.get("version", 0, int)
    try:
        if condition := sent.get("condition"):
            reports.note_condition(db, actor, report_id, version, condition)
        elif work_type := sent.get("work_type"):
            reports.propose_repair(db, actor, report_id, version, work_type)
        else:
            state, public = (
                sent.get("state", found.state),
                sent.get("public", "yes" if found.public else "no"),
            )
            answer = sent.get("answer", found.answer)
            reports.see_to(db, actor, report_id, version, state=state, public=public == "yes", answer=answer)
    except PlanningError as error:
        said = words(error.code, error.params, current_language())
        return render_template(REPORTS, **report_list(code, problem=said, at=report_id))
    return render_template(REPORTS, **report_list(code))


def report_list(code: str, problem: str = "", at: str = "") -> dict[str, Any]:
    """What the list of reports shows; problem: why a press on the report `at` was refused."""
    db, actor = database(), current_actor()
    found = reports.list_reports(db, actor, code)
    there = {item.asset_id for item in found if item.asset_id and item.asset_kind}
    shapes = {key: assets.get_asset(db, key).geometry for key in there}
    return {
        "code": code,
        "rows": [
            {
                "report": item,
                "name": asset_name(item.asset_kind, item.asset_name),
                "photos": reports.photos(db, actor, item.id),
                "repairs": reports.repairs(item, shapes[item.asset_id]) if item.asset_id in shapes else (),
            }
            for item in found
        ],
        "may_propose": access.may(actor, "propose", code),
        "problem": problem,
        "at": at,
    }


def asset_name(kind: str | None, name: str | None) -> str:
    """An asset in words: its own name, or that of its kind."""
    known = catalogue().asset_kinds.get(kind or "")
    return name or (known.name(current_language()) if known else kind or "")


def _page(asset_id: str, **said: Any) -> str:
    view = _asset(asset_id)
    asset = view["found"]
    around = regions.region(database(), asset.kelurahan).geometry if asset.kelurahan else None
    return render_template(
        "pages/asset.html", **view, picture=sketch.sketch(database(), asset.geometry, around), here="list",
        **{"problem": "", "problem_at": None, "given": {}, "sent": "", "photo_problem": "", "at": None, **said},
    )  # fmt: skip


def _near(bbox: str) -> tuple[NearAsset, ...]:
    box = box_of(bbox)
    return assets.assets_near(database(), box) if box else ()


def _place(given: Mapping[str, str]) -> tuple[float, float] | None:
    """Longitude and latitude as `at`; None where there is none that could be one."""
    try:
        lon, lat = (float(part) for part in given.get("at", "").split(","))
    except ValueError:
        return None
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _asset(asset_id: str) -> dict[str, Any]:
    """An asset with its photos, what was reported and published, and the proposals that came of it."""
    db = database()
    asset = assets.get_asset(db, asset_id)
    told = []
    for item in reports.published(db, asset_id):
        try:
            title = proposals.get_proposal(db, PUBLIC, item.proposal_id).title if item.proposal_id else ""
        except NotFound:
            title = ""
        told.append({"report": item, "photos": reports.photos(db, PUBLIC, item.id), "proposal": title})
    return {
        "found": asset,
        "name": asset_name(asset.kind, asset.name),
        "kind": asset_name(asset.kind, None),
        "home": regions.region(db, asset.kelurahan).region if asset.kelurahan else None,
        "photos": attachments.list_attachments(db, PUBLIC, "asset", asset_id),
        "told": told,
    }


def _chosen(name: str) -> bytes:
    """What was chosen by one of the buttons of a name: the camera's, or that for files; b"" if nothing was."""
    sent = next((file for file in request.files.getlist(name) if file.filename), None)
    return sent.stream.read(LARGEST + 1) if sent else b""
