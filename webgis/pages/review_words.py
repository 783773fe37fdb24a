"""What a reviewer reads as text: counts or bands of households, rupiah per household, fields before and now.

It knows nothing about requests. Every function takes the language and gives text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from webgis.pages import formats, labels
from webgis.planning.catalogue import catalogue, fund_name
from webgis.planning.proposals import ProposalView
from webgis.planning.review_changes import Changed
from webgis.planning.review_facts import People, cost_per_household
from webgis.planning.written import NOTHING, number


@dataclass(frozen=True)
class Row:
    """A changed field in words; of a shape only the name."""

    name: str
    old: str
    new: str


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
