"""What all pages share: the blueprint, the words and formats that templates use, theme and language.

It knows nothing about single pages; `register` is called once by the application factory.
Templates get formats as filters bound to the language of the request, so that they stay free of logic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from webgis.auth import csrf_token, current_actor, current_language
from webgis.context import context
from webgis.pages import navigation
from webgis.pages.assets import asset
from webgis.pages.drawing import sketch
from webgis.pages.wording import formats, labels, review_words
from webgis.pages.wording.criterion_terms import criterion_terms
from webgis.pages.wording.language import LANGUAGES, set_up_languages
from webgis.pages.wording.terms import term_name, terms
from webgis.planning import access, written
from webgis.planning.catalogues import catalogue, vocabulary
from webgis.planning.community import notices
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.facts import FactsCache
from webgis.planning.judging.scoring import Judge
from webgis.planning.mapping import hazard_areas, poverty, programmes
from webgis.planning.reasons import in_words
from webgis.planning.sentences.messages import message
from webgis.store.database import Database

pages: Final = Blueprint("pages", __name__, template_folder="../templates")
THEMES: Final = ("light", "dark", "system")
_RT: Final = re.compile(r".+-RW\d+-RT\d+", re.ASCII)
ONE_YEAR_S: Final = 365 * 24 * 3600
FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "number": written.number,
    "plain": written.plain,
    "signed": formats.signed,
    "share": formats.percent,
    "signed_share": formats.signed_percent,
    "money": formats.money,
    "short_money": formats.short_money,
    "day": formats.day,
    "moment": written.moment,
    "band": formats.band_name,
    "unit": formats.unit,
    "quantity": formats.quantity,
    "people": review_words.people_words,
    "per_household": review_words.per_household,
    "findings": review_words.findings,
    "ground_rows": review_words.ground_rows,
}


def database() -> Database:
    """The store of this application."""
    return context().db


def desk() -> Desk:
    """Facts and judged works kept at hand by this process, shared with the API."""
    shared: Desk | None = getattr(context(), "desk", None)
    if shared is not None:
        return shared
    kept: Desk = current_app.extensions.setdefault(
        "webgis.desk", Desk(FactsCache(context().settings.data_dir), Judge())
    )
    return kept


def to_sign_in() -> BaseResponse:
    """Off to the sign-in form, and back here afterwards."""
    return redirect(url_for("pages.login", next=url_with() if request.args else request.path))


def set_up_pages(app: Flask) -> None:
    """Filters, words and choices for every template of an application, and the blueprint itself."""
    set_up_languages(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for name, function in FILTERS.items():
        app.jinja_env.filters[name] = _in_language(function)
    app.jinja_env.filters["label"] = lambda key, table: labels.label(getattr(labels, table), key)
    app.jinja_env.filters["message"] = lambda code: message(code, {}, current_language())
    app.jinja_env.filters["reason"] = lambda reason: in_words(reason, current_language())
    app.jinja_env.filters["asset_name"] = asset_name
    app.jinja_env.filters["bounds"] = sketch.bounds
    app.jinja_env.filters["initials"] = navigation.initials
    app.jinja_env.globals.update(
        asset=asset,
        state_name=state_name,
        work_name=work_name,
        pillar_name=pillar_name,
        fund_name=fund_name,
        rw_name=rw_name,
        area_name=area_name,
        poverty_edition=poverty_edition,
        terms=terms,
        criterion_terms=criterion_terms,
        term_name=term_name,
        flood_map=flood_map,
        has_programmes=has_programmes,
    )
    app.context_processor(_everywhere)
    app.after_request(_remember_theme)
    app.register_blueprint(pages)


def poverty_edition() -> poverty.Edition:
    """Of which day the poverty map is, and when the next one comes."""
    return poverty.edition(database(), context().settings.poverty_months)


def flood_map() -> hazard_areas.FloodMap | None:
    """What the layer of hazards shows; None where the city has no flood map."""
    return hazard_areas.flood_map(database())


def has_programmes() -> bool:
    """Whether there is a city programme that the reader may see."""
    return bool(programmes.years(database(), current_actor()))


def state_name(key: str) -> str:
    """A state of a proposal in words."""
    return vocabulary.state_name(key, current_language())


def fund_name(key: str) -> str:
    """A fund in words."""
    return vocabulary.fund_name(key, current_language())


def work_name(key: str) -> str:
    """A work type in words; an unknown one stays readable."""
    work = catalogue.catalogue().work_types.get(key)
    return work.name(current_language()) if work else key.replace("_", " ")


def asset_name(key: str) -> str:
    """A kind of asset in words; an unknown one stays readable."""
    kind = catalogue.catalogue().asset_kinds.get(key)
    return kind.name(current_language()) if kind else key.replace("_", " ")


def pillar_name(key: str) -> str:
    """A pillar of Tridaya in words."""
    key = "economy" if key == "economic" else key
    return vocabulary.pillar_name(key, current_language()) if key in vocabulary.PILLARS else key


def rw_name(code: str | None) -> str:
    """The short name of an RW or RT code: RW 05, RT 02."""
    last = (code or "").rpartition("-")[2]
    return f"{last[:2]} {last[2:].lstrip('0').zfill(2)}" if last[:2] in ("RW", "RT") else code or ""


def area_name(area: Any) -> str:
    """A slum area as the pages call it: an RT by its code (RT 07 RW 26), whatever its table called it."""
    code, name = (area["code"], area["name"]) if isinstance(area, Mapping) else (area.code, area.name)
    return f"{rw_name(code)} {rw_name(code.rpartition('-')[0])}" if _RT.fullmatch(code) else str(name)


def url_with(**changes: str) -> str:
    """The address of this page with other arguments (for the language and theme switches)."""
    arguments = {**request.args.to_dict(), **changes}
    return f"{request.path}?{urlencode(arguments)}"


def _in_language(function: Callable[..., Any]) -> Callable[..., Any]:
    """A format as a filter: value|quantity("m") becomes quantity(value, "m", lang)."""
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    before = names.index("lang") - 1

    @wraps(function)
    def filtered(value: Any, *more: Any) -> Any:
        return function(value, *more[:before], current_language(), *more[before:])

    return filtered


def _everywhere() -> dict[str, Any]:
    """What every template may use."""
    actor = current_actor()
    theme = request.args.get("theme") or request.cookies.get("theme")
    return {
        "actor": actor,
        "may": lambda action, region: access.may(actor, action, region),
        "lang": current_language(),
        "languages": LANGUAGES,
        "csrf_token": csrf_token,
        "unread_notices": lambda: notices.unread(database(), actor),
        "tabs": navigation.tabs(actor),
        "theme": theme if theme in THEMES else "system",
        "themes": THEMES,
        "url_with": url_with,
        "base_map_file": context().settings.base_map.is_file,
    }


def _remember_theme(response: Response) -> Response:
    """Put ?theme=light|dark|system into a cookie, so that the choice stays without scripts."""
    chosen = request.args.get("theme")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=ONE_YEAR_S, samesite="Lax", secure=request.is_secure)
    return response
