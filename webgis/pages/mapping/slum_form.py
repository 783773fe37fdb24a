"""The form of an RT profile as it is filled in: volumes and bases, with what they make of it told while typing.

It knows nothing about saving, which the scripts do through the API, nor about how points are given (gis_core).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from gis_core import slum
from webgis.auth import current_actor, current_language
from webgis.pages.site import database, pages
from webgis.pages.wording import labels
from webgis.pages.wording.formats import percent
from webgis.planning import access
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.fields import today
from webgis.planning.mapping import slums
from webgis.planning.mapping.doubt_reasons import ASKED
from webgis.planning.mapping.slum_forms import FormDraft, preview_form
from webgis.planning.mapping.slum_treatment import ITEMS, POINTS, density_points, settings
from webgis.planning.mapping.slums import Form, Profile


@dataclass(frozen=True)
class Sheet:
    """What the form shows: the area, the year, the form of that year if there is one, and the one before it."""

    area: Profile
    year: int
    form: Form | None
    before: Form | None

    @property
    def shown(self) -> Form | None:
        """Where the bases stand already: they rarely change from year to year."""
        return self.form or self.before

    def volume(self, code: str, form: Form | None) -> float | None:
        """A volume of a form, None where it is not known."""
        return next((line.volume for line in form.lines if line.code == code), None) if form else None

    def reason(self, code: str) -> str:
        """Why the form of the year keeps a share outside 0..1; empty where nobody said."""
        found = (doubt for doubt in self.form.doubts if doubt.get("criterion") == code) if self.form else ()
        return next((str(doubt["reason"]) for doubt in found if "reason" in doubt), "")

    def share(self, code: str, form: Form | None) -> float | None:
        """A share of a form, None where it is not known."""
        return next((line.share for line in form.lines if line.code == code), None) if form else None


@pages.get("/plan/<code>/panel/slums/<area>/form")
def panel_slum_form(code: str, area: str) -> str:
    """The form of a year, this year by default."""
    access.require(current_actor(), "map_facts", code)
    found = _area(code, area)
    year = request.args.get("year", type=int) or today().year
    earlier = [form for form in found.forms if form.year < year]
    sheet = Sheet(found, year, found.form(year), earlier[-1] if earlier else None)
    years = sorted({today().year, year, *(form.year for form in found.forms)}, reverse=True)
    return render_template(
        "fragments/slum_form.html", sheet=sheet, years=years, aspects=slum.ASPECTS, quantities=slum.BASE_QUANTITIES,
        bases=slum.BASES, items=ITEMS, points=POINTS, units=labels.CRITERION_UNITS, base_units=labels.QUANTITY_UNITS,
        today=today(), code=code,
    )  # fmt: skip


@pages.post("/plan/<code>/panel/slums/<area>/preview")
def panel_slum_preview(code: str, area: str) -> ResponseReturnValue:
    """What a form would say, as texts for the places of the form that show it."""
    actor = current_actor()
    access.require(actor, "map_facts", code)
    _area(code, area)
    given = request.get_json()
    if not isinstance(given, Mapping):
        raise BadDocument([Problem("", "not_an_object")])
    form = preview_form(database(), actor, area, request.args.get("year", 0, int), _draft(given))
    return jsonify(_told(form, current_language()))


def _told(form: Form, lang: str) -> dict[str, Any]:
    doubts: dict[str, list[str]] = {}
    asked = [doubt["criterion"] for doubt in form.doubts if doubt.get("code") in ASKED]
    for doubt in form.doubts:
        doubts.setdefault(str(doubt.get("criterion")), []).append(
            labels.label(labels.DOUBTS, doubt.get("code"))
        )
    quantities = form.quantities
    return {
        "criteria": {
            line.code: {
                "share": percent(line.share, lang), "points": line.score, "doubts": doubts.get(line.code, []),
                "asked": line.code in asked,
            }
            for line in form.lines
        },
        "aspects": {
            key: {"mean": percent(form.aspects[key], lang), "points": sum(
                line.score for line in form.lines if line.code in codes)}
            for key, codes in slum.ASPECTS.items()
        },
        "total": form.total, "grade": form.grade, "grade_name": labels.label(labels.GRADES, form.grade),
        "density_points": density_points(quantities["persons"], quantities["area_verified_ha"]),
        "treatment": render_template("parts/treatment.html", form=form, exit_rule=settings().exit_rule),
    }  # fmt: skip


def _draft(given: Mapping[str, Any]) -> FormDraft:
    """The numbers of a body; what is no number is named with its place. Raises BadDocument."""
    legality = given.get("legality")
    signs = legality if isinstance(legality, Mapping) else {}
    considerations = _numbers(given.get("considerations"), "/considerations")
    return FormDraft(
        volumes=_numbers(given.get("volumes"), "/volumes"),
        bases=_numbers(given.get("bases"), "/bases"),
        considerations={item: int(points) for item, points in considerations.items() if points is not None},
        tenure_clear=signs.get("tenure_clear") if isinstance(signs.get("tenure_clear"), bool) else None,
        doubt_reasons=_texts(given.get("doubt_reasons")),
        zoning_conform=signs.get("zoning_conform") if isinstance(signs.get("zoning_conform"), bool) else None,
    )


def _numbers(given: Any, pointer: str) -> dict[str, float | None]:
    numbers: dict[str, float | None] = {}
    problems = []
    for name, value in (given if isinstance(given, Mapping) else {}).items():
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            numbers[name] = None if value is None else float(value)
        else:
            problems.append(Problem(f"{pointer}/{name}", "number"))
    if problems:
        raise BadDocument(problems)
    return numbers


def _texts(given: Any) -> dict[str, str]:
    return {
        str(name): value
        for name, value in (given if isinstance(given, Mapping) else {}).items()
        if isinstance(value, str)
    }


def _area(code: str, area: str) -> Profile:
    found = slums.profile(database(), area)
    if found.kelurahan != code:
        raise NotFound("no_slum_area", region=area)
    return found
