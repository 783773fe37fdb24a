"""Proposals as plain lists: by RW for those who use no map, and the answers of the search box.

It knows nothing about HTML. Everything here is what the public may read.
The same content as on the map in the order people look for their own street (interface paper, section 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from webgis.pages.navigation import Place
from webgis.planning import access, proposals, regions
from webgis.planning.access import PUBLIC, Actor
from webgis.planning.proposals import ProposalView
from webgis.planning.regions import Hit
from webgis.store.database import Database

HALF_WIDTH: Final = {"kota": 0.03, "kecamatan": 0.015, "kelurahan": 0.006, "rw": 0.0016, "rt": 0.0008}
MOST: Final = 500


@dataclass(frozen=True)
class RwList:
    """The proposals of one RW."""

    code: str
    name: str
    kelurahan: str
    items: tuple[ProposalView, ...]


@dataclass(frozen=True)
class ListView:
    """Lists by RW, how many proposals fit, and the work types that occur."""

    groups: tuple[RwList, ...]
    total: int
    shown: int
    work_types: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """One answer of the search box: words, and a box to fly to or a proposal to open."""

    name: str
    about: str
    kind: str
    bbox: str
    proposal: str


def by_rw(db: Database, asked: Mapping[str, str], known: Sequence[Place]) -> ListView:
    """The public proposals that fit, grouped by RW in order of code."""
    code = asked["kelurahan"] if asked["kelurahan"] in {place.code for place in known} else None
    page = proposals.list_proposals(
        db, PUBLIC, kelurahan=code, work_type=asked["work_type"] or None, q=asked["q"] or None,
        limit=MOST,
    )  # fmt: skip
    ordered = sorted(page.items, key=lambda item: (item.kelurahan, item.rw or "", item.title))
    groups = [
        RwList(rw, items[0].rw_name or "", items[0].kelurahan_name, tuple(items))
        for (_, rw), rows in groupby(ordered, key=lambda item: (item.kelurahan, item.rw or ""))
        if (items := list(rows))
    ]
    types = tuple(sorted({item.work_type for item in page.items} | ({asked["work_type"]} - {""})))
    return ListView(tuple(groups), page.total, len(page.items), types)


def search(db: Database, actor: Actor, words: str, kelurahan: str = "") -> list[Found]:
    """Proposals and places that fit some words; those of the kelurahan first."""
    if len(words) < 2:
        return []
    inside = bool(kelurahan) and access.may(actor, "see_workspace", kelurahan)
    page = proposals.list_proposals(db, actor, kelurahan=kelurahan if inside else None, q=words, limit=6)
    places = sorted(
        regions.search(db, words), key=lambda hit: not (kelurahan and hit.code.startswith(kelurahan))
    )
    return [
        *(_place(hit) for hit in places),
        *(Found(item.title, item.kelurahan_name, "proposal", "", item.id) for item in page.items),
    ]


def _place(hit: Hit) -> Found:
    half = HALF_WIDTH.get(hit.kind, 0.002)
    box = (hit.lon - half, hit.lat - half, hit.lon + half, hit.lat + half)
    return Found(hit.name, hit.kelurahan_name or "", hit.kind, ",".join(f"{value:.6f}" for value in box), "")
