"""Self-mapping in the workspace: the list of what is mapped, the forms of assets and households, the condition survey.

It knows nothing about drawing or saving, which the scripts do through the API, nor about who may do what.
Fields are named like the properties of the API, so that nothing has to be translated on the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from webgis.auth import current_actor
from webgis.pages.mapping.many import asset_columns
from webgis.pages.mapping.moved import moved
from webgis.pages.site import database, desk, pages
from webgis.planning import access, regions
from webgis.planning.catalogues.catalogue import AssetKind, catalogue
from webgis.planning.errors import NotFound
from webgis.planning.fields import today
from webgis.planning.mapping import assets, borders, households, slum_outlines, slums
from webgis.planning.mapping.assets import CONDITIONS, Asset
from webgis.planning.mapping.household_drafts import REGISTERS
from webgis.planning.proposals import attachments
from webgis.planning.proposals.attachments import Attachment
from webgis.planning.ranking import ranking

MOST: Final = 2_000
SHOWN: Final = 200
LISTED: Final = 500
"""Rows of the table, which is as many as one change takes."""


@dataclass(frozen=True)
class KindRow:
    """A kind of asset with how many there are by condition ("" where nobody surveyed)."""

    kind: AssetKind
    count: int
    conditions: Mapping[str, int]


@pages.get("/plan/<code>/panel/mapping")
def panel_mapping(code: str) -> str:
    """What is mapped: assets by kind and condition, and where to go on."""
    actor = current_actor()
    access.require(actor, "map_facts", code)
    found = _assets(code)
    return render_template(
        "fragments/mapping.html",
        rows=_by_kind(found),
        unsurveyed=sum(item.condition is None for item in found),
        bad=sum(item.condition in ("heavy_damage", "broken") for item in found),
        total=len(found),
        households=households.list_households(database(), actor, kelurahan=code, limit=1).total
        if access.may(actor, "see_households", code)
        else None,
        rws=regions.list_regions(database(), "rw", code) if access.may(actor, "edit_regions", code) else (),
        code=code,
    )


@pages.get("/plan/<code>/panel/assets")
def panel_assets(code: str) -> str:
    """The assets of a kind, or of a condition."""
    access.require(current_actor(), "map_facts", code)
    kind, condition = request.args.get("kind", ""), request.args.get("condition", "")
    found = [
        item
        for item in _assets(code, kind or None)
        if not condition or (item.condition or "unknown") == condition
    ]
    return render_template(
        "fragments/assets.html", found=found[:SHOWN], total=len(found), kind=_kind(kind) if kind else None,
        condition=condition, conditions=(*CONDITIONS, "unknown"), kinds=_by_kind(_assets(code)), code=code,
    )  # fmt: skip


@pages.get("/plan/<code>/panel/assets/new")
def panel_new_asset(code: str) -> str:
    """The chooser of kinds, or an empty form for one."""
    access.require(current_actor(), "map_facts", code)
    key, geometry = request.args.get("kind", ""), request.args.get("geometry", "")
    if key:
        return _asset_form(code, _kind(key), None)
    kinds = [kind for kind in catalogue().asset_kinds.values() if not geometry or geometry in kind.geometry]
    return render_template("fragments/choose_kind.html", kinds=kinds, code=code)


@pages.get("/plan/<code>/panel/assets/table")
def panel_asset_table(code: str) -> str:
    """The assets as a table: values beside words for sorting and editing."""
    access.require(current_actor(), "map_facts", code)
    kind, condition, everything = (
        request.args.get("kind", ""),
        request.args.get("condition", ""),
        _assets(code),
    )
    found = [
        item
        for item in everything
        if (not kind or item.kind == kind) and (not condition or (item.condition or "unknown") == condition)
    ]
    return render_template(
        "fragments/asset_table.html", found=found[:LISTED], total=len(found), kind=kind, condition=condition,
        conditions=(*CONDITIONS, "unknown"), kinds=_by_kind(everything), columns=asset_columns(),
    )  # fmt: skip


@pages.get("/plan/<code>/panel/assets/many")
def panel_many_assets(code: str) -> str:
    """The dialog that changes many assets at once."""
    access.require(current_actor(), "map_facts", code)
    return render_template("fragments/many_assets.html", conditions=(*CONDITIONS, "unknown"), today=today())


@pages.get("/plan/<code>/panel/assets/<asset_id>")
def panel_asset(code: str, asset_id: str) -> str:
    """The form of an asset."""
    access.require(current_actor(), "map_facts", code)
    found = assets.get_asset(database(), asset_id)
    if found.kelurahan != code:
        raise NotFound("no_asset")
    return _asset_form(code, _kind(found.kind), found)


@pages.get("/plan/<code>/panel/assets/<asset_id>/photos")
def panel_asset_photos(code: str, asset_id: str) -> str:
    """The photos of an asset, after one came or went."""
    access.require(current_actor(), "map_facts", code)
    if assets.get_asset(database(), asset_id).kelurahan != code:
        raise NotFound("no_asset")
    return render_template("fragments/asset_photos.html", photos=_photos(asset_id))


@pages.get("/plan/<code>/panel/survey")
def panel_survey(code: str) -> str:
    """The condition survey: which kind, or big buttons for the asset in sight."""
    access.require(current_actor(), "map_facts", code)
    key = request.args.get("kind", "")
    return render_template(
        "fragments/survey.html", kind=_kind(key) if key else None, kinds=_by_kind(_assets(code)), conditions=CONDITIONS,
        code=code,
    )  # fmt: skip


@pages.get("/plan/<code>/panel/households/new")
def panel_new_household(code: str) -> str:
    """An empty form of a household, for those who may see households here."""
    access.require(current_actor(), "see_households", code)
    access.require(current_actor(), "map_facts", code)
    return _household_form(code, None)


@pages.get("/plan/<code>/panel/households/<household_id>")
def panel_household(code: str, household_id: str) -> str:
    """The form of a household."""
    actor = current_actor()
    access.require(actor, "see_households", code)
    found = households.get_household(database(), actor, household_id)
    if found.kelurahan != code:
        raise NotFound("no_household")
    return _household_form(code, found)


@pages.get("/plan/<code>/panel/areas/new")
def panel_new_area(code: str) -> str:
    """The outline of a slum area that is no RT, to be drawn."""
    access.require(current_actor(), "map_facts", code)
    rts = sorted(
        (area for area in slums.slum_areas(database(), code) if area.level == "rt"),
        key=lambda area: area.code,
    )
    return render_template("fragments/area.html", found=None, today=today(), code=code, rts=rts)


@pages.post("/plan/<code>/panel/areas/outline")
def panel_area_outline(code: str) -> ResponseReturnValue:
    """One outline of several RT, as GeoJSON."""
    given = request.get_json()
    codes = given.get("codes") if isinstance(given, Mapping) else None
    named = [str(one) for one in codes] if isinstance(codes, list) else []
    return jsonify(slum_outlines.united(database(), current_actor(), code, named))


@pages.get("/plan/<code>/panel/areas/<area>")
def panel_area(code: str, area: str) -> str:
    """The outline of a slum area."""
    access.require(current_actor(), "map_facts", code)
    found = slums.profile(database(), area)
    if found.kelurahan != code:
        raise NotFound("no_slum_area", region=area)
    changes = slum_outlines.area_history(database(), current_actor(), found.id)[::-1]
    hanging = slum_outlines.hanging(database(), found)
    return render_template(
        "fragments/area.html", found=found, today=today(), code=code, changes=changes, hanging=hanging
    )


@pages.get("/plan/<code>/panel/borders/<region>")
def panel_border(code: str, region: str) -> str:
    """The border of an RW or RT, its name and counts, with the neighbours that share it."""
    access.require(current_actor(), "edit_regions", code)
    found = regions.region(database(), region)
    if not access.covers(code, region) or region == code:
        raise NotFound("no_region", region=region)
    below = regions.list_regions(database(), "rt", region) if found.region.kind == "rw" else ()
    changes = borders.region_history(database(), region)[::-1]
    return render_template(
        "fragments/border.html", found=found, below=below, changes=changes, today=today(), code=code
    )


@pages.get("/plan/<code>/panel/scores")
def panel_scores(code: str) -> ResponseReturnValue:
    """The scores of the open proposals now, to be sent back to `panel/moved` after a change."""
    access.require(current_actor(), "map_facts", code)
    run = ranking.rank_kelurahan(database(), desk(), current_actor(), code, keep=False)
    return jsonify({row["id"]: round(row["score"], 4) for row in run["ranking"]})


@pages.post("/plan/<code>/panel/moved")
def panel_moved(code: str) -> str:
    """Which proposals' scores a change of facts moved since `panel/scores` was asked."""
    access.require(current_actor(), "map_facts", code)
    given = request.get_json()
    before = {str(name): float(score) for name, score in given.items()} if isinstance(given, Mapping) else {}
    run = ranking.rank_kelurahan(database(), desk(), current_actor(), code, keep=False)
    return render_template("fragments/moved.html", found=moved(before, run["ranking"]), code=code)


def _assets(code: str, kind: str | None = None) -> Sequence[Asset]:
    return assets.list_assets(database(), kelurahan=code, kind=kind, limit=MOST).items


def _by_kind(found: Sequence[Asset]) -> list[KindRow]:
    """Kinds with what is mapped of them, those with most first."""
    counts: dict[str, Counter[str]] = {}
    for item in found:
        counts.setdefault(item.kind, Counter())[item.condition or "unknown"] += 1
    rows = [KindRow(_kind(key), sum(held.values()), held) for key, held in counts.items()]
    return sorted(rows, key=lambda row: (-row.count, row.kind.key))


def _kind(key: str) -> AssetKind:
    kind = catalogue().asset_kinds.get(key)
    if kind is None:
        raise NotFound("unknown_asset_kind", given=key, known=", ".join(list(catalogue().asset_kinds)[:5]))
    return kind


def _asset_form(code: str, kind: AssetKind, found: Asset | None) -> str:
    changes: Sequence[Mapping[str, Any]] = (
        () if found is None else assets.asset_history(database(), current_actor(), found.id)
    )
    return render_template(
        "fragments/asset.html", kind=kind, found=found, conditions=CONDITIONS, changes=list(changes)[::-1],
        photos=() if found is None else _photos(found.id), geometry_kind=_geometry_kind(found), today=today(),
        code=code,
    )  # fmt: skip


def _geometry_kind(found: Asset | None) -> str:
    """line, polygon or point, as the tools for shapes know it; empty where nothing is stored yet."""
    kind = found.geometry["type"].removeprefix("Multi").lower() if found else ""
    return "line" if kind == "linestring" else str(kind)


def _photos(asset_id: str) -> tuple[Attachment, ...]:
    return attachments.list_attachments(database(), current_actor(), "asset", asset_id)


def _household_form(code: str, found: households.Household | None) -> str:
    return render_template(
        "fragments/household.html", home=found, registers=REGISTERS, today=today(), code=code
    )
