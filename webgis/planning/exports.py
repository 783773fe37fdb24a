"""A layer as a file: streamed GeoJSON, and the formats that offices use made from it.

It knows nothing about HTTP. Households leave only with the right to see them, works on a family's plot as a point
inside the RW, and cells of tables never begin like a formula.
"""

from __future__ import annotations

import csv
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from webgis.planning.access import Actor, may, require
from webgis.planning.catalogue import PRIVATE_SITE, private_titles
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.store import exports as store
from webgis.store.database import Database, household_scope

FORMATS: Final = {
    "geojson": "application/geo+json", "gpkg": "application/geopackage+sqlite3", "shp.zip": "application/zip",
    "kml": "application/vnd.google-earth.kml+xml", "csv": "text/csv; charset=utf-8",
}  # fmt: skip
_DRIVERS: Final = {"gpkg": "GPKG", "kml": "KML", "shp.zip": "ESRI Shapefile"}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Filters:
    """Which part of a layer: all by default."""

    kelurahan: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    state: str | None = None
    updated_since: str | None = None


@dataclass(frozen=True)
class Export:
    """A file on its way out."""

    filename: str
    mimetype: str
    chunks: Iterator[bytes]


def export(db: Database, actor: Actor, layer: str, fmt: str, filters: Filters) -> Export:
    """A layer in a format. Raises NotFound, BadDocument, NotAllowed before the first byte."""
    if layer not in store.LAYERS:
        raise NotFound("unknown_layer", layer=layer, known=", ".join(store.LAYERS))
    if fmt not in FORMATS:
        raise BadDocument([Problem("/format", "unknown_format", {"given": fmt, "known": ", ".join(FORMATS)})])
    if layer == "households":
        require(actor, "see_households", filters.kelurahan or "")
    name = "-".join(part for part in (layer, filters.kelurahan) if part) + f".{fmt}"
    lines = _features(db, actor, layer, filters)
    return Export(name, FORMATS[fmt], _collection(lines) if fmt == "geojson" else _made(lines, layer, fmt))


def _features(db: Database, actor: Actor, layer: str, filters: Filters) -> Iterator[str]:
    scope = filters.kelurahan or "" if layer == "households" else ""
    sees_places = filters.kelurahan is not None and may(actor, "propose", filters.kelurahan)
    with db.transaction() as session, household_scope(session, scope):
        yield from store.features(
            session, layer, kelurahan=filters.kelurahan, bbox=filters.bbox, state=filters.state,
            updated_since=filters.updated_since, hidden=() if sees_places else tuple(sorted(PRIVATE_SITE)),
            unnamed={} if sees_places else private_titles(),
        )  # fmt: skip


def _collection(lines: Iterator[str]) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":[\n'
    for number, line in enumerate(lines):
        yield (",\n" if number else "").encode() + line.encode()
    yield b"\n]}\n"


def neutral(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _made(lines: Iterator[str], layer: str, fmt: str) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="webgis-export-") as name:
        folder = Path(name)
        features = [json.loads(line) for line in lines]
        path = _csv(features, folder) if fmt == "csv" else _vector(features, folder, layer, fmt)
        with path.open("rb") as file:
            while chunk := file.read(1 << 16):
                yield chunk


def _csv(features: list[dict[str, Any]], folder: Path) -> Path:
    path = folder / "out.csv"
    names = list(features[0]["properties"]) if features else []
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*names, "wkt"])
        for feature in features:
            shape = shapely.from_geojson(json.dumps(feature["geometry"])) if feature["geometry"] else None
            wkt = None if shape is None else shapely.to_wkt(shape, rounding_precision=7)
            writer.writerow([*(neutral(feature["properties"][n]) for n in names), wkt])
    return path


def _vector(features: list[dict[str, Any]], folder: Path, layer: str, fmt: str) -> Path:
    import pyogrio

    suffix = {"shp.zip": "shp"}.get(fmt, fmt)
    kinds: dict[str, list[dict[str, Any]]] = {"": features}
    if fmt == "shp.zip":  # a Shapefile holds one kind of geometry
        kinds = {}
        for feature in features:
            kind = (feature["geometry"] or {"type": "None"})["type"].removeprefix("Multi").lower()
            kinds.setdefault(kind, []).append(feature)
    for kind, rows in kinds.items():
        names = list(rows[0]["properties"]) if rows else []
        shapes = np.empty(len(rows), dtype=object)
        shapes[:] = [shapely.from_geojson(json.dumps(f["geometry"])) if f["geometry"] else None for f in rows]
        columns = [_column([f["properties"][n] for f in rows]) for n in names]
        target = folder / f"{layer}{'-' + kind if len(kinds) > 1 else ''}.{suffix}"
        types = {s.geom_type for s in shapes if s is not None}
        single = types.pop() if len(types) == 1 else "Unknown"
        pyogrio.raw.write(
            target, shapely.to_wkb(shapes), columns, names, geometry_type=single, crs="EPSG:4326", driver=_DRIVERS[fmt],
            encoding="UTF-8", **({"layer": layer} if fmt == "gpkg" else {}),
        )  # fmt: skip
    if fmt != "shp.zip":
        return next(folder.iterdir())
    archive = folder / "out.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for part in sorted(p for p in folder.iterdir() if p != archive):
            zipped.write(part, part.name)
    return archive


def _column(values: list[Any]) -> Any:
    """One array of a type that GDAL has: numbers stay numbers, the rest is text."""
    if all(isinstance(v, bool) for v in values):
        return np.array(values, dtype=bool)
    if all(v is None or isinstance(v, int | float) for v in values) and any(v is not None for v in values):
        return np.array([np.nan if v is None else float(v) for v in values])
    cells = np.empty(len(values), dtype=object)
    cells[:] = [
        None if v is None else json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else str(v)
        for v in values
    ]
    return cells
