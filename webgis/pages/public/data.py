"""The data page: what may be downloaded, and how a file is brought in.

It knows nothing about formats; it makes the address of an export, which works without JavaScript as well.
What is left out for privacy is said where the form is (contracts, Privacy).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webgis.auth import current_actor, current_language
from webgis.pages import navigation
from webgis.pages.navigation import Place
from webgis.pages.site import database, pages
from webgis.pages.wording import labels
from webgis.planning import access
from webgis.planning.access import Actor
from webgis.planning.catalogues.vocabulary import STATES
from webgis.planning.giving.exports import FORMATS
from webgis.planning.imports.importing import Wish, import_file
from webgis.planning.imports.rights import importable, require_import

LIVE = "geojson"
SHOWN_ROWS = 5
LEAST_REASON, LONGEST_REASON = 5, 300
OF_FILE = ("source", "source_on")
"""What the form says of all rows of a file."""


@dataclass(frozen=True)
class City:
    """A city with its kelurahan, for lists that part them."""

    code: str
    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Choice:
    """What somebody wants to take along; unknown words in the address fall back to the first choice."""

    layer: str
    kelurahan: str
    state: str
    format: str
    reason: str = ""

    @property
    def lacks_reason(self) -> bool:
        """Whether personal data are wanted without a word what for."""
        return self.layer == "households" and len(self.reason) < LEAST_REASON

    def href(self, form: str) -> str:
        """The address of this in a format."""
        asked = {"kelurahan": self.kelurahan, "state": self.state if self.layer == "proposals" else ""}
        if self.layer == "households":
            asked["reason"] = self.reason
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"/api/v1/export/{self.layer}.{form}" + (f"?{query}" if query else "")


@pages.get("/data")
def data() -> str:
    """What can be taken along, and the form for a file where the account may import."""
    return _page(None)


@pages.get("/data/download")
def download() -> ResponseReturnValue:
    """From the form to the file: the address of an export has the format in its path."""
    choice = _choice(_layers(current_actor()), navigation.places(database()))
    if choice.lacks_reason:
        return _page(None, unexplained=True), 422
    return redirect(choice.href(choice.format), 303)


@pages.post("/data/import")
def bring_in() -> str:
    """Check a file, or bring it in, and show the report."""
    actor, sent, layer = current_actor(), request.files.get("file"), request.form.get("layer", "")
    require_import(actor, layer)
    if sent is None or not sent.filename:
        return _page(None)
    trial = request.form.get("dry_run") != "false"
    name, crs = Path(sent.filename).name, request.form.get("crs") or None
    with TemporaryDirectory(prefix="webgis-import-") as folder:
        kept = Path(folder) / f"sent{Path(name).suffix.lower()[:8]}"
        sent.save(kept)
        values = {key: said for key in OF_FILE if (said := request.form.get(key, "").strip()[:200])}
        report = import_file(
            database(), actor, Wish(kept, layer, crs, values=values, dry_run=trial, name=name)
        )
    return _page(report.document(current_language()))


def _page(report: Mapping[str, Any] | None, *, unexplained: bool = False) -> str:
    actor, places = current_actor(), navigation.places(database())
    layers = _layers(actor)
    choice = _choice(layers, places)
    return render_template(
        "pages/data.html",
        layers=layers,
        choice=choice,
        unexplained=unexplained,
        link=request.url_root.rstrip("/") + choice.href(LIVE),
        cities=_cities(places),
        states=tuple(STATES),
        formats=labels.FORMATS,
        synthetic=any(place.synthetic for place in places),
        import_layers=[(key, labels.layer_name(key)) for key in importable(actor)],
        import_everywhere=bool(access.regions_where(actor, "import")),
        import_layer=request.form.get("layer", ""),
        report=report,
        report_layer=labels.layer_name(report["layer"]) if report else "",
        faults=_faults(report["problems"]) if report else (),
        here="data",
    )


@dataclass(frozen=True)
class FaultGroup:
    """Problems of one kind in one field: the first in words, how many there are, and the first rows."""

    field: str
    message: str
    count: int
    rows: tuple[int, ...]


def _faults(problems: Sequence[Mapping[str, Any]]) -> list[FaultGroup]:
    """Problems of an import by kind and field, the most frequent first: a wrong file says one thing often."""
    kinds: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for problem in problems:
        kinds.setdefault((problem["code"], problem["field"] or ""), []).append(problem)
    groups = [
        FaultGroup(
            field, found[0]["message"], len(found), tuple(p["row"] for p in found[:SHOWN_ROWS] if p["row"])
        )
        for (_, field), found in kinds.items()
    ]
    return sorted(groups, key=lambda group: -group.count)


def _layers(actor: Actor) -> dict[str, tuple[str, str]]:
    """Layer -> name and what it holds; poor households only for those who may see them somewhere."""
    found = {key: (gettext(name), gettext(about)) for key, (name, about) in labels.EXPORTS.items()}
    if any(access.may(actor, "see_households", role.region) for role in actor.roles):
        found["households"] = (labels.layer_name("households"), gettext(labels.HOUSEHOLDS_ABOUT))
    return found


def _choice(layers: Mapping[str, Any], places: list[Place]) -> Choice:
    def one_of(name: str, known: Any, default: str) -> str:
        given = request.args.get(name, "")
        return given if given in known else default

    areas = {place.code for place in places} | {city.code for city in _cities(places)}
    return Choice(
        one_of("layer", layers, next(iter(layers))),
        one_of("kelurahan", areas, ""),
        one_of("state", STATES, ""),
        one_of("format", FORMATS, next(iter(labels.FORMATS))),
        " ".join(request.args.get("reason", "").split())[:LONGEST_REASON],
    )


def _cities(places: list[Place]) -> list[City]:
    ordered = sorted(places, key=lambda place: (place.city, place.code[:5], place.name))
    groups = groupby(ordered, key=lambda place: (place.code[:5], place.city))
    return [City(code, name or code, tuple(inside)) for (code, name), inside in groups]
