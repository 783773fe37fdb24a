"""The path of a proposal through its states: who moved it, when, with which note, and what residents said.

It knows nothing about geometry or cost; it is given a state and gives back the steps that lead there.
The path is that of the contract: submitted, verified, for PAKET under review, decided, funded, built.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import numpy as np

from .wording import COMMENTS, NOTES

WIB = timezone(timedelta(hours=7))
LAST_DAY = datetime(2026, 10, 31, 16, 0, tzinfo=WIB)
STEPS: dict[str, tuple[str, str]] = {  # action -> state reached, office that acts
    "submit": ("submitted", "KSM {flower} RW {rw}"),
    "verify": ("verified", "UPL BKM {kel}"),
    "start_review": ("under_review", "Sekretariat Pokja PAKET"),
    "approve": ("approved", "Koordinator BKM {kel}"),
    "return": ("returned", "UPL BKM {kel}"),
    "reject": ("rejected", "Koordinator BKM {kel}"),
    "fund": ("funded", "PJOK Kecamatan"),
    "start_works": ("under_construction", "KSM {flower} RW {rw}"),
    "complete": ("completed", "Fasilitator Teknik Kelurahan"),
    "withdraw": ("withdrawn", "KSM {flower} RW {rw}"),
}
PAKET_DECIDES = "Pokja PAKET Kota Tirta Asri"
AGE_DAYS = {  # how long before the end of October 2026 a proposal of this state was written down
    "draft": (5, 120), "submitted": (30, 170), "verified": (80, 260), "under_review": (120, 300),
    "returned": (90, 420),
    "rejected": (150, 560), "withdrawn": (120, 520), "approved": (160, 420), "funded": (260, 520),
    "under_construction": (320, 560), "completed": (430, 655),
}  # fmt: skip
KSM = ("Melati", "Bersatu", "Sejahtera", "Mandiri", "Rukun", "Makmur", "Guyub", "Barokah")


@dataclass
class Path:
    """The day of creation, the reviews in order and the comments."""

    created_at: str
    reviews: list[dict[str, object]]
    comments: list[dict[str, object]]


def actions(state: str, paket: bool, rng: np.random.Generator) -> list[str]:
    """The actions that lead from draft to a state; now and then with one return on the way."""
    decided = ["submit", "verify", *(["start_review"] if paket else [])]
    ways = {
        "draft": [], "submitted": ["submit"], "verified": ["submit", "verify"], "under_review": decided,
        "returned": [*decided, "return"], "rejected": [*decided, "reject"], "approved": [*decided, "approve"],
        "funded": [*decided, "approve", "fund"], "under_construction": [*decided, "approve", "fund", "start_works"],
        "completed": [*decided, "approve", "fund", "start_works", "complete"],
        "withdrawn": [*decided[: int(rng.integers(0, 3))], "withdraw"],
    }  # fmt: skip
    way = ways[state]
    if "approve" in way and rng.random() < 0.25:
        way = [*decided, "return", *way]
    return way


def walk(state: str, paket: bool, kelurahan: str, rw: int, rt: int, rng: np.random.Generator) -> Path:
    """Dates, offices and notes for the path to a state."""
    low, high = AGE_DAYS[state]
    at = LAST_DAY - timedelta(days=int(rng.integers(low, high)), minutes=int(rng.integers(0, 480)))
    created, way = at, actions(state, paket, rng)
    flower = str(rng.choice(KSM))
    room = (LAST_DAY - at).days / (len(way) + 1)
    now, reviews = "draft", []
    for action in way:
        at += timedelta(days=float(rng.uniform(0.35, 0.95)) * room)
        reached, office = STEPS[action]
        if now in ("under_review",) and action in ("approve", "return", "reject"):
            office = PAKET_DECIDES
        reviews.append({
            "action": action, "from_state": now, "to_state": reached, "note": str(rng.choice(NOTES[action])),
            "author": office.format(kel=kelurahan, rw=f"{rw:02d}", flower=flower), "at": _stamp(at),
        })  # fmt: skip
        now = reached
    return Path(_stamp(created), reviews, _comments(state, created, rw, rt, rng))


def _comments(
    state: str, created: datetime, rw: int, rt: int, rng: np.random.Generator
) -> list[dict[str, object]]:
    if state == "draft":
        return []
    count = int(rng.choice([0, 1, 2, 3], p=[0.4, 0.3, 0.2, 0.1]))
    span = (LAST_DAY - created).days
    days = sorted(rng.uniform(0.1, 0.98, count) * span)
    said = rng.choice(len(COMMENTS), size=count, replace=False)
    out: list[dict[str, object]] = []
    for k, day in zip(said, days, strict=True):
        author = f"Warga RT {max(rt + int(rng.integers(-1, 2)), 1):02d}/RW {rw:02d}"
        at = _stamp(created + timedelta(days=float(day)))
        out.append({"author": author, "body": COMMENTS[int(k)], "at": at})
    return out


def _stamp(at: datetime) -> str:
    """The day of a moment, at an hour when an office is open."""
    return at.astimezone(WIB).replace(hour=8 + at.hour % 8, second=0, microsecond=0).isoformat()
