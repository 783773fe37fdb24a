"""The data page: what may be downloaded, and how a file is brought in.

It knows nothing about formats; it links to what the API really offers in this installation.
What is left out for privacy is said where the links are (contracts, Privacy).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import current_app, render_template, request
from flask_babel import gettext

from webgis.auth import current_actor, current_language
from webgis.pages import labels, navigation
from webgis.pages.site import database, pages
from webgis.planning import access
from webgis.planning.access import Actor
from webgis.planning.imports.importing import Wish, import_file
from webgis.planning.imports.layers import LAYERS


@dataclass(frozen=True)
class Download:
    """One layer that can be downloaded: its words and a link."""

    name: str
    about: str
    href: str


@pages.get("/data")
def data() -> str:
    """Links to every public layer, and the form for a file where the account may import."""
    return _page(None)


@pages.post("/data/import")
def bring_in() -> str:
    """Check a file, or bring it in, and show the report."""
    actor, sent = current_actor(), request.files.get("file")
    if not may_import(actor):
        access.require(actor, "import", access.home(actor) or "-")
    if sent is None or not sent.filename:
        return _page(None)
    trial = request.form.get("dry_run") != "false"
    name, layer, crs = (
        Path(sent.filename).name,
        request.form.get("layer", ""),
        request.form.get("crs") or None,
    )
    with TemporaryDirectory() as folder:
        kept = Path(folder) / f"sent{Path(name).suffix.lower()[:8]}"
        sent.save(kept)
        report = import_file(database(), actor, Wish(kept, layer, crs, dry_run=trial, name=name))
    return _page(report.document(current_language()))


def _page(report: Mapping[str, Any] | None) -> str:
    code = request.args.get("kelurahan", "")
    return render_template(
        "pages/data.html",
        downloads=downloads(code),
        places=navigation.places(database()),
        chosen=code,
        importing=may_import(current_actor()),
        import_layers=[(key, labels.layer_name(key)) for key in LAYERS],
        report=report,
        here="data",
    )


def downloads(kelurahan: str) -> list[Download]:
    """The layers that this installation exports, all or of one kelurahan."""
    if not any(rule.rule.startswith("/api/v1/export/") for rule in current_app.url_map.iter_rules()):
        return []
    tail = f"?kelurahan={kelurahan}" if kelurahan else ""
    return [
        Download(gettext(name), gettext(about), f"/api/v1/export/{layer}.geojson{tail}")
        for layer, (name, about) in labels.EXPORTS.items()
    ]


def may_import(actor: Actor) -> bool:
    """Whether there is a way to bring in a file and this account may use it."""
    built = any(
        rule.rule == "/api/v1/imports" and "POST" in (rule.methods or ())
        for rule in current_app.url_map.iter_rules()
    )
    return built and any(access.may(actor, "import", role.region) for role in actor.roles)
