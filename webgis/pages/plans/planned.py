"""A plan as people read it: years with their works, money used, who is reached, grades before and after, and why not.

It knows nothing about how a plan is found. Titles and figures are those of the stored plan, so an old one reads as it
was decided.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext, ngettext

from webgis.pages.plans.plan_fairness import Fairness, fairness
from webgis.pages.plans.plan_prices import Price, prices
from webgis.pages.wording import formats, labels
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.catalogues.vocabulary import fund_name
from webgis.planning.plans.masterplans import Masterplan, Waiting

_CLOSED: Final = 1e-7
"""A gap below this is the hair by which floors may be missed while a plan is sought; no plan does more."""
_ONE_OF_THEM: Final = labels.N_("Only one of them is built: %(titles)s.")
_EXCLUSIVE: Final = {
    "duplicate": labels.N_("Is the same as what is built: %(titles)s."),
    "conflict": labels.N_("Wants the ground of what is built: %(titles)s."),
}


_KEPT_TO: Final = {
    "duplicate": labels.N_("%(a)s or %(b)s: they are the same"),
    "conflict": labels.N_("%(a)s or %(b)s: they want the same ground"),
    "dependency": labels.N_("%(a)s before %(b)s"),
    "synergy": labels.N_("%(a)s and %(b)s do more together"),
}


@dataclass(frozen=True)
class Year:
    """One year of a plan: number from 1, calendar year, its works and what they cost."""

    number: int
    calendar: int
    works: tuple[Mapping[str, Any], ...]
    cost: int


@dataclass(frozen=True)
class Left:
    """A work that is not in the plan: why in one sentence, what it would take (empty: nothing does), and how it
    compares with what its money does elsewhere (empty: not told)."""

    work: Mapping[str, Any]
    why: str
    admission: str
    forced: str
    guide: str


@dataclass(frozen=True)
class Money:
    """A fund in one year (None: what is pledged, for all years): rupiah there are and used.

    before: of what there is, left from earlier years; moved: goes on into the next year.
    """

    fund: str
    calendar: int | None
    budget: int
    used: int
    before: int = 0
    moved: int = 0

    @property
    def share(self) -> float:
        """Used part of the budget, 0..1."""
        return self.used / self.budget if self.budget else 0.0


@dataclass(frozen=True)
class PlanView:
    """Everything the panel shows of one plan; relations: what it keeps to, and who says so; moved: RT whose grade
    changes; grades: RT -> before and after.
    """

    plan: Mapping[str, Any]
    years: tuple[Year, ...]
    left: tuple[Left, ...]
    relations: tuple[tuple[str, str], ...]
    money: tuple[Money, ...]
    proof: str
    cost: int
    moved: tuple[Mapping[str, Any], ...]
    hectares: tuple[tuple[str, float, float], ...]
    worst_rw: tuple[Mapping[str, Any], ...]
    fairness: Fairness | None
    prices: tuple[Price, ...]
    on_map: Mapping[str, int]
    grades: Mapping[str, tuple[str, str]]


def plan_view(plan: Mapping[str, Any], lang: str) -> PlanView:
    """The view of a plan as `planning.plans` gives it."""
    first = int(plan["first_year"])
    titles = {work["id"]: work["title"] for work in (*plan["schedule"], *plan["left_out"])}
    years = []
    for number, year in enumerate(calendar(plan), 1):
        works = tuple(work for work in plan["schedule"] if work["year"] == number)
        years.append(Year(number, year, works, sum(work["cost"] for work in works)))
    slum = plan["slum"]
    return PlanView(
        plan=plan,
        years=tuple(years),
        left=tuple(_left(plan, entry, titles, lang) for entry in _by_regret(plan["left_out"])),
        relations=tuple(_relation(link, titles) for link in plan.get("relations", ())),
        money=_money(plan, first),
        proof=_proof(plan, lang),
        cost=sum(work["cost"] for work in plan["schedule"]),
        moved=tuple(area for area in slum["areas"] if area["grade"] != area["grade_before"]),
        hectares=tuple(
            (g, slum["hectares_before"][g], slum["hectares"][g]) for g in reversed(list(labels.GRADES))
        ),
        worst_rw=tuple(sorted((rw for rw in plan["households"]["by_rw"] if rw["total"]), key=reached_share)),
        fairness=fairness(plan, lang),
        prices=prices(plan, lang),
        on_map={work["id"]: 0 for work in plan["left_out"]}
        | {work["id"]: work["year"] for work in plan["schedule"]},
        grades={a["code"]: (a["grade_before"], a["grade"]) for a in slum["areas"]},
    )


def _relation(link: Mapping[str, Any], titles: Mapping[str, str]) -> tuple[str, str]:
    """A relation that a plan keeps to, in words, and who says so."""
    a, b = titles.get(link["first"], "–"), titles.get(link["then"], "–")
    sentence = _KEPT_TO[link["kind"]]
    return str(gettext(sentence, a=a, b=b)), _source([link])


def calendar(plan: Mapping[str, Any]) -> tuple[int, ...]:
    """The calendar years of a plan."""
    count = max((len(money["budget"]) for money in plan["money"].values()), default=0)
    return tuple(range(int(plan["first_year"]), int(plan["first_year"]) + count))


def _money(plan: Mapping[str, Any], first: int) -> tuple[Money, ...]:
    """Money by fund and year; a pledge is one sum, whichever year it is paid in."""
    rows = []
    for fund, money in plan["money"].items():
        if fund in plan_rules().pledged and fund not in plan["budget"]:
            rows.append(Money(fund, None, max(money["budget"]), sum(money["used"])))
            continue
        before = 0
        for t, budget in enumerate(money["budget"]):
            moved = money["left"][t] if money["carry"] and t + 1 < len(money["budget"]) else 0
            if budget or before:
                rows.append(Money(fund, first + t, budget + before, money["used"][t], before, moved))
            before = moved
    return tuple(rows)


def why_waiting(entry: Waiting, plan: Masterplan, lang: str) -> str:
    """Why a work is not in the masterplan and what would admit it, in the words of the public."""
    titles = {item.id: item.title for item in plan.all}
    said = _why(
        {"reason": entry.reason, "because": entry.because, "gates": entry.gates, "funds": entry.funds},
        titles,
        lang,
    )
    if not entry.admission:
        return said
    return f"{said} {admission_words(entry.admission, int(entry.admission['year']), lang)}"


def _by_regret(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What comes nearest to being built first."""
    return sorted(
        entries, key=lambda entry: (entry["regret"] is None, entry["regret"] or 0.0, entry["title"])
    )


def reached_share(rw: Mapping[str, Any]) -> float:
    """Share of the poor households of an RW that are reached; 1 where none live."""
    return float(rw["reached"] or 0) / rw["total"] if rw["total"] else 1.0


def _proof(plan: Mapping[str, Any], lang: str) -> str:
    """How good the plan is proven to be, in words."""
    # Rounded down: what is proven is never less than what is said.
    share = formats.percent(math.floor((1 - plan["gap"]) * 1000 + 1e-9) / 1000, lang, 1)
    if not plan["feasible"]:
        if plan["gap"] <= _CLOSED:
            return str(
                gettext("Proven: without what cannot be kept, no other plan does more with this money.")
            )
        return str(
            gettext("Proven: at least %(share)s of the best plan without what cannot be kept.", share=share)
        )
    if plan["gap"] <= _CLOSED:
        return str(gettext("Proven: no other plan does more for the poor within this money and these rules."))
    return str(gettext("Proven: at least %(share)s of the best possible plan.", share=share))


def _left(plan: Mapping[str, Any], entry: Mapping[str, Any], titles: Mapping[str, str], lang: str) -> Left:
    extra, first = entry["admission"], int(plan["first_year"])
    admission = admission_words(extra, first + extra["year"] - 1, lang) if extra else ""
    pushed = [titles[given] for given in entry["leaves"] if given in titles]
    forced = str(gettext("Forced in, it pushes out: %(titles)s.", titles=some(pushed))) if pushed else ""
    return Left(entry, _why(entry, titles, lang), admission, forced, _guide(plan, entry, lang))


def _guide(plan: Mapping[str, Any], entry: Mapping[str, Any], lang: str) -> str:
    """What a work would add beside what its money brings elsewhere (method 5.5 e), or what is lost beside others, in
    shares of the plan's benefit.

    The first only where others do more for the money: any other reason is not about money. Older plans know neither.
    """
    if entry["reason"] == "worth_less_beside" and entry.get("lost") and plan["objective"]:
        share = formats.percent(entry["lost"] / plan["objective"], lang, 1)
        return str(gettext("Beside them %(share)s of the benefit of the plan would be lost.", share=share))
    told = entry.get("reduced")
    if not told or entry["reason"] != "price" or not plan["objective"]:
        return ""
    values = {
        name: formats.percent(max(0.0, told[name]) / plan["objective"], lang, 1)
        for name in ("added", "elsewhere")
    }
    if told["value"] < 0:
        sentence = gettext(
            "A guide: it would add %(added)s to the benefit of the plan, its money brings about %(elsewhere)s "
            "elsewhere.",
            **values,
        )
    else:
        sentence = gettext(
            "A guide: it would add %(added)s to the benefit of the plan, no less than its money brings elsewhere, but "
            "a plan with it does no more in all.",
            **values,
        )
    return str(sentence)


def admission_words(extra: Mapping[str, Any], year: int, lang: str) -> str:
    """The smallest extra money that admits a work, in words; to the rupiah, since with less it does not enter."""
    values = {
        "fund": fund_name(extra["fund"], lang),
        "year": year,
        "amount": formats.money(extra["extra"], lang),
    }
    if extra["proven"]:
        return str(gettext("Enters with %(amount)s more in %(fund)s %(year)s.", **values))
    return str(gettext("Enters with at most %(amount)s more in %(fund)s %(year)s.", **values))


def _why(entry: Mapping[str, Any], titles: Mapping[str, str], lang: str) -> str:
    """The reason in one sentence (method 5.5)."""
    names = some([titles[given] for given in entry["because"] if given in titles])
    gates = ", ".join(labels.label(labels.GATES, gate) for gate in entry["gates"])
    funds = ", ".join(fund_name(fund, lang) for fund in entry.get("funds", ()))
    kinds = sorted({relation["kind"] for relation in entry.get("relations", ())})
    exclusive = _EXCLUSIVE.get("".join(kinds), _ONE_OF_THEM)
    sentences = {
        "not_now": lambda: gettext("Put off by the meeting."),
        "gate": lambda: gettext("Fails: %(gates)s.", gates=gates),
        "no_fund": lambda: gettext("No fund may pay all of it."),
        "year_window": lambda: gettext("Cannot begin within these years."),
        "order_does_not_fit_years": lambda: gettext(
            "Comes after %(titles)s, which cannot be built in time.", titles=names
        ),
        "no_money": lambda: gettext("Costs more than any year has, even alone."),
        "fund_share": lambda: gettext(
            "%(funds)s may pay only a part of it, and the other funds have too little for the rest.",
            funds=funds,
        ),
        "predecessor": lambda: gettext("Waits for: %(titles)s.", titles=names),
        "exclusive": lambda: gettext(exclusive, titles=names),
        "worth_less_beside": lambda: gettext(
            "Is worth so much less beside %(titles)s that it adds nothing.", titles=names
        ),
        "already_served": lambda: gettext(
            "Its households are served already by: %(titles)s.", titles=names or "–"
        ),
        "serves_nobody": lambda: gettext("Reaches no poor household that still lacks it."),
        "equity_or_floor": lambda: gettext(
            "Would do more, but a must-have, a least share or worst off first goes before it."
        ),
        "price": lambda: gettext("Others do more for the same money."),
    }
    return " ".join(filter(None, [str(sentences[entry["reason"]]()), _source(entry.get("relations", ()))]))


def _source(relations: Sequence[Mapping[str, Any]]) -> str:
    """Who says that works hang together like this: people, a rule, or (empty) the meeting that asked for the plan."""
    if not relations:
        return ""
    said = [relation["said"] is not None for relation in relations]
    return str(gettext("People confirmed this.") if all(said) else gettext("A rule found this on the map."))


def some(names: Sequence[str], most: int = 3) -> str:
    """Names in a row, the rest counted."""
    rest = len(names) - most
    shown = ", ".join(names[:most])
    return (
        shown
        if rest <= 0
        else str(ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", rest, names=shown))
    )
