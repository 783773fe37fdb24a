"""The fragments of the ranking tab: the whole tab, the list alone, the drawer of weights, and two proposals compared.

It knows nothing about scores or weights; the arguments of the address say by which weights and with which filters.
"""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from gis_core.weights import CONSISTENT_UP_TO
from webgis.auth import current_actor, current_language
from webgis.pages.rankings import compared, ranked
from webgis.pages.rankings.choice import Choice, order, read_choice
from webgis.pages.rankings.drawer import drawer
from webgis.pages.rankings.ranked_order import FILTERS, SORTS
from webgis.pages.scores import standing
from webgis.pages.site import database, desk, pages
from webgis.pages.wording import formats
from webgis.planning import access, regions
from webgis.planning.catalogues.catalogue import weighed_name
from webgis.planning.errors import BadDocument
from webgis.planning.ranking import weight_sets


@pages.get("/plan/<code>/panel/ranking")
def panel_ranking(code: str) -> str:
    """The ranking with stacked bars; each row opens to its parts."""
    access.require(current_actor(), "rank", code)
    chosen = _usable(code)
    return render_template(
        "fragments/ranking.html", code=code, **_list(code, chosen), **_drawer(code, chosen)
    )


@pages.get("/plan/<code>/panel/ranking/list")
def panel_ranked_list(code: str) -> str:
    """The list alone, as it is by other weights; weights that are none are said in its place."""
    access.require(current_actor(), "rank", code)
    try:
        return render_template("fragments/ranked.html", code=code, **_list(code, _chosen(code)))
    except BadDocument as error:
        return render_template(
            "fragments/preview_fault.html", faults=standing.faults(error, current_language())
        )


@pages.get("/plan/<code>/panel/ranking/meeting")
def panel_meeting(code: str) -> str:
    """The list for a projector: large, and nothing that only those with rights may see."""
    access.require(current_actor(), "rank", code)
    chosen = _usable(code)
    lang = current_language()
    found = ranked.ranked_list(database(), desk(), current_actor(), code, {}, lang, chosen)
    return render_template(
        "fragments/meeting.html",
        view=ranked.without_names(database(), code, found, lang),
        place=regions.region(database(), code).region.name,
        weights=_heavy(chosen, lang),
        used=weight_sets.get_weight_set(database(), current_actor(), chosen.set_id)
        if chosen.set_id and chosen.set_id != weight_sets.MEDIAN
        else None,
    )


@pages.get("/plan/<code>/panel/ranking/weights")
def panel_weights(code: str) -> str:
    """The drawer with the way of judging that is asked for in `to`, filled with the weights in use."""
    access.require(current_actor(), "rank", code)
    return render_template("parts/judging.html", code=code, **_drawer(code, _usable(code)))


@pages.get("/plan/<code>/panel/ranking/compare")
def panel_compare(code: str) -> str:
    """Two proposals, `a` and `b`, side by side."""
    actor = current_actor()
    access.require(actor, "rank", code)
    chosen = _chosen(code)
    view = compared.compared(
        database(), desk(), actor, code, (request.args.get("a", ""), request.args.get("b", "")), chosen,
        current_language(),
    )  # fmt: skip
    return render_template("fragments/compare.html", view=view)


def _chosen(code: str) -> Choice:
    """The weights that stand in the address. Raises BadDocument for what is none."""
    return read_choice(database(), current_actor(), code, request.args)


def _usable(code: str) -> Choice:
    """The same, or the starting weights where they are none, so that nobody is locked out of the drawer."""
    try:
        return _chosen(code)
    except BadDocument:
        return read_choice(database(), current_actor(), code, {})


def _list(code: str, chosen: Choice) -> dict[str, Any]:
    asked = {name: request.args.get(name, "") for name in FILTERS}
    sort, lang = request.args.get("sort", ""), current_language()
    return {
        "view": ranked.ranked_list(database(), desk(), current_actor(), code, asked, lang, chosen, sort),
        "sort": sort,
        "sorts": SORTS,
        "most_inconsistent": CONSISTENT_UP_TO,
        "shares": {name: formats.percent(share, lang, 1) for name, share in chosen.weighed.weights.items()},
    }


def _heavy(chosen: Choice, lang: str) -> list[tuple[str, float]]:
    """Names and weights of the criteria that weigh something, the heaviest first."""
    weights = chosen.weighed.weights
    return [(weighed_name(name, lang), weights[name]) for name in order(weights) if weights[name] > 0]


def _drawer(code: str, chosen: Choice) -> dict[str, Any]:
    sets = weight_sets.list_weight_sets(database(), current_actor(), code)
    return {"drawer": drawer(chosen, request.args.get("to", ""), sets, current_language())}
