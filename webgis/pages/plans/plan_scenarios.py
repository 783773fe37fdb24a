"""Plans beside each other: what each reaches and costs, which works differ, what a work forced in would push out.

It knows nothing about how a plan is found. Figures are those of the stored plans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext

from webgis.pages.plans.plan_fairness import reached_word
from webgis.pages.plans.planned import admission_words, reached_share
from webgis.pages.wording import formats, labels
from webgis.planning.catalogues.vocabulary import FUNDS, fund_name
from webgis.planning.written import NOTHING, number

COMPARED: Final = 4
"""How many of the last plans stand side by side, beside the one in force."""


@dataclass(frozen=True)
class Line:
    """One measure of each plan in words."""

    title: str
    cells: tuple[str, ...]
    proposal: str = ""


@dataclass(frozen=True)
class Group:
    """Measures that belong together."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Forced:
    """What forcing a work in would do: works it pushes out, share of the benefit lost (None: it cannot be had)."""

    work: Mapping[str, Any]
    leaves: tuple[Mapping[str, Any], ...]
    lost: float | None
    instead: str


def comparison(found: Sequence[Mapping[str, Any]], lang: str) -> tuple[Group, ...]:
    """Plans as `planning.plans` gives them, measure by measure."""
    years = sorted({int(plan["first_year"]) + t for plan in found for t in range(_years(plan))})
    used = {fund for plan in found for fund, money in plan["money"].items() if any(money["used"])}

    def line(title: str, *cells: str) -> Line:
        return Line(title, cells)

    people = (
        line(gettext("Poor households reached"), *(_count(p["households"]["reached"], lang) for p in found)),
        line(gettext("Not reached"), *(_count(_missed(p), lang) for p in found)),
        line(gettext("In the RW that gets least"), *(formats.percent(_least(p), lang) for p in found)),
        line(gettext("How evenly between RW"), *(reached_word(p) for p in found)),
    )
    slum = (
        line(
            gettext("Slum reduction"), *(formats.percent(p["slum"]["contribution"], lang, 1) for p in found)
        ),
        *(
            line(
                f"{labels.label(labels.GRADES, grade)} (ha)",
                *(
                    _change(p["slum"]["hectares_before"][grade], p["slum"]["hectares"][grade], lang)
                    for p in found
                ),
            )
            for grade in reversed(list(labels.GRADES))
        ),
    )
    money = (
        line(gettext("Together"), *(formats.short_money(_spent(p), lang) for p in found)),
        *(
            line(str(year), *(formats.short_money(_spent(p, year=year), lang) for p in found))
            for year in years
        ),
        *(
            line(fund_name(fund, lang), *(formats.short_money(_spent(p, fund=fund), lang) for p in found))
            for fund in FUNDS
            if fund in used
        ),
    )
    built = (
        line(gettext("Works"), *(number(len(p["schedule"]), lang) for p in found)),
        line(gettext("Must be built, and is"), *(_pins(p, lang) for p in found)),
        *(
            [line(gettext("When a work is built"), *(_counting(p, lang) for p in found))]
            if any(p["benefit_years"] for p in found)
            else []
        ),
    )
    groups = [
        Group(gettext("People"), people), Group(gettext("Slum"), slum), Group(gettext("Money used"), money),
        Group(gettext("Works"), built), Group(gettext("Works that differ"), _differing(found)),
    ]  # fmt: skip
    return tuple(group for group in groups if group.lines)


def aims_differ(found: Sequence[Mapping[str, Any]]) -> bool:
    """Whether what is built earlier counts for longer in some of the plans and not, or not as much, in others."""
    return len({plan["benefit_years"] for plan in found}) > 1


def dropped(plan: Mapping[str, Any], earlier: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Titles of works that the plan this one came from had chosen, and that are out although there is more money."""
    if earlier is None or _budget(plan) <= _budget(earlier):
        return ()
    chosen = {work["id"] for work in earlier["schedule"]} - set(plan["not_now"])
    return tuple(work["title"] for work in plan["left_out"] if work["id"] in chosen)


def forced(plan: Mapping[str, Any], work_id: str, lang: str) -> Forced | None:
    """What a work that is left out would do to the plan; None if it is not left out."""
    entry = next((work for work in plan["left_out"] if work["id"] == work_id), None)
    if entry is None:
        return None
    built = {work["id"]: work for work in plan["schedule"]}
    extra, regret = entry["admission"], entry["regret"]
    first = int(plan["first_year"])
    return Forced(
        entry,
        tuple(built[given] for given in entry["leaves"] if given in built),
        None if regret is None else regret / plan["objective"] if plan["objective"] else 0.0,
        admission_words(extra, first + extra["year"] - 1, lang) if extra else "",
    )


def _years(plan: Mapping[str, Any]) -> int:
    return max((len(money["budget"]) for money in plan["money"].values()), default=0)


def _budget(plan: Mapping[str, Any]) -> int:
    return sum(sum(row) for row in plan["budget"].values())


def _spent(plan: Mapping[str, Any], year: int | None = None, fund: str | None = None) -> int:
    """Rupiah that the works of a calendar year cost, or that a fund pays."""
    first = int(plan["first_year"])
    works = [work for work in plan["schedule"] if year is None or first + work["year"] - 1 == year]
    return sum(work["cost"] if fund is None else work["funding"].get(fund, 0) for work in works)


def _missed(plan: Mapping[str, Any]) -> int | None:
    people = plan["households"]
    known = people["reached"] is not None and people["total"] is not None
    return people["total"] - people["reached"] if known else None


def _least(plan: Mapping[str, Any]) -> float | None:
    return min((reached_share(rw) for rw in plan["households"]["by_rw"] if rw["total"]), default=None)


def _counting(plan: Mapping[str, Any], lang: str) -> str:
    """Whether earlier works count for longer, and what a year counts of the one before where that is less."""
    delta = plan["benefit_years"]
    if delta is None:
        return str(gettext("does not matter"))
    return str(gettext("earlier counts for longer")) + (
        "" if delta == 1 else f" (× {number(delta, lang, 2)})"
    )


def _pins(plan: Mapping[str, Any], lang: str) -> str:
    """How many of the works that must be built are."""
    if not plan["must"]:
        return NOTHING
    kept = len({work["id"] for work in plan["schedule"]} & set(plan["must"]))
    return str(gettext("%(count)s of %(all)s", count=kept, all=len(plan["must"])))


def _differing(found: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    """Works that some plans build and others do not, or not in the same year: the year in each, – for not."""
    years = [{w["id"]: int(p["first_year"]) + w["year"] - 1 for w in p["schedule"]} for p in found]
    titles = {work["id"]: work["title"] for plan in reversed(found) for work in plan["schedule"]}
    lines = [
        Line(title, tuple(str(row.get(given, NOTHING)) for row in years), given)
        for given, title in titles.items()
        if len({row.get(given) for row in years}) > 1
    ]
    return tuple(sorted(lines, key=lambda item: item.title))


def _count(households: int | None, lang: str) -> str:
    return "<5" if households is None else number(households, lang)


def _change(before: float, after: float, lang: str) -> str:
    old, new = number(before, lang, 1), number(after, lang, 1)
    return new if old == new else f"{old} → {new}"
