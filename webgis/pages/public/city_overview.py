"""The first page of those who look after several kelurahan: all of them in a table beside the map.

It knows nothing about rights or sums. Sorting and filtering are plain links and a plain form; the script adds the map.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import current_actor, current_language, pace
from webgis.pages import entrance, navigation
from webgis.pages.site import database, pages, to_sign_in
from webgis.pages.wording.words import words
from webgis.planning import regions
from webgis.planning.giving import city_overview
from webgis.planning.giving.city_overview import SORTS, Row, Wish
from webgis.planning.giving.city_overview_table import workbook
from webgis.planning.giving.sheets import XLSX
from webgis.planning.judging import household_counts


@pages.get("/plan")
def own_plan() -> ResponseReturnValue:
    """The workspace of the account's own kelurahan, or the table of all of them where there are several."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    mine = navigation.places(database(), actor)
    if len(mine) == 1:
        return navigation.go_to_plan(mine[0].code)
    rows = city_overview.overview(database(), actor)
    wish = wish_of(request.args)
    shown = city_overview.chosen(rows, wish)
    return render_template(
        "pages/city_overview.html",
        rows=shown,
        wish=wish,
        sorts=tuple(SORTS),
        sums=city_overview.by_kecamatan(shown),
        most=max((row.figures.slum_ha or 0.0 for row in shown), default=0.0),
        together=city_overview.together(shown),
        kecamatan=sorted({(row.kecamatan, row.kecamatan_name) for row in rows}),
        counts=any(household_counts.knows(actor, row.code) for row in shown),
        export=f"{url_for('pages.overview_workbook')}?{urlencode(request.args.to_dict())}",
        bounds=entrance.bounds_text(_around(rows)),
        words=words(),
        here="plan",
        households=False,
        role_edit=False,
        grade_counts=None,
    )


@pages.get("/plan/kelurahan.xlsx")
def overview_workbook() -> ResponseReturnValue:
    """The table as it is filtered, as a workbook."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    pace.count("file")
    rows = city_overview.chosen(city_overview.overview(database(), actor), wish_of(request.args))
    answer = Response(workbook(rows, current_language()), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="kelurahan.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def wish_of(asked: Mapping[str, str]) -> Wish:
    """What an address asks for; unknown words fall back to the first choice."""
    sort = asked.get("sort", "")
    return Wish(
        kecamatan=asked.get("kecamatan", "")[:40],
        words=asked.get("q", "")[:80],
        sort=sort if sort in SORTS else Wish.sort,
        rising=asked.get("order", "up" if sort == "name" else "") == "up",
    )


def _around(rows: tuple[Row, ...]) -> regions.Bounds | None:
    boxes = [row.bounds for row in rows if row.bounds]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
