"""The form of a plan: money by fund and year, pins, rules; filled from an earlier plan and read into a wish.

It knows nothing about what a plan does with it. What is no amount is said at its field, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from webgis.pages.plans.plan_ties import (
    Tie,
    chance_choices,
    read_chances,
    read_part,
    read_ties,
    read_years,
    ties_of,
    with_ties,
    year_choices,
    years_of,
)
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.catalogues.vocabulary import FUNDS, PILLARS
from webgis.planning.errors import BadDocument
from webgis.planning.plans.plan_wish import PlanWish
from webgis.wording import words

COMMON: Final = ("blm", "paket", "apbd")
_AMOUNT: Final = re.compile(r"(rp)?[\s.,\d]*", re.IGNORECASE)
_PERCENT: Final = re.compile(r"\d{1,3}([.,]\d+)?")


@dataclass(frozen=True)
class PlanForm:
    """What the form shows: years, amounts as typed {fund: [text]}, pins, ranges of years, chances of delivery, ties,
    shares in percent (rw_share: of all RW by "*", of those named by a share of their own by code), rupiah in the same
    way, benefit_years: what a year counts of the one before ("" where it does not matter when a work is built), errors.
    """

    years: tuple[int, ...]
    name: str
    funds: tuple[str, ...]
    other_funds: tuple[str, ...]
    amounts: Mapping[str, Sequence[str]]
    pins: Mapping[str, str]
    when: Mapping[str, str]
    chances: Mapping[str, str]
    ties: Sequence[Tie]
    rw_share: Mapping[str, str]
    rw_money: Mapping[str, str]
    pillar_share: Mapping[str, str]
    equal: bool
    benefit_years: str
    related: bool
    carry: frozenset[str]
    based_on: str
    errors: Mapping[str, str]

    @property
    def pinned(self) -> int:
        """How many works are pinned, to the plan or to a year."""
        pinned = {given for given, pin in self.pins.items() if pin in ("must", "not_now")}
        return len(pinned | set(self.when) | set(self.chances))

    @property
    def year_choices(self) -> list[tuple[str, str]]:
        """The ranges of years that a work may be held to, in words."""
        return year_choices(self.years)

    @property
    def usual_benefit_years(self) -> str:
        """What a year counts of the one before unless a plan says otherwise."""
        return f"{plan_rules().benefit_years:g}"

    def chance_choices(self, work: str) -> list[tuple[str, str]]:
        """The chances of delivery that are offered, in words, with the one that a work has."""
        return chance_choices(self.chances.get(work, ""))


def blank(first_year: int) -> PlanForm:
    """A form with nothing in it."""
    return _form(first_year, "", {}, {}, {}, {}, (), {}, {}, {}, False, "", True, plan_rules().carry, "", {})


def filled(
    inputs: Mapping[str, Any], pins: Mapping[str, str] | None = None, untie: str | None = None
) -> PlanForm:
    """The form to change an earlier plan in; pins: id -> must, not_now or auto on top of its own; untie: key of a tie
    to let go. A work that is let go may be built in any year.
    """
    free = {given for given, pin in (pins or {}).items() if pin == "auto"}
    when = years_of(inputs, plan_rules().years)
    own = dict.fromkeys(inputs["must"], "must") | dict.fromkeys(inputs["not_now"], "not_now")
    amounts = {fund: [_grouped(rupiah) for rupiah in row] for fund, row in inputs["budget"].items()}
    least = {rw: _grouped(rupiah) for rw, rupiah in inputs["rw_money"].items()}
    return _form(
        int(inputs["first_year"]), inputs["name"], amounts, own | dict(pins or {}),
        {given: years for given, years in when.items() if given not in free},
        {given: f"{chance:g}" for given, chance in inputs["delivery"].items() if given not in free},
        [tie for tie in ties_of(inputs) if tie.key != untie],
        _shown(inputs["rw_share"]), least, _shown(inputs["pillar_share"]), inputs["equity"] == "max_min",
        "" if inputs["benefit_years"] is None else f"{inputs['benefit_years']:g}", inputs["related"],
        (*inputs["carry"], *(fund for fund in plan_rules().carry if fund not in amounts)),
        inputs.get("id") or inputs["based_on"] or "", {},
    )  # fmt: skip


def read(
    sent: MultiDict[str, str], code: str, first_year: int, lang: str
) -> tuple[PlanWish | None, PlanForm]:
    """What was sent, as a wish (None if something is wrong) and as the form to show again with its errors."""
    errors: dict[str, str] = {}
    years = plan_rules().years
    amounts = {fund: [sent.get(f"budget.{fund}.{t}", "").strip() for t in range(years)] for fund in FUNDS}
    amounts = {fund: row for fund, row in amounts.items() if any(row)}
    budget = {
        fund: tuple(_amount(text, f"budget.{fund}.{t}", errors, lang) for t, text in enumerate(row))
        for fund, row in amounts.items()
    }
    pins = {name.removeprefix("pin."): value for name, value in sent.items() if name.startswith("pin.")}
    when, ties, chances = read_years(sent, years), read_ties(sent, errors, lang), read_chances(sent)
    shares = {pillar: sent.get(f"pillar.{pillar}", "").strip() for pillar in PILLARS}
    share = {p: _percent(text, f"pillar.{p}", errors, lang) for p, text in shares.items() if text}
    of_rw, money = (
        {name.removeprefix(prefix): text.strip() for name, text in sent.items() if name.startswith(prefix)}
        for prefix in ("rw_share.", "rw_money.")
    )
    rw_money = {rw: _amount(text, f"rw_money.{rw}", errors, lang) for rw, text in money.items() if text}
    least = {rw: _percent(text, f"rw_share.{rw}", errors, lang) for rw, text in of_rw.items() if text}
    carry, based_on = sent.getlist("carry"), sent.get("based_on", "")
    years_count = read_part(sent.get("benefit_years", ""))
    not_now = tuple(given for given, pin in pins.items() if pin == "not_now")
    wish = PlanWish(
        kelurahan=code, budget=budget, name=sent.get("name", ""), first_year=first_year,
        must=tuple(given for given, pin in pins.items() if pin == "must"), not_now=not_now,
        rw_share=least, rw_money=rw_money, pillar_share=share, equity="max_min" if sent.get("equal") else "none",
        benefit_years=float(years_count) if years_count else None,
        related=bool(sent.get("related")), carry=tuple(fund for fund in carry if fund in budget),
        delivery={given: float(chance) for given, chance in chances.items()}, based_on=based_on or None,
        **with_ties(when, ties, not_now, years),
    )  # fmt: skip
    if not budget and not errors:
        errors["budget"] = words("budget_missing", {}, lang)
    fair = wish.equity == "max_min"
    form = _form(
        first_year, wish.name, amounts, pins, when, chances, ties, of_rw, money, shares, fair, years_count,
        wish.related, carry, based_on, errors,
    )  # fmt: skip
    return (None if errors else wish), form


def with_faults(form: PlanForm, error: BadDocument, lang: str) -> PlanForm:
    """The form with what planning refused, at the fields it is about."""
    errors = {}
    for problem in error.problems:
        place = problem.pointer.strip("/").replace("/", ".")
        part = place.partition(".")[0]
        is_field = part in ("name", "budget", "rw_share", "rw_money", "pillar_share")
        # Order and either-or have one place for all their faults, pins of works that are gone stand by the money.
        errors[
            "ties" if part in ("precedence", "exclusive", "synergy") else place if is_field else "budget"
        ] = words(problem.code, problem.params, lang)
    return PlanForm(**{**form.__dict__, "errors": errors})


def _form(
    first_year: int, name: str, amounts: Mapping[str, Sequence[str]], pins: Mapping[str, str],
    when: Mapping[str, str], chances: Mapping[str, str], ties: Sequence[Tie],
    rw_share: Mapping[str, str], rw_money: Mapping[str, str],
    pillar_share: Mapping[str, str], equal: bool, benefit_years: str, related: bool, carry: Collection[str],
    based_on: str, errors: Mapping[str, str],
) -> PlanForm:  # fmt: skip
    shown = tuple(fund for fund in FUNDS if fund in COMMON or fund in amounts)
    pledged = plan_rules().pledged
    return PlanForm(
        years=tuple(first_year + t for t in range(plan_rules().years)), name=name, funds=shown,
        other_funds=tuple(fund for fund in FUNDS if fund not in shown and fund not in pledged),
        amounts=amounts, pins=pins, when=when, chances=chances, ties=ties, rw_share=rw_share, rw_money=rw_money,
        pillar_share=pillar_share,
        equal=equal, benefit_years=benefit_years, related=related, carry=frozenset(carry), based_on=based_on,
        errors=errors,
    )  # fmt: skip


def _amount(text: str, name: str, errors: dict[str, str], lang: str) -> int:
    """Whole rupiah; dots and commas group, since money has no cents here."""
    if not _AMOUNT.fullmatch(text):
        errors[name] = words("whole_number", {}, lang)
        return 0
    return int(re.sub(r"\D", "", text) or 0)


def _grouped(rupiah: int) -> str:
    """Rupiah as people of Indonesia write it."""
    return f"{rupiah:,}".replace(",", ".")


def _shown(shares: Mapping[str, float]) -> dict[str, str]:
    """Shares in percent, as the form writes them."""
    return {name: f"{share * 100:g}" for name, share in shares.items()}


def _percent(text: str, name: str, errors: dict[str, str], lang: str) -> float:
    """A share from percent."""
    if not _PERCENT.fullmatch(text) or not 0 <= (share := float(text.replace(",", ".")) / 100) <= 1:
        errors[name] = words("percent", {}, lang)
        return 0.0
    return share
