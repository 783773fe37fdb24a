"""City programmes as everybody may see them, and the form of those who record them.

It knows nothing about rights or rules. Lists, pages and the form are plain HTML; the script only draws the place, which
can be pasted as GeoJSON as well.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webgis.auth import current_actor, current_language
from webgis.pages import entrance, navigation
from webgis.pages.drawing import sketch
from webgis.pages.review.review import beside_map
from webgis.pages.site import asset_name, database, pages, to_sign_in
from webgis.pages.wording import formats, labels
from webgis.pages.wording.review_words import Row
from webgis.planning import access, regions
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, StaleVersion
from webgis.planning.fields import today
from webgis.planning.mapping import programmes
from webgis.planning.mapping.programmes import Programme, ProgrammeDraft
from webgis.planning.reasons import in_words
from webgis.planning.written import NOTHING, number
from webgis.wording import words

MOST: Final = 500
FIELDS: Final = ("title", "kind", "year", "budget", "office", "public", "source", "source_on")
"""Fields of a programme in the order of its page."""


@pages.get("/program-kota")
def programme_list() -> str:
    """The programmes that somebody may see, latest year first."""
    db, actor, asked = database(), current_actor(), request.args
    places, years = navigation.places(db), programmes.years(db, actor)
    year = asked.get("year", type=int)
    kelurahan = asked.get("kelurahan", "")
    found = programmes.list_programmes(
        db, actor, kelurahan=kelurahan or None, year=year if year in years else None, limit=MOST
    )
    return render_template(
        "pages/programme_list.html",
        found=found,
        most=MOST,
        places_all=places,
        names={place.code: place.name for place in places},
        years=years,
        year=year,
        kelurahan=kelurahan,
        may_record=bool(access.regions_where(actor, "map_programmes")),
        here="list",
    )


@pages.get("/program-kota/baru")
def programme_new() -> ResponseReturnValue:
    """An empty form."""
    if not current_actor().signed_in:
        return to_sign_in()
    _require_somewhere()
    return _form(None, {"year": str(today().year), "public": "true"})


@pages.post("/program-kota")
def programme_create() -> ResponseReturnValue:
    """Record a programme; what is refused comes back in the form."""
    _require_somewhere()
    try:
        made = programmes.create_programme(database(), current_actor(), _draft(request.form))
    except BadDocument as error:
        return _form(None, request.form, error), 422
    return redirect(url_for("pages.programme_page", programme_id=made.id), 303)


@pages.get("/program-kota/<programme_id>")
def programme_page(programme_id: str) -> str:
    """One programme with its place and its history."""
    db, actor, lang = database(), current_actor(), current_language()
    found = programmes.get_programme(db, actor, programme_id)
    home = regions.region(db, found.kelurahan)
    return render_template(
        "pages/programme.html",
        found=found,
        home=home.region,
        picture=sketch.sketch(db, found.geometry, home.geometry),
        versions=[
            (change, in_words(change["reason"], lang), _changed(change, lang))
            for change in reversed(programmes.programme_history(db, actor, programme_id))
        ],
        here="list",
    )


@pages.get("/program-kota/<programme_id>/ubah")
def programme_edit(programme_id: str) -> ResponseReturnValue:
    """The form with what is stored."""
    actor = current_actor()
    found = programmes.get_programme(database(), actor, programme_id)
    if not actor.signed_in:
        return to_sign_in()
    access.require(actor, "map_programmes", found.kelurahan)
    given = {
        "title": found.title, "kind": found.kind, "year": str(found.year), "office": found.office or "",
        "budget": "" if found.budget is None else number(found.budget, current_language()), "source": found.source,
        "source_on": found.source_on.isoformat(), "public": "true" if found.public else "",
        "geometry": json.dumps(found.geometry), "version": str(found.version),
    }  # fmt: skip
    return _form(found, given)


@pages.post("/program-kota/<programme_id>")
def programme_replace(programme_id: str) -> ResponseReturnValue:
    """Write a programme anew; what is refused comes back in the form."""
    db, actor = database(), current_actor()
    found = programmes.get_programme(db, actor, programme_id)
    access.require(actor, "map_programmes", found.kelurahan)
    version = request.form.get("version", type=int)
    try:
        programmes.replace_programme(db, actor, programme_id, _draft(request.form), version)
    except (BadDocument, StaleVersion) as error:
        return _form(found, request.form, error), 422 if isinstance(error, BadDocument) else 412
    return redirect(url_for("pages.programme_page", programme_id=programme_id), 303)


@pages.post("/program-kota/<programme_id>/hapus")
def programme_delete(programme_id: str) -> ResponseReturnValue:
    """Delete a programme; its history stays."""
    version = request.form.get("version", type=int)
    programmes.delete_programme(database(), current_actor(), programme_id, version)
    return redirect(url_for("pages.programme_list"), 303)


def _require_somewhere() -> None:
    """Raise unless somebody records programmes in at least one region."""
    actor = current_actor()
    if not access.regions_where(actor, "map_programmes"):
        access.require(actor, "map_programmes", access.home(actor) or "-")


def _form(
    found: Programme | None, given: Mapping[str, str], error: BadDocument | StaleVersion | None = None
) -> str:
    db, actor, lang = database(), current_actor(), current_language()
    held = access.regions_where(actor, "map_programmes")
    kinds = sorted((asset_name(key), key) for key in catalogue().asset_kinds)
    bounds = regions.bounds(db, held[0] if len(held) == 1 else "")
    return render_template(
        "pages/programme_form.html",
        found=found,
        given=given,
        kinds=kinds,
        errors=_errors(error, lang),
        today=today().isoformat(),
        **beside_map(bounds) | {"here": "programmes", "bounds": entrance.bounds_text(bounds)},
    )


def _errors(error: BadDocument | StaleVersion | None, lang: str) -> dict[str, str]:
    """Field -> why it is refused; "" for what belongs to no field."""
    if error is None:
        return {}
    if isinstance(error, StaleVersion):
        return {"": words(error.code, error.params, lang)}
    found: dict[str, str] = {}
    for one in error.problems:
        name = "geometry" if one.pointer.startswith("/geometry") else one.pointer.rpartition("/")[2]
        found.setdefault(name, words(one.code, one.params, lang))
    return found


def _draft(sent: Mapping[str, str]) -> ProgrammeDraft:
    """What the form says; a number that is none is one that the rules refuse."""
    return ProgrammeDraft(
        title=sent.get("title", ""),
        kind=sent.get("kind", ""),
        year=_whole(sent.get("year", "")) or 0,
        source=sent.get("source", ""),
        source_on=_day(sent.get("source_on", "")),
        geometry=_geometry(sent.get("geometry", "")),
        budget=_whole(sent.get("budget", "")),
        office=sent.get("office"),
        public=sent.get("public") == "true",
    )


def _whole(given: str) -> int | None:
    """A whole number however its thousands are parted; None for nothing, -1 for what is no number."""
    digits = re.sub(r"[\s.,]|Rp", "", given)
    if not digits:
        return None
    return int(digits) if re.fullmatch(r"[0-9]{1,18}", digits) else -1


def _day(given: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        return None


def _geometry(given: str) -> dict[str, Any]:
    """A geometry pasted as GeoJSON, also inside a feature or a collection of one; {} for anything else."""
    try:
        found = json.loads(given)
    except ValueError:
        return {}
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        found = features[0] if isinstance(features, list) and len(features) == 1 else {}
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    return found if isinstance(found, dict) else {}


def _changed(change: Mapping[str, Any], lang: str) -> list[Row]:
    """The changed fields of a version in words; of a shape only the name."""
    if change["action"] != "update":
        return []
    rows = [
        Row(gettext(labels.PROGRAMME[name]), *(_value(name, one[when], lang) for when in ("old", "new")))
        for name in FIELDS
        if (one := change["changed"].get(name)) is not None
    ]
    return [*rows, *([Row(gettext("Place"), "", "")] if "geom" in change["changed"] else [])]


def _value(name: str, value: Any, lang: str) -> str:
    if value is None:
        return NOTHING
    if name == "kind":
        return asset_name(value)
    if name == "budget":
        return formats.money(value, lang)
    if name == "public":
        return str(gettext("yes") if value else gettext("not yet"))
    if name == "source_on":
        return formats.day(dt.date.fromisoformat(value), lang)
    return str(value)
