"""Layers as files for GIS programs: GeoPackage, Shapefile, KML and GeoParquet, WGS 84.

It knows nothing about rights or the store. Rows go through as Arrow record batches, which GDAL pulls one after
another, so that no format holds a whole layer in memory.
"""

from __future__ import annotations

import json
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from webgis.planning.giving.export_rows import Rows

if TYPE_CHECKING:
    import pyarrow as pa

GEOMETRY: Final = "geometry"
GEOPARQUET: Final = "1.1.0"
_GEOMETRY_NAMES: Final = {
    name.upper(): name
    for name in ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
}
_FAMILIES: Final = {
    "POINT": "point", "MULTIPOINT": "multipoint", "LINESTRING": "line", "MULTILINESTRING": "line",
    "POLYGON": "polygon", "MULTIPOLYGON": "polygon", "NONE": "none",
}  # fmt: skip
"""Kind of geometry -> the part of a Shapefile's name; a Shapefile holds one kind, single and multiple alike."""
_SHAPEFILE_TYPES: Final = {
    "point": "Point", "multipoint": "MultiPoint", "line": "LineString", "polygon": "Polygon", "none": "Unknown",
}  # fmt: skip


def geopackage(rows: Rows, layer: str, folder: Path) -> Path:
    """One layer of the given name."""
    path = folder / "out.gpkg"
    _gdal(rows, None, path, "GPKG", _single(rows.shapes()), layer=layer)
    return path


def kml(rows: Rows, layer: str, folder: Path) -> Path:
    """Placemarks called by title or name, everything else as extended data."""
    path = folder / f"{layer}.kml"
    names = [column.name for column in rows.columns]
    called = next((name for name in ("title", "name") if name in names), "Name")
    _gdal(rows, None, path, "KML", "Unknown", layer=layer, dataset_options={"NameField": called})
    return path


def shapefile(rows: Rows, layer: str, folder: Path) -> Path:
    """A zip with a Shapefile of each kind of geometry; names are cut to 10 letters, texts to 254."""
    families: dict[str, list[str]] = {}
    for shape in rows.shapes() or ["POINT"]:
        families.setdefault(_FAMILIES[shape], []).append(shape)
    inner = folder / "parts"
    inner.mkdir()
    for family, shapes in families.items():
        path = inner / f"{layer}{'-' + family if len(families) > 1 else ''}.shp"
        _gdal(rows, shapes, path, "ESRI Shapefile", _SHAPEFILE_TYPES[family])
    archive = folder / "out.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for part in sorted(inner.iterdir()):
            zipped.write(part, part.name)
    return archive


def parquet(rows: Rows, layer: str, folder: Path) -> Path:
    """GeoParquet 1.1 with WKB; longitude and latitude of WGS 84 are its default."""
    from pyarrow import parquet as files

    path = folder / f"{layer}.parquet"
    kinds = [_GEOMETRY_NAMES[shape] for shape in rows.shapes() if shape in _GEOMETRY_NAMES]
    about = {
        "version": GEOPARQUET, "primary_column": GEOMETRY,
        "columns": {GEOMETRY: {"encoding": "WKB", "geometry_types": kinds}},
    }  # fmt: skip
    schema = _schema(rows).with_metadata({"geo": json.dumps(about)})
    with files.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows, schema, None):
            writer.write_batch(batch)
    return path


def _gdal(rows: Rows, shapes: list[str] | None, path: Path, driver: str, kind: str, **options: Any) -> None:
    """Have GDAL write the rows with these kinds of geometry (None: all)."""
    import pyarrow as pa
    import pyogrio

    schema = _schema(rows)
    stream = pa.RecordBatchReader.from_batches(schema, _batches(rows, schema, shapes))
    with warnings.catch_warnings():
        # GDAL tells of every name and text that it cuts for a Shapefile; docs/exports.md says it once.
        warnings.simplefilter("ignore", RuntimeWarning)
        pyogrio.write_arrow(
            stream, path, driver=driver, geometry_name=GEOMETRY, geometry_type=kind, crs="EPSG:4326",
            encoding="UTF-8", **options,
        )  # fmt: skip


def _single(shapes: list[str]) -> str:
    """The one kind of geometry of a layer, Unknown if there are several."""
    return _GEOMETRY_NAMES.get(shapes[0], "Unknown") if len(shapes) == 1 else "Unknown"


def _schema(rows: Rows) -> pa.Schema:
    import pyarrow as pa

    types = {
        "integer": pa.int64(), "real": pa.float64(), "boolean": pa.bool_(), "text": pa.string(),
    }  # fmt: skip
    fields = [(column.name, types[column.kind]) for column in rows.columns]
    return pa.schema([*fields, (GEOMETRY, pa.binary())])


def _batches(rows: Rows, schema: pa.Schema, shapes: list[str] | None) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    every: list[str | None] = [*shapes] if shapes else [None]
    for shape in every:
        for batch in rows.batches(shape):
            columns = zip(*batch, strict=True)
            arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
            yield pa.record_batch(arrays, schema=schema)
