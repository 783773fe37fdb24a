"""The page of a kelurahan: its slum land, its works by state and by RW, and the plan a meeting adopted.

It knows nothing about households or scores: everything here stands on the public map as well, and reads without one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Response, render_template, url_for
from flask_babel import gettext

from webgis.auth import current_language
from webgis.pages.navigation import places
from webgis.pages.public import listed, shared
from webgis.pages.site import database, pages
from webgis.planning import regions
from webgis.planning.access import PUBLIC
from webgis.planning.catalogues.vocabulary import STATES
from webgis.planning.errors import NotFound
from webgis.planning.mapping import slum_privacy
from webgis.planning.plans import masterplans
from webgis.planning.regions import Region
from webgis.planning.written import number


@dataclass(frozen=True)
class ByState:
    """Works of a state and what they cost together, in rupiah."""

    state: str
    works: int
    cost: int


@dataclass(frozen=True)
class ByGrade:
    """RT of a grade and the verified hectares of them together, as everybody may know them."""

    grade: str
    rts: int
    hectares: float


@pages.get("/kelurahan/<code>")
def kelurahan_page(code: str) -> str:
    """The page."""
    db = database()
    home = _home(code)
    view = listed.by_rw(db, {"kelurahan": code, "work_type": "", "q": ""}, places(db))
    works = [item for group in view.groups for item in group.items]
    counts = Counter(item.state for item in works)
    slum = _slum(code)
    return render_template(
        "pages/kelurahan.html",
        home=home,
        view=view,
        states=[
            ByState(state, counts[state], sum(item.cost for item in works if item.state == state))
            for state in STATES
            if counts[state]
        ],
        slum=slum,
        plan=masterplans.masterplan(db, code),
        here="list",
    )


@pages.get("/kelurahan/<code>/gambar.png")
def kelurahan_picture(code: str) -> Response:
    """The picture of a shared link."""
    home, lang = _home(code), current_language()
    outline = regions.region(database(), code).geometry
    if outline is None:
        raise NotFound("no_kelurahan", kelurahan=code)
    slum_ha = sum(one.hectares for one in _slum(code))
    return shared.picture(
        shared.Shown(home.name, f"{gettext('Slum land')} {number(slum_ha, lang, 1)} ha", outline, True)
    )


@pages.get("/kelurahan/<code>/qr.svg")
def kelurahan_code(code: str) -> Response:
    """The address of the page as a QR code."""
    return shared.code(url_for("pages.kelurahan_page", code=_home(code).code, _external=True))


def _slum(code: str) -> list[ByGrade]:
    """The slum RT of a kelurahan by grade, worst first; empty where none has a form that everybody may read."""
    areas = [
        one
        for one in slum_privacy.areas_shown_to(database(), PUBLIC, code)
        if one.level == "rt" and one.outcome.grade
    ]
    return [
        ByGrade(grade, len(mine), sum(one.hectares or 0.0 for one in mine))
        for grade in ("heavy", "medium", "light")
        for mine in [[one for one in areas if one.outcome.grade == grade]]
        if areas
    ]


def _home(code: str) -> Region:
    """The kelurahan. Raises NotFound for any other kind of region."""
    found = regions.region(database(), code).region
    if found.kind != "kelurahan":
        raise NotFound("no_kelurahan", kelurahan=code)
    return found
