"""The desk: what rankings, previews, plans and reviews of one process share, and a kelurahan laid out on it, ready to
be judged.

It knows nothing about what is asked of a scene. Scenes are kept by the versions of all they were read from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import shapely
from sqlalchemy.orm import Session

from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.judging import ceilings, fund_gates, pjm, related, verdicts
from webgis.planning.judging.facts import FACT_LAYERS, Facts, FactsCache
from webgis.planning.judging.fund_gates import Around
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.household_counts import in_fives
from webgis.planning.judging.pjm import Agreed
from webgis.planning.judging.scoring import Judge, Judged
from webgis.planning.judging.verdicts import Verdict
from webgis.planning.kept import Kept
from webgis.store import proposals as table
from webgis.store import regions, relations

MOST: Final = 5_000
"""How many works of a kelurahan are read, the last changed first."""
UNDER_WAY: Final = ("funded", "under_construction", "completed")
"""States whose works are decided: their households are served already when a plan is made."""
OWN_LAYERS: Final = ("proposals", "relations")
"""What a scene is made of beside the facts."""
SCENES: Final = 12
"""How many kelurahan a process keeps ready to be ranked; one of a thousand works takes some megabytes."""


@dataclass(frozen=True, eq=False)
class Scene:
    """A kelurahan ready to be judged: facts, its works in some states, all known (also those decided), gates by id,
    and what people said of how its works hang together.

    under_way: works whose homes count as served when a plan is made, without those among the works. around: what the
    gates of funds ask for beside the works. exactly: by whole counts of households; else all that is known of works is
    what `household_counts.in_fives` leaves of it.
    """

    facts: Facts
    works: tuple[Judged, ...]
    known: tuple[Judged, ...]
    gates: Mapping[str, tuple[Gate, ...]]
    verdicts: tuple[Verdict, ...]
    versions: dict[str, int]
    under_way: tuple[Judged, ...]
    around: Around
    exactly: bool = True


@dataclass(frozen=True)
class Desk:
    """What rankings and previews of one process share: facts, judged works and whole scenes kept at hand."""

    facts: FactsCache
    judge: Judge
    scenes: Kept[Scene] = field(default_factory=lambda: Kept(SCENES))


def open_desk(data_dir: Path) -> Desk:
    """An empty desk; data_dir: where the rasters lie."""
    return Desk(FactsCache(data_dir), Judge())


def open_scene(
    session: Session, desk: Desk, kelurahan: str, states: Sequence[str], *, exactly: bool
) -> Scene:
    """Facts and judged works of a kelurahan at the versions of now, read unless they are at hand. Raises NotFound.

    exactly: for somebody who `knows` the households there, or for what is shown to nobody.
    """
    versions, agreed = regions.versions(session), pjm.read(session, kelurahan)
    mine = [versions.get(layer, 0) for layer in (*OWN_LAYERS, *FACT_LAYERS)]
    key = (str(getattr(session.get_bind(), "url", "")), kelurahan, *states, *mine, agreed and agreed.key)
    scene = desk.scenes.get(key, lambda: _read_scene(session, desk, kelurahan, states, versions, agreed))
    return scene if exactly else desk.scenes.get((*key, "fives"), lambda: _in_fives(scene))


def rehearse(session: Session, data_dir: Path) -> None:
    """Lay a small kelurahan out on a desk that is put away at once: all that any first scene waits for is loaded then
    (files of the catalogue, GDAL, PROJ, PostGIS in the connection), and nothing of the kelurahan is kept."""
    known = [row for row in regions.list_regions(session, "kelurahan") if row["households"]]
    if known:
        smallest = min(known, key=lambda row: row["households"])
        open_scene(session, open_desk(data_dir), smallest["code"], OPEN_STATES, exactly=True)


def _in_fives(scene: Scene) -> Scene:
    usual = scene.facts.poor_share

    def told(items: Sequence[Judged]) -> tuple[Judged, ...]:
        return tuple(replace(item, effect=in_fives(item.work, item.effect, usual)) for item in items)

    known = told(scene.known)
    gates = {
        name: (*found, *fund_gates.among(scene.gates[name]))
        for name, found in related.gates(scene.facts, known, scene.verdicts).items()
    }
    return replace(
        scene, works=told(scene.works), known=known, gates=gates,
        under_way=told(scene.under_way), exactly=False,
    )  # fmt: skip


def _read_scene(
    session: Session,
    desk: Desk,
    kelurahan: str,
    states: Sequence[str],
    versions: Mapping[str, int],
    agreed: Agreed | None,
) -> Scene:
    facts = desk.facts.get(session, kelurahan, versions)
    read = sorted({*states, *related.DECIDED, *UNDER_WAY, *ceilings.GIVEN})
    rows = table.select(session, table.filters(kelurahan=kelurahan, states=read), MOST, 0)
    judged = desk.judge.judge(facts, rows, [shapely.from_geojson(row["geojson"]) for row in rows])
    works = tuple(item for item in judged if item.state in states)
    known = tuple(item for item in judged if item.state in (*states, *related.DECIDED))
    under_way = tuple(item for item in judged if item.state in UNDER_WAY and item.state not in states)
    said = verdicts.read(relations.select(session, kelurahan))
    around = fund_gates.read(session, kelurahan, agreed)
    gates = fund_gates.added(related.gates(facts, known, said), judged, around)
    kept = {layer: versions[layer] for layer in sorted({*facts.versions, *OWN_LAYERS}) if layer in versions}
    return Scene(facts, works, known, gates, said, kept, under_way, around)
