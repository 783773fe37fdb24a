"""What a careful colleague would say about a work: gates it fails, neighbours it depends on, what looks odd.

It knows nothing about points. Every sentence says what to do about it and stands in `messages`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from gis_core.relations import twin_among
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.judging import drain_fall, related
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.programme_overlaps import NearProgramme
from webgis.planning.judging.scoring import Judged
from webgis.planning.judging.verdicts import Link, Role
from webgis.planning.sentences.messages import gate_message, message
from webgis.planning.written import Metres

MOST_LINKS: Final = 4
EXTENDED_M: Final = 50.0
"""So far (metres) an end is led straight to what it should join in one tap; farther, a hand draws the way."""
LOOSE: Final = {
    "streets": "warn_loose_road",
    "drain": "warn_loose_drain",
    "water_pipe": "warn_loose_pipe",
    "sewer": "warn_loose_sewer",
}
"""What is said of a line that joins nothing, by the first of its network."""
AT_M: Final = 1.0
"""Nearer than this two works are at the same place, whatever pencil they were drawn with."""
WET_SHARE: Final = 0.1
"""From this share of a work under water on it is worth a word."""


@dataclass(frozen=True, eq=False)
class Case:
    """A work before us: the facts of its kelurahan, the other works there, its relations that hold and its gates.

    programmes: those of the city in its way that the reader may see, nearest first.
    """

    facts: Facts
    mine: Judged
    others: Sequence[Judged]
    links: Sequence[Link]
    gates: Sequence[Gate]
    programmes: Sequence[NearProgramme] = ()

    def other(self, link: Link) -> Judged:
        """The work at the other end of a relation."""
        name = link.other(self.mine.work.id)
        return next(item for item in self.others if item.work.id == name)

    def role(self, link: Link) -> Role:
        """What the other is to this work."""
        return link.role(self.mine.work.id)

    @cached_property
    def twin(self) -> int | None:
        """Row of a working asset of this kind at the same place, if there is one."""
        work, assets = self.mine.work, self.facts.assets
        rows = np.flatnonzero(self.facts.serving(work.type))
        found = twin_among(work.geometry, assets.geometry[rows])
        return None if found is None else int(rows[found])

    def about(self, kind: str, name: str | None, title: str | None, place: BaseGeometry) -> dict[str, Any]:
        """What a remark is about, and where that is (GeoJSON)."""
        return {
            "kind": kind,
            "id": name,
            "title": title,
            "geometry": mapping(self.facts.projector.to_lonlat(place)),
        }


def relations(case: Case) -> list[dict[str, Any]]:
    """The relations as the API tells them."""
    return [
        {"kind": link.kind, "role": case.role(link), "id": case.other(link).work.id,
         "title": case.other(link).title, "measure": link.measure, "outcome": link.outcome}
        for link in case.links
    ]  # fmt: skip


def gates(case: Case, lang: str) -> list[dict[str, Any]]:
    """The gates as the API tells them."""
    return [
        {"name": gate.name, "passed": gate.passed, "message": gate_message(gate, lang)} for gate in case.gates
    ]


def overlaps(case: Case) -> list[dict[str, Any]]:
    """Proposals and working assets of the same kind that are already where the work would be."""
    twins = [case.other(link) for link in case.links if link.kind == "duplicate"]
    found: list[dict[str, Any]] = [
        {"kind": "proposal", "id": twin.work.id, "title": twin.title} for twin in twins
    ]
    if case.twin is not None:
        found.append({"kind": "asset", "id": str(case.facts.assets.id[case.twin]), "title": None})
    return found


def programmes(case: Case) -> list[dict[str, Any]]:
    """The city programmes in its way as the API tells them."""
    names = ("id", "title", "kind", "year", "budget", "office", "source", "metres", "same")
    return [
        {name: getattr(one, name) for name in names} | {"source_on": one.source_on.isoformat()}
        for one in case.programmes
    ]


def warnings(case: Case, lang: str) -> list[dict[str, Any]]:
    """Everything worth saying, each with its code: gates that fail first, those nobody could check last."""
    return [
        *(_gate_warning(gate, lang) for gate in case.gates if gate.passed is False),
        *(
            {"code": code, "gate": None, "message": message(code, params, lang), "about": about}
            for code, params, about in _remarks(case, lang)
        ),
        *(
            _gate_warning(gate, lang)
            for gate in case.gates
            if gate.passed is None and gate.name != "duplicate"
        ),
    ]


def _gate_warning(gate: Gate, lang: str) -> dict[str, Any]:
    failed = gate.name if gate.passed is False else None
    return {"code": gate.code, "gate": failed, "message": gate_message(gate, lang)}


def _remarks(case: Case, lang: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    """Code and params of what is no gate, and what it is about where that has a place."""
    work, made = case.mine.work, case.mine.effect
    for link in case.links[:MOST_LINKS]:
        other = case.other(link)
        about = case.about("proposal", other.work.id, other.title, other.work.geometry)
        yield f"warn_{case.role(link)}", {"title": other.title}, about
    if case.twin is not None:
        assets = case.facts.assets
        about = case.about("asset", str(assets.id[case.twin]), None, assets.geometry[case.twin])
        yield "warn_asset", {"title": work.type.name(lang)}, about
    for programme in case.programmes[:MOST_LINKS]:
        about = {
            "kind": "programme",
            "id": programme.id,
            "title": programme.title,
            "geometry": programme.geometry,
        }
        params = {"title": programme.title, "year": str(programme.year), "distance": Metres(programme.metres)}
        yield _of_programme(programme), params, about
    if made.values["poor_served"] is not None and made.served == 0:
        yield "warn_nobody", {}, None
    if made.way == "detour":
        yield "warn_no_road", {"metres": catalogue().way.near_m, "detour": catalogue().way.detour}, None
    if (gap := related.downstream_gap(case.facts, work)) is not None:
        yield "warn_downstream", {"distance": Metres(gap.metres)}, _outlet(case, gap)
    if made.values["connection"] == 0 and (gap := related.loose_gap(case.facts, work, case.others)):
        yield LOOSE[work.type.network[0]], {"distance": Metres(gap.metres)}, _outlet(case, gap)
    fall = drain_fall.of_work(case.facts, work)
    if fall is not None and fall.metres is not None and not fall.enough:
        code = "warn_uphill" if fall.metres <= 0 else "warn_flat"
        falls = math.floor(abs(100 * fall.metres) + 1e-6)
        # What is needed reads as beside the score, but never as what there is.
        params = {"fall": falls, "needed": max(round(100 * fall.needed), falls + 1 if fall.metres > 0 else 0)}
        yield code, {**params, "length": Metres(fall.length)}, None
    wet = made.values["flood"]
    if wet is not None and case.facts.flood and wet >= WET_SHARE:
        yield "warn_flood", {"percent": round(100 * wet), "depth": case.facts.flood.threshold}, None
    slope = made.values["slope"]
    if slope is not None and work.type.steepest is not None and slope > 1:
        yield "warn_slope", {"percent": round(slope * work.type.steepest), "most": work.type.steepest}, None


def _outlet(case: Case, gap: related.Gap) -> dict[str, Any]:
    """Where a line that ends in nothing should go on, and whether one tap may lead it there."""
    about = case.about("outlet", None, None, shapely.get_point(gap.way, -1))
    return {**about, "extends": _leads(case, gap)}


def _leads(case: Case, gap: related.Gap) -> bool:
    """Whether the straight way to an outlet is short, inside the kelurahan, and not back along the work itself."""
    nearest = float(shapely.distance(case.mine.work.geometry, shapely.get_point(gap.way, -1)))
    inside = bool(case.facts.outline.covers(gap.way))
    return inside and gap.metres <= EXTENDED_M and nearest >= gap.metres - 0.01


def _of_programme(programme: NearProgramme) -> str:
    if programme.same:
        return "warn_programme_same"
    return "warn_programme" if programme.metres >= AT_M else "warn_programme_here"
