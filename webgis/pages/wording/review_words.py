"""What a reviewer reads as text: counts or bands of households, rupiah per household, fields before and now.

It knows nothing about requests. Every function takes the language and gives text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import force_locale, gettext

from webgis.pages.wording import formats, labels
from webgis.pages.wording.language import LANGUAGES
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import INVERT_LEVELS, OFFICE, fund_name
from webgis.planning.effects.advice import AT_M
from webgis.planning.judging import ceilings, pjm
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.programme_overlaps import NearProgramme
from webgis.planning.proposals.proposals import ProposalView, Step
from webgis.planning.review.review_changes import Changed
from webgis.planning.review.review_checklist import ITEMS, Answer, read_note
from webgis.planning.review.review_facts import GRANT, Ground, People, Shares, cost_per_household
from webgis.planning.review.review_queue import Entry
from webgis.planning.sentences.messages import gate_message
from webgis.planning.written import NOTHING, length, number

PAPERS: Final[Mapping[str, Mapping[str, str]]] = {
    "drawing": labels.TECHNICAL,
    "maintenance": labels.MAINTENANCE,
}
"""Item of the checklist -> the papers it asks for, with their names."""


@dataclass(frozen=True)
class Row:
    """A changed field in words; of a shape only the name."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Finding:
    """What was found; good: whether that is as it should be (None: nobody knows). strong: what to look at.

    id, title: of another proposal it names, or of a city programme (programme: its id).
    """

    text: str
    good: bool | None
    strong: str = ""
    id: str = ""
    title: str = ""
    programme: str = ""


def people_words(served: People | None, lang: str) -> str:
    """A count of households or its band: 37 KK, 20–49 KK, fewer than 5 households."""
    if served is None:
        return NOTHING
    if served.exact:
        return formats.quantity(served.least, "KK", lang)
    return formats.band(served.least, lang)


def per_household(served: People | None, cost: int, lang: str) -> str:
    """Rupiah per household newly served, as exact as the count: Rp 2,1 juta, Rp 1,1 juta – Rp 2,6 juta."""
    found = None if served is None else cost_per_household(cost, served)
    if found is None:
        return NOTHING
    low, high = found
    if low == high:
        return formats.short_money(high, lang)
    if low == 0:
        return f"≤ {formats.short_money(high, lang)}"
    return f"{formats.short_money(low, lang)} – {formats.short_money(high, lang)}"


def ground_rows(ground: Ground | None, lang: str) -> list[tuple[str, str]]:
    """What lies in the way at the place, as name and words: share of the work in flooded ground, and steepness."""
    flood = ground.flood_share if ground else None
    slope = ground.slope if ground else None
    return [
        (gettext("In flood-prone ground"), formats.percent(flood, lang)),
        (
            gettext("Slope along the work"),
            NOTHING if slope is None else formats.percent(slope / 100, lang, 1),
        ),
    ]


def findings(entry: Entry, item: str, lang: str) -> tuple[Finding, ...]:
    """What the platform itself found about an item of the checklist."""
    work, money = entry.proposal, entry.money
    if item == "land":
        land = str(work.readiness.get("land") or "none")
        return (Finding(labels.label(labels.LAND, land), land in ("signed", "certificate")),)
    if item in PAPERS:
        return tuple(
            Finding(labels.label(PAPERS[item], paper), work.readiness.get(paper) is True)
            for paper in PAPERS[item]
        )
    if item == "unit_cost":
        reason = entry.proposal.cost_reason
        return (
            _price_words(entry, lang),
            *([Finding(gettext("Reason: %(reason)s", reason=reason), None)] if reason else []),
        )
    if item == "co_funding":
        return (
            _money_words(money, lang),
            _office_words(work),
            _ceiling_words(entry, lang),
            *_plan_words(entry, lang),
        )
    if item == "beneficiaries":
        if entry.judged is None:
            return (Finding(gettext("not known yet"), None),)
        served = entry.judged.served
        text = f"{gettext('Poor households newly served')}: {people_words(served, lang)}"
        everybody = entry.judged.everybody
        told = f"{gettext('All households that benefit')}: {people_words(everybody, lang)}"
        return (Finding(text, served.least > 0), *([Finding(told, None)] if everybody else []))
    overlaps = entry.judged.overlaps if entry.judged else ()
    programmes = entry.judged.programmes if entry.judged else ()
    return (
        *(_overlap_words(one) for one in overlaps or ({},)),
        *(_programme_words(one, lang) for one in programmes),
        *([] if programmes else [Finding(gettext("No city programme at this place"), True)]),
    )


def answered(entry: Entry, steps: Sequence[Step]) -> dict[str, Answer]:
    """What was answered to the items of the checklist when the work was decided; steps: as its reader may see them."""
    note = next((step.note for step in reversed(steps) if step.from_state == "under_review"), "")
    if entry.decided is None or not note:
        return {}
    return read_note(note, {item: _names(labels.CHECKLIST[item]) for item in ITEMS})


def _names(name: str) -> set[str]:
    """A name in all languages, since a note keeps that of its writer."""
    found = set()
    for language in LANGUAGES:
        with force_locale(language):
            found.add(str(gettext(name)))
    return found


def _price_words(entry: Entry, lang: str) -> Finding:
    price, per = entry.price, formats.unit(entry.proposal.unit, lang, 1)
    text = gettext(
        "%(cost)s per %(unit)s, catalogue %(catalogue)s",
        cost=formats.money(round(price.unit_cost), lang),
        unit=per,
        catalogue=formats.money(price.catalogue, lang),
    )
    return Finding(text, not price.doubtful, strong=f"({formats.signed_percent(price.deviation, lang)})")


def _money_words(money: Shares, lang: str) -> Finding:
    def part(name: str, amount: int) -> str:
        return f"{name} {formats.short_money(amount, lang)} ({formats.percent(amount / money.total, lang)})"

    text = " · ".join(
        [part("PAKET", money.grant), *(part(fund_name(f, lang), paid) for f, paid in money.by_fund.items())]
    )
    lacks = []
    if money.missing:
        lacks.append(gettext("without a fund %(amount)s", amount=formats.short_money(money.missing, lang)))
    if money.others < money.needed:
        needed = formats.money(money.needed, lang)
        lacks.append(gettext("others must pay at least %(amount)s", amount=needed))
    return Finding(text, money.enough, strong=" · ".join(lacks))


def _office_words(work: ProposalView) -> Finding:
    office = str(work.readiness.get(OFFICE) or "").strip()
    return Finding(
        f"{gettext('Partner office and its programme')}: {office or gettext('not yet')}", bool(office)
    )


def _ceiling_words(entry: Entry, lang: str) -> Finding:
    """What the grant may pay at most, and whether it stays below with all that is approved for the BKM and the city."""
    told = ceilings.ceilings().get(GRANT, ceilings.NO_CEILING)

    def most(rupiah: int | None) -> str:
        return str(gettext("not entered")) if rupiah is None else formats.money(rupiah, lang)

    text = gettext(
        "Ceiling per proposal: %(work)s · per BKM: %(bkm)s · of the city: %(city)s",
        work=most(told.per_work),
        bkm=most(told.per_bkm),
        city=most(told.city_pool),
    )
    gate = _gate(entry, ceilings.NAME)
    passed = gate.passed if gate else None
    return Finding(text, passed, strong=str(gettext("above the ceiling")) if passed is False else "")


def _plan_words(entry: Entry, lang: str) -> list[Finding]:
    """Whether the work stands in the plan its BKM agreed on; nothing of one that is decided."""
    gate = _gate(entry, pjm.NAME)
    if gate is None:
        return []
    return [
        Finding(gettext("In the agreed plan (PJM)") if gate.passed else gate_message(gate, lang), gate.passed)
    ]


def _gate(entry: Entry, name: str) -> Gate | None:
    """A gate of a work by its name, if it has one."""
    return next((gate for gate in entry.judged.gates if gate.name == name), None) if entry.judged else None


def _programme_words(one: NearProgramme, lang: str) -> Finding:
    """A programme of the same service is no good; of another one it has to be agreed with, which nobody can see."""
    far = length(one.metres, lang) if one.metres >= AT_M else gettext("at this place")
    facts = [far, str(one.year), *([formats.short_money(one.budget, lang)] if one.budget is not None else [])]
    text = gettext("City programme with the same purpose:") if one.same else gettext("City programme:")
    strong = f"({' · '.join(facts)})"
    return Finding(text, False if one.same else None, strong=strong, title=one.title, programme=one.id)


def _overlap_words(one: Mapping[str, Any]) -> Finding:
    if not one:
        return Finding(gettext("None found within the rules for duplicates"), True)
    if one["kind"] == "asset":
        return Finding(gettext("Something of this kind stands there already and works."), False)
    twin = one["kind"] == "proposal"
    text = gettext("Similar proposal:") if twin else gettext("Wants the same ground:")
    return Finding(text, False, id=one["id"], title=one["title"])


def changed_rows(changes: Sequence[Changed], work: ProposalView, lang: str) -> list[Row]:
    """Changed fields in words, in the order of the form."""
    return [
        Row(_name(change, lang), *(_value(change, value, work, lang) for value in (change.old, change.new)))
        for change in changes
    ]


def _name(change: Changed, lang: str) -> str:
    if change.field == "funding":
        return fund_name(change.part, lang)
    if change.part in labels.TECHNICAL:
        return labels.label(labels.TECHNICAL, change.part)
    if change.part in labels.MAINTENANCE:
        return labels.label(labels.MAINTENANCE, change.part)
    return labels.label(labels.FIELDS, change.part or change.field)


def _value(change: Changed, value: Any, work: ProposalView, lang: str) -> str:
    if change.field == "geom":
        return ""
    if change.field in ("funding", "cost"):
        return formats.money(value, lang)
    if change.part == "land":
        return labels.label(labels.LAND, value or "none")
    if change.part == "cofunding":
        return labels.label(labels.COFUNDING, value or "none")
    if change.part == OFFICE:
        return str(value or NOTHING)
    if change.part in INVERT_LEVELS:
        return NOTHING if value is None else f"{number(value, lang, 2)} m"
    if change.part or change.field == "is_paket":
        return str(gettext("yes")) if value else str(gettext("not yet"))
    if change.field == "volume":
        return f"{number(value, lang, 1)} {formats.unit(work.unit, lang, value)}"
    if change.field == "work_type":
        known = catalogue().work_types.get(value)
        return known.name(lang) if known else str(value)
    if change.field == "rw":
        return str(value or "").rpartition("-")[2] or NOTHING
    return str(value or NOTHING)
