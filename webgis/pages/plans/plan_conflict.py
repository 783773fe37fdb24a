"""Why a plan cannot keep what was asked of it, in words, and what would mend it, each with the wish that does so.

It knows nothing about how either is found. A plan made before there were ways to mend it tells its conflict alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from flask_babel import gettext

from webgis.pages.plans.planned import some
from webgis.pages.site import rw_name
from webgis.pages.wording import formats, labels
from webgis.planning.catalogues.vocabulary import fund_name
from webgis.planning.plans.plan_wish import PlanWish, read_wish

EXTRA: Final = "extra"
LET_GO: Final = "let_go"
SHARE: Final = "share"
BOTH: Final = "both"


@dataclass(frozen=True)
class Mend:
    """One way to mend it: key for the address, what the button says."""

    key: str
    said: str


@dataclass(frozen=True)
class Trouble:
    """What stands against each other, sentence by sentence, and the ways to mend it, each enough by itself."""

    said: tuple[str, ...]
    mends: tuple[Mend, ...]


def trouble(plan: Mapping[str, Any], lang: str) -> Trouble | None:
    """What is wrong with a plan that does not keep its pins and least shares; None if it does."""
    conflict = plan["conflict"]
    if conflict is None:
        return None
    titles = {work["id"]: work["title"] for work in (*plan["schedule"], *plan["left_out"])}
    said = [*_never(plan, titles), *_either(conflict, titles)]
    extra = (conflict.get("relief") or {}).get(EXTRA)
    if not said:
        said.append(_together(conflict, titles))
    if extra:
        said.append(_missing(extra, _year(plan, extra), lang))
    if conflict["rw"] and conflict["reachable_share"] > 0:
        share = formats.percent(_down(conflict["reachable_share"]), lang, 1)
        said.append(str(gettext("All of them lowered alike, %(share)s of each can be reached.", share=share)))
    return Trouble((*said, _shown(plan)), tuple(_mends(plan, titles, lang)))


def mended(plan: Mapping[str, Any], key: str) -> PlanWish | None:
    """The wish that mends a plan in one of its ways; None if there is no such way."""
    relief = (plan["conflict"] or {}).get("relief") or {}
    if key not in _ways(relief):
        return None
    wish = replace(read_wish(plan), based_on=plan["id"])
    if key == EXTRA:
        extra = relief[EXTRA]
        row = list(wish.budget[extra["fund"]])
        row[extra["year"] - 1] += extra["extra"]
        return replace(wish, budget={**wish.budget, extra["fund"]: row})
    if key in (LET_GO, BOTH):
        wish = replace(wish, must=tuple(given for given in wish.must if given not in relief[LET_GO]))
    if key in (SHARE, BOTH):
        lower = {code: _down(share * (relief[SHARE] or 0.0)) for code, share in wish.rw_share.items()}
        wish = replace(wish, rw_share={code: share for code, share in lower.items() if share > 0})
    return wish


def _ways(relief: Mapping[str, Any]) -> list[str]:
    """Keys of the ways that a relief has."""
    if not relief:
        return []
    found = [EXTRA] if relief[EXTRA] else []
    if relief["together"]:
        return [*found, BOTH]
    if relief[LET_GO]:
        found.append(LET_GO)
    return [*found, SHARE] if relief[SHARE] is not None else found


def _mends(plan: Mapping[str, Any], titles: Mapping[str, str], lang: str) -> list[Mend]:
    relief = plan["conflict"].get("relief") or {}
    found = []
    for key in _ways(relief):
        if key == EXTRA:
            extra = relief[EXTRA]
            values = _place(extra, _year(plan, extra), lang)
            said = gettext("Plan anew with %(amount)s more in %(fund)s %(year)s", **values)
        elif key == LET_GO:
            said = gettext("Let go: %(title)s", title=_names(relief[LET_GO], titles))
        else:
            said = _lowered(plan, lang)
            if key == BOTH:
                said = gettext(
                    "Let go: %(titles)s. %(lower)s", titles=_names(relief[LET_GO], titles), lower=said
                )
        found.append(Mend(key, str(said)))
    return found


def _lowered(plan: Mapping[str, Any], lang: str) -> str:
    """To what the least shares come down, each named once."""
    factor = plan["conflict"]["relief"][SHARE] or 0.0
    shares = sorted({_down(share * factor) for share in plan["rw_share"].values()})
    if not any(shares):
        return str(gettext("Drop the least share"))
    told = ", ".join(formats.percent(share, lang, 1) for share in shares)
    return str(gettext("Lower the least share to %(shares)s", shares=told))


def _never(plan: Mapping[str, Any], titles: Mapping[str, str]) -> list[str]:
    """Pins that no choice of other works could keep, each with its reason; those in the way of others, too."""
    left = {work["id"]: work for work in plan["left_out"]}
    relief, found = plan["conflict"].get("relief") or {}, []
    for given in dict.fromkeys([*plan["conflict"]["must"], *(relief.get(LET_GO) or ())]):
        entry = left.get(given)
        if entry is None:
            continue
        title, waits = entry["title"], [a for a in entry["because"] if a in plan["not_now"]]
        gates = ", ".join(labels.label(labels.GATES, gate) for gate in entry["gates"])
        if entry["reason"] == "gate":
            said = gettext("%(title)s must be built, but fails: %(gates)s.", title=title, gates=gates)
        elif entry["reason"] == "no_fund":
            said = gettext("%(title)s must be built, but no fund may pay all of it.", title=title)
        elif entry["reason"] == "no_money":
            said = gettext(
                "%(title)s must be built, but costs more than any year has, even alone.", title=title
            )
        elif entry["reason"] == "fund_share":
            said = gettext(
                "%(title)s must be built, but one fund may pay only a part of it and the others have too little.",
                title=title,
            )
        elif entry["reason"] == "order_does_not_fit_years":
            said = gettext(
                "%(title)s must be built, but comes after %(titles)s, which cannot be built in time.",
                title=title, titles=_names(entry["because"], titles),
            )  # fmt: skip
        elif entry["reason"] == "year_window":
            said = gettext(
                "%(title)s must be built, but its land is not ready in the years it may be built in.",
                title=title,
            )
        elif entry["reason"] == "predecessor" and waits:
            said = gettext(
                "%(title)s must be built, but comes after %(titles)s, put off by the meeting.",
                title=title, titles=_names(waits, titles),
            )  # fmt: skip
        else:
            continue
        found.append(str(said))
    return found


def _either(conflict: Mapping[str, Any], titles: Mapping[str, str]) -> list[str]:
    """Pins of which one at most may be built."""
    return [
        str(
            gettext(
                "All must be built, but only one of them may be: %(titles)s.", titles=_names(group, titles)
            )
        )
        for group in conflict.get("either", ())
    ]


def _together(conflict: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """What the money is not enough for."""
    names = [titles[given] for given in conflict["must"] if given in titles]
    names += [str(gettext("least share of %(rw)s", rw=rw_name(code))) for code in conflict["rw"]]
    if len(names) == 1:
        return str(gettext("This cannot be had with this money: %(names)s.", names=names[0]))
    return str(gettext("These cannot be had together with this money: %(names)s.", names=some(names)))


def _missing(extra: Mapping[str, Any], year: int, lang: str) -> str:
    values = _place(extra, year, lang)
    if extra["proven"]:
        return str(gettext("What is missing: %(amount)s in %(fund)s %(year)s.", **values))
    return str(gettext("What is missing: at most %(amount)s in %(fund)s %(year)s.", **values))


def _shown(plan: Mapping[str, Any]) -> str:
    """What the plan below is: the best one without what cannot be kept."""
    asked = [gettext("the works that must be built")] if plan["must"] else []
    asked += [gettext("the least shares")] if plan["rw_share"] else []
    names = (
        gettext("%(a)s and %(b)s", a=asked[0], b=asked[1]) if len(asked) == 2 else "".join(map(str, asked))
    )
    return str(gettext("The plan below was made without %(names)s.", names=names))


def _place(extra: Mapping[str, Any], year: int, lang: str) -> dict[str, Any]:
    """The least that is enough, so to the rupiah."""
    amount = formats.money(extra["extra"], lang)
    return {"amount": amount, "fund": fund_name(extra["fund"], lang), "year": year}


def _year(plan: Mapping[str, Any], extra: Mapping[str, Any]) -> int:
    return int(plan["first_year"]) + int(extra["year"]) - 1


def _down(share: float) -> float:
    """A share rounded down to a tenth of a percent, so that it can be reached."""
    return math.floor(share * 1000 + 1e-9) / 1000


def _names(given: Sequence[str], titles: Mapping[str, str]) -> str:
    return some([titles[work] for work in given if work in titles])
