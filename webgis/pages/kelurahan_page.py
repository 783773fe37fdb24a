"""The page of a kelurahan: its slum land, its works by state and by RW, and the plan a meeting adopted.

It knows nothing about households or scores: everything here stands on the public map as well, and reads without one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Response, render_template, url_for
from flask_babel import gettext

from webgis.auth import current_language
from webgis.pages import listed, profile, shared
from webgis.pages.navigation import places
from webgis.pages.site import database, pages
from webgis.planning import masterplans, regions, slum_totals, slums
from webgis.planning.catalogue import STATES
from webgis.planning.errors import NotFound
from webgis.planning.regions import Region
from webgis.planning.written import number


@dataclass(frozen=True)
class ByState:
    """Works of a state and what they cost together, in rupiah."""

    state: str
    works: int
    cost: int


@pages.get("/kelurahan/<code>")
def kelurahan_page(code: str) -> str:
    """The page."""
    db = database()
    home = _home(code)
    view = listed.by_rw(db, {"kelurahan": code, "work_type": "", "q": ""}, places(db))
    works = [item for group in view.groups for item in group.items]
    counts = Counter(item.state for item in works)
    form = slum_totals.kelurahan_form(db, code)
    return render_template(
        "pages/kelurahan.html",
        home=home,
        view=view,
        states=[
            ByState(state, counts[state], sum(item.cost for item in works if item.state == state))
            for state in STATES
            if counts[state]
        ],
        hectares=form.hectares if form else None,
        rts=profile.totals(slums.slum_areas(db, code)),
        plan=masterplans.masterplan(db, code),
        here="list",
    )


@pages.get("/kelurahan/<code>/gambar.png")
def kelurahan_picture(code: str) -> Response:
    """The picture of a shared link."""
    home, form, lang = _home(code), slum_totals.kelurahan_form(database(), code), current_language()
    outline = regions.region(database(), code).geometry
    if outline is None:
        raise NotFound("no_kelurahan", kelurahan=code)
    slum_ha = sum(area for grade, area in form.hectares.items() if grade != "none") if form else 0.0
    return shared.picture(
        shared.Shown(home.name, f"{gettext('Slum land')} {number(slum_ha, lang, 1)} ha", outline, True)
    )


@pages.get("/kelurahan/<code>/qr.svg")
def kelurahan_code(code: str) -> Response:
    """The address of the page as a QR code."""
    return shared.code(url_for("pages.kelurahan_page", code=_home(code).code, _external=True))


def _home(code: str) -> Region:
    """The kelurahan. Raises NotFound for any other kind of region."""
    found = regions.region(database(), code).region
    if found.kind != "kelurahan":
        raise NotFound("no_kelurahan", kelurahan=code)
    return found
