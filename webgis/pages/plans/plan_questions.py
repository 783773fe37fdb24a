"""Answers to questions put to a plan, as charts, tables and words: other budgets, the core, the other aim.

It knows nothing about how they are computed (`planning.plan_studies`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext, ngettext

from webgis.pages.drawing.charts import Chart, chart
from webgis.pages.wording import formats
from webgis.pages.wording.labels import N_, label
from webgis.planning.written import number

_AS_GOOD: Final = 0.995
"""From this part of the largest benefit on, more money does next to nothing."""
_CORE: Final = {"core": N_("core"), "discuss": N_("to discuss"), "outside": N_("outside")}


@dataclass(frozen=True)
class Question:
    """A question and its answer, if there is one: a sentence, a chart, and the table behind it; old: data changed."""

    kind: str
    title: str
    asks: str
    said: str
    chart: Chart | None
    across: str
    up: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    answered: bool
    old: bool


def questions(plan: Mapping[str, Any], studies: Mapping[str, Any], lang: str) -> tuple[Question, ...]:
    """The three questions to a plan."""
    return (
        _budgets(plan, studies["budgets"], lang),
        _core(plan, studies["core"], lang),
        _balance(studies["balance"], lang),
    )


def core_words(studies: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Work -> (key, word): in the plan whatever the weights, sometimes, or never. Empty where nobody asked."""
    found = studies["core"]
    if found is None:
        return {}
    return {given: (key := _standing(share), label(_CORE, key)) for given, share in found["shares"].items()}


def _standing(share: float) -> str:
    return "core" if share >= 1 else "outside" if share <= 0 else "discuss"


def _question(kind: str, title: str, asks: str, found: Mapping[str, Any] | None, **more: Any) -> Question:
    blank = {"said": "", "chart": None, "across": "", "up": "", "head": (), "rows": ()}
    return Question(
        kind, str(title), str(asks), answered=found is not None,
        old=found is not None and not found["same_data"], **(blank | more),
    )  # fmt: skip


def _budgets(plan: Mapping[str, Any], found: Mapping[str, Any] | None, lang: str) -> Question:
    title = gettext("With less or more money")
    asks = gettext("What the best plan would do for thirteen budgets, from none to twice this one.")
    if found is None:
        return _question("budgets", title, asks, None)
    points = found["points"]
    now = next(point for point in points if point["factor"] == 1)
    unit = now["objective"] or 1.0
    places = [(point["rupiah"] / 1e6, point["objective"] / unit) for point in points]
    most = max(point["objective"] for point in points)
    enough = next(point for point in points if point["objective"] >= _AS_GOOD * most)
    said = gettext(
        "From %(money)s on, more money adds next to nothing.",
        money=formats.short_money(enough["rupiah"], lang),
    )
    if enough is points[-1]:
        said = gettext("Up to twice the money, every further rupiah still adds.")
    if any(not point["feasible"] for point in points):
        said += " " + gettext(
            "Hollow dots: too little money for the works that must be built or the least shares."
        )
    rows = tuple(
        (
            formats.short_money(point["rupiah"], lang), formats.percent(point["objective"] / unit, lang),
            "<5" if point["reached"] is None else number(point["reached"], lang),
            number(len(point["works"]), lang),
        )
        for point in points
    )  # fmt: skip
    return _question(
        "budgets", title, asks, found, said=str(said), rows=rows,
        chart=chart(
            places, lambda x: number(x, lang), lambda y: formats.percent(y, lang),
            places[points.index(now)], [not point["feasible"] for point in points],
        ),
        across=str(gettext("Money of all years, million rupiah")), up=str(gettext("Benefit against this plan")),
        head=(gettext("Money"), gettext("Benefit"), gettext("Poor households reached"), gettext("Works")),
    )  # fmt: skip


def _core(plan: Mapping[str, Any], found: Mapping[str, Any] | None, lang: str) -> Question:
    title = gettext("With other weights and prices")
    asks = gettext(
        "Which works are in the best plan for 200 sets of weights, each with another price level: around the weights "
        "of the participants, where three or more have given theirs, else any that keep their order."
    )
    if found is None:
        return _question("core", title, asks, None)
    people = len(found.get("participants", ()))
    if people:
        asks = gettext(
            "Which works are in the best plan for 200 sets of weights around those of %(people)s participants.",
            people=people,
        )
    moved = found.get("prices")
    shares = found["shares"]
    counts = {key: sum(_standing(share) == key for share in shares.values()) for key in _CORE}
    said = gettext(
        "Core %(core)s, to discuss %(discuss)s, outside %(outside)s. Core works are in for all %(draws)s sets of "
        "weights, those outside for none.",
        draws=found["draws"], **counts,
    )  # fmt: skip
    if moved:
        said += " " + gettext(
            "With each set all prices lie elsewhere, up to %(less)s lower or %(more)s higher.",
            less=formats.percent(-moved["low"], lang), more=formats.percent(moved["high"], lang),
        )  # fmt: skip
    titles = {work["id"]: work["title"] for work in (*plan["schedule"], *plan["left_out"])}
    rows = tuple(
        (titles[given], formats.percent(share, lang), label(_CORE, _standing(share)))
        for given, share in sorted(shares.items(), key=lambda item: (-item[1], titles.get(item[0], "")))
        if given in titles
    )
    head = (gettext("Work"), gettext("In the plan"), gettext("Standing"))
    return _question("core", title, asks, found, said=str(said), rows=rows, head=head)


def _balance(found: Mapping[str, Any] | None, lang: str) -> Question:
    title = gettext("More households or less slum")
    asks = gettext("How much slum reduction it costs to serve more poor households with this money.")
    if found is None:
        return _question("balance", title, asks, None)
    points, own = found["points"], found["plan"]
    places = [(float(p["covered"] or 0), p["reduction"]) for p in points]
    here = (float(own["covered"] or 0), own["reduction"])
    if len(points) == 1:
        said = gettext("No trade-off: one plan is best for both.")
    elif not points:
        said = gettext("With these rules and this money there is no such plan.")
    else:
        said = ngettext(
            "%(num)s plan; the large dot is this plan.",
            "%(num)s plans, none of which does better on one side without losing on the other; the large dot is this "
            "plan.",
            len(points),
        )
    rows = tuple(
        (
            "<5" if p["covered"] is None else number(p["covered"], lang),
            formats.percent(p["reduction"], lang, 2), number(len(p["works"]), lang),
        )
        for p in points
    )  # fmt: skip
    return _question(
        "balance", title, asks, found, said=str(said), rows=rows,
        chart=None if len(points) < 2 else chart(
            places, lambda x: number(x, lang), lambda y: formats.percent(y, lang, 2), here, from_zero=False,
        ),
        across=str(gettext("Poor households newly served, once for each service")),
        up=str(gettext("Slum reduction of the works added up")),
        head=(gettext("Households served"), gettext("Slum reduction"), gettext("Works")),
    )  # fmt: skip
