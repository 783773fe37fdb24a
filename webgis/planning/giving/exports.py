"""A layer as a file: what may leave, and in which form.

It knows nothing about HTTP, SQL or how a format is written (`export_tables`, `export_maps`). Households leave only with
the right to see them, works on a family's plot as a point inside the RW. Memory stays the same for any size: GeoJSON
and CSV are sent while they are read, other formats are written to a file batch by batch and sent from there.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy.orm import Session

from webgis.planning.access import Actor, covers, may, require
from webgis.planning.catalogues.vocabulary import STATES
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.giving import export_computed as told
from webgis.planning.giving import export_maps, export_tables
from webgis.planning.giving.export_rows import Batch, Rows
from webgis.planning.mapping import home_counts
from webgis.planning.mapping.household_views import note_many
from webgis.planning.proposals.family_plots import kept_back
from webgis.store import exports as store
from webgis.store import regions
from webgis.store.database import Database, household_scope

LAYERS: Final = store.LAYERS
FORMATS: Final = {
    "geojson": "application/geo+json", "gpkg": "application/geopackage+sqlite3", "shp.zip": "application/zip",
    "kml": "application/vnd.google-earth.kml+xml", "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}  # fmt: skip
_WRITERS: Final = {
    "gpkg": export_maps.geopackage, "shp.zip": export_maps.shapefile, "kml": export_maps.kml,
    "parquet": export_maps.parquet, "xlsx": export_tables.xlsx,
}  # fmt: skip
_AREAS: Final = ("kota", "kecamatan", "kelurahan")


@dataclass(frozen=True)
class Filters:
    """Which part of a layer: all by default. kelurahan: its code, or that of the kecamatan or kota above."""

    kelurahan: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    state: str | None = None
    updated_since: dt.datetime | None = None


@dataclass(frozen=True)
class Export:
    """A file on its way out. size: in bytes where it is known beforehand."""

    filename: str
    mimetype: str
    chunks: Iterator[bytes]
    size: int | None = None


def export(db: Database, actor: Actor, layer: str, fmt: str, filters: Filters, reason: str = "") -> Export:
    """A layer in a format. Raises NotFound, BadDocument, SignInNeeded, NotAllowed before the first byte.

    Households without a kelurahan are those of all kelurahan where the caller may see them. reason: what they are
    taken along for; it is logged, and each of their rows says who took it when and for what.
    """
    if layer not in LAYERS:
        raise NotFound("unknown_layer", given=layer, known=", ".join(LAYERS))
    if fmt not in FORMATS:
        raise BadDocument([Problem("/format", "unknown_format", {"given": fmt, "known": ", ".join(FORMATS)})])
    _check(db, layer, filters)
    parts = _parts(db, actor, layer, filters)
    mark: tuple[str, ...] = ()
    if layer == "households":
        wanted = " ".join(reason.split())
        _note(db, actor, parts, wanted)
        mark = (actor.name, dt.datetime.now(dt.UTC).isoformat(timespec="minutes"), wanted)
    name = "-".join(part for part in (layer, filters.kelurahan) if part) + f".{fmt}"
    if fmt in _WRITERS:
        file, size = _written(db, actor, parts, mark, layer, fmt)
        return Export(name, FORMATS[fmt], _sent(file), size)
    lines = _geojson if fmt == "geojson" else _csv
    return Export(name, FORMATS[fmt], lines(db, actor, parts, mark))


def _check(db: Database, layer: str, filters: Filters) -> None:
    """Filters that cannot be meant are refused, since an empty file would look like an empty layer."""
    problems = []
    if filters.kelurahan is not None:
        with db.transaction() as session:
            found = regions.find(session, filters.kelurahan)
        if found is None or found["kind"] not in _AREAS:
            problems.append(
                Problem("/query/kelurahan", "no_kelurahan", {"kelurahan": filters.kelurahan[:40]})
            )
    if filters.state is not None and filters.state not in STATES:
        problems.append(
            Problem(
                "/query/state", "unknown_state", {"given": filters.state[:40], "known": ", ".join(STATES)}
            )
        )
    elif filters.state is not None and layer != "proposals":
        problems.append(Problem("/query/state", "only_proposals_have_states", {"layer": layer}))
    if filters.updated_since is not None and layer == "poverty":
        problems.append(Problem("/query/updated_since", "released_whole", {"layer": layer}))
    if problems:
        raise BadDocument(problems)


def _parts(db: Database, actor: Actor, layer: str, filters: Filters) -> list[store.Part]:
    """What is read: one part, for households one for each kelurahan whose families the caller may see."""
    code = filters.kelurahan
    part = store.Part(layer, code, filters.bbox, filters.state, filters.updated_since, kept_back(actor, code))
    if part.is_regions:
        with db.transaction() as session:
            return [replace(part, untold=home_counts.kept_back(session, actor))]
    if layer != "households":
        return [part]
    with db.transaction() as session:
        known = [row["code"] for row in regions.list_regions(session, "kelurahan")]
    homes = [
        home for home in known if may(actor, "see_households", home) and (code is None or covers(code, home))
    ]
    if not homes:
        require(actor, "see_households", code or "")
    return [replace(part, kelurahan=home) for home in homes]


def _note(db: Database, actor: Actor, parts: list[store.Part], reason: str) -> None:
    """Note the look before the first byte, since a transfer may break off at any place."""
    seen = {}
    with db.transaction() as session:
        for part in parts:
            with _scope(session, part):
                seen[str(part.kelurahan)] = store.count(session, part)
        note_many(session, actor, "export", {home: number for home, number in seen.items() if number}, reason)


@contextmanager
def _scope(session: Session, part: store.Part) -> Iterator[None]:
    with household_scope(session, (part.kelurahan or "") if part.layer == "households" else ""):
        yield


def _geojson(db: Database, actor: Actor, parts: list[store.Part], mark: Sequence[str]) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":[\n'
    comma = b""
    with db.transaction() as session:
        for part in parts:
            with _scope(session, part):
                for line in told.features(session, actor, part, mark):
                    yield comma + line.encode()
                    comma = b",\n"
    yield b"\n]}\n"


def _csv(db: Database, actor: Actor, parts: list[store.Part], mark: Sequence[str]) -> Iterator[bytes]:
    with _rows(db, actor, parts, mark) as rows:
        yield from export_tables.csv_lines(rows)


def _written(
    db: Database, actor: Actor, parts: list[store.Part], mark: Sequence[str], layer: str, fmt: str
) -> tuple[BinaryIO, int]:
    """A finished file, open, and its size. It has no name any more, so that nothing is left however sending ends."""
    with tempfile.TemporaryDirectory(prefix="webgis-export-") as name, _rows(db, actor, parts, mark) as rows:
        path = _WRITERS[fmt](rows, layer, Path(name))
        return path.open("rb"), path.stat().st_size


def _sent(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(1 << 16):
            yield chunk


@contextmanager
def _rows(db: Database, actor: Actor, parts: list[store.Part], mark: Sequence[str]) -> Iterator[Rows]:
    """The rows of all parts as of one moment, since some formats read them once for each kind of geometry."""
    with db.transaction() as session:
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})

        def batches(shape: str | None = None) -> Iterator[Batch]:
            for part in parts:
                with _scope(session, part):
                    yield from told.rows(session, actor, part, shape, mark)

        def shapes() -> list[str]:
            found: set[str] = set()
            for part in parts:
                with _scope(session, part):
                    found.update(store.shapes(session, part))
            return sorted(found)

        yield Rows(tuple(told.columns(session, parts[0].layer, mark)), shapes, batches)
