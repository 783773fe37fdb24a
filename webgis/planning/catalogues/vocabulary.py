"""The vocabulary of the programme: funds, states, pillars and what readiness is made of, by the keys that are stored.

It knows nothing about numbers that a city decides; those stand in the files of the catalogue. Names are Indonesian and
English (domain handbook 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "blm": ("BLM", "Community grant (BLM)"),
    "bdi": ("BDI", "Investment grant (BDI)"),
    "paket": ("PAKET", "Partnership grant (PAKET)"),
    "apbd": ("APBD kota", "City budget (APBD)"),
    "apbd_prov": ("APBD provinsi", "Provincial budget"),
    "dak": ("DAK", "Special allocation (DAK)"),
    "apbn": ("APBN", "State budget (APBN)"),
    "hibah": ("Hibah", "Grant"),
    "swasta": ("Swasta/CSR", "Private/CSR"),
    "swadaya": ("Swadaya", "Community contribution (swadaya)"),
    "lainnya": ("Lainnya", "Other"),
}
"""Fund key -> name in Indonesian and English (domain handbook 2.6)."""

STATES: Final[Mapping[str, tuple[str, str]]] = {
    "draft": ("Konsep", "Draft"),
    "submitted": ("Diajukan", "Submitted"),
    "verified": ("Diverifikasi", "Verified"),
    "under_review": ("Ditinjau", "Under review"),
    "approved": ("Disetujui", "Approved"),
    "returned": ("Dikembalikan", "Returned"),
    "rejected": ("Ditolak", "Rejected"),
    "funded": ("Didanai", "Funded"),
    "under_construction": ("Dikerjakan", "Under construction"),
    "completed": ("Selesai", "Completed"),
    "withdrawn": ("Ditarik", "Withdrawn"),
}
OPEN_STATES: Final = ("draft", "submitted", "verified", "under_review", "returned", "approved")
"""States that a ranking takes in unless it is told otherwise (contracts, rankings)."""
EDITABLE_STATES: Final = ("draft", "returned")
PILLARS: Final[Mapping[str, tuple[str, str]]] = {
    "environment": ("Lingkungan", "Environment"),
    "social": ("Sosial", "Social"),
    "economy": ("Ekonomi", "Economy"),
}
LAND: Final[Mapping[str, int]] = {"none": 0, "disputed": 0, "verbal": 1, "signed": 2, "certificate": 3}
COFUNDING: Final[Mapping[str, float]] = {"none": 0.0, "verbal": 0.5, "letter": 1.0}
"""What stands behind the money of others -> how much of it counts as committed (method S2)."""
COFUNDERS: Final = ("apbd", "apbd_prov", "dak", "apbn", "hibah", "swasta", "lainnya")
"""Funds of others: not the grants of the programme itself, and not the residents' own swadaya."""
TECHNICAL: Final = ("survey", "drawing", "cost_estimate", "site_check")
OFFICE: Final = "office"
"""The partner office of a PAKET work with its programme line, in words of the proposer (method 2.9)."""
INVERT_LEVELS: Final = ("upper_level", "lower_level")
"""Heights in metres of the two ends of what carries water, as somebody measured them (method 2.6)."""
MAINTENANCE: Final = ("operator", "fee", "schedule", "rules")
GROUPS: Final[Mapping[str, tuple[str, str]]] = {
    "benefit": ("Manfaat", "Benefit"),
    "efficiency": ("Hemat biaya", "Value for money"),
    "readiness": ("Kesiapan", "Readiness"),
    "risk": ("Risiko lokasi", "Risk of the site"),
}
"""Group of criteria -> name; judgements in pairs compare groups first, then the criteria of each (method 4.1)."""
STREETS: Final = "streets"
WATERWAYS: Final = "waterways"
"""Networks that are layers of the base map rather than kinds of assets."""
PRIVATE_SITE: Final = frozenset({"latrine", "house_repair"})
"""Works on a family's own plot: their place names the family, so the public sees the RW only (handbook 3.6).

Their own words are not shown either, and below five families they are not told at all (contracts, Privacy).
"""


def in_language(pair: tuple[str, str], lang: str) -> str:
    """A name of an Indonesian and English pair."""
    return pair[1] if lang == "en" else pair[0]


def state_name(state: str, lang: str) -> str:
    """A state in words."""
    return in_language(STATES[state], lang)


def fund_name(fund: str, lang: str) -> str:
    """A fund in words."""
    return in_language(FUNDS[fund], lang)


def pillar_name(pillar: str, lang: str) -> str:
    """A pillar of Tridaya in words."""
    return in_language(PILLARS[pillar], lang)
