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
from webgis.pages.site import rw_name
from webgis.planning import access, finding
from webgis.planning.access import PUBLIC, Actor
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.finding import Hit
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.store.database import Database

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
    """One answer of the search box: words, and a box to fly to with the shape to show, or a proposal to open."""

    name: str
    about: str
    kind: str
    bbox: str = ""
    shape: str = ""
    proposal: str = ""


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


def search(db: Database, actor: Actor, words: str, kelurahan: str, lang: str) -> list[Found]:
    """Regions, proposals, assets, roads and places that fit some words; those of the kelurahan first."""
    if len(words) < finding.LEAST_LETTERS:
        return []
    inside = bool(kelurahan) and access.may(actor, "see_workspace", kelurahan)
    page = proposals.list_proposals(db, actor, kelurahan=kelurahan if inside else None, q=words, limit=6)
    hits = finding.find(db, words, kelurahan)
    return [
        *(_found(hit, lang) for hit in hits if hit.code),
        *(Found(item.title, item.kelurahan_name, "proposal", proposal=item.id) for item in page.items),
        *(_found(hit, lang) for hit in hits if not hit.code),
    ]


def _found(hit: Hit, lang: str) -> Found:
    box = ",".join(f"{value:.6f}" for value in hit.bounds)
    kind = catalogue().asset_kinds.get(hit.kind)
    called = kind.name(lang) if kind else hit.kind
    # A hundred RT are called RT 01: only with their RW does the name say which.
    before = rw_name(hit.parent) if hit.sort == "rt" else called if hit.sort == "asset" and hit.name else ""
    about = " · ".join(part for part in (before, hit.kelurahan_name) if part)
    return Found(hit.name or called, about, hit.sort, box, hit.shape)
