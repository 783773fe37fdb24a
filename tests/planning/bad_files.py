"""Bad files of the paper on reliability (section 6), by their numbers there, made small."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import shapely

HEAD = '{"type": "FeatureCollection", "features": ['
POINT = '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [107.7, -5.6]}, "properties": %s}'
CSV = b"kind,lon,lat\nmck,107.7,-5.6\n"


def features(*properties: str) -> bytes:
    """GeoJSON of points with these properties."""
    return (HEAD + ",".join(POINT % one for one in properties) + "]}").encode()


def zipped(**entries: bytes) -> bytes:
    """An archive of entries; a name has __ for its dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def linked() -> bytes:
    """An archive in which the table is a link to a file of the machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("a.csv")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def spoilt(content: bytes) -> bytes:
    """An archive with a byte of its content turned."""
    at = content.index(b"a.csv") + 10
    return content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]


def geopackage(folder: Path, layer: str = "prasarana", *sql: str) -> bytes:
    """A GeoPackage of a point, changed by SQL afterwards."""
    file = folder / "made.gpkg"
    file.unlink(missing_ok=True)
    shapes = np.array([shapely.to_wkb(shapely.Point(107.7, -5.6))], dtype=object)
    pyogrio.raw.write(
        file, shapes, [np.array(["mck"], dtype=object)], fields=["kind"], geometry_type="Point", crs="EPSG:4326",
        driver="GPKG", layer=layer,
    )  # fmt: skip
    with sqlite3.connect(file) as base:
        for statement in sql:
            base.execute(statement)
    return file.read_bytes()


def shapefile(folder: Path, **changed: bytes | None) -> bytes:
    """An archive of a Shapefile of a point; changed: its parts by suffix, None to leave one out."""
    file = folder / "made.shp"
    shapes = np.array([shapely.to_wkb(shapely.Point(107.7, -5.6))], dtype=object)
    pyogrio.raw.write(
        file,
        shapes,
        [np.array(["mck"], dtype=object)],
        fields=["kind"],
        geometry_type="Point",
        crs="EPSG:4326",
    )
    parts = {suffix: (folder / f"made.{suffix}").read_bytes() for suffix in ("shp", "shx", "dbf", "prj")}
    given = {suffix: changed.get(suffix, content) for suffix, content in parts.items()}
    return zipped(**{f"made__{suffix}": content for suffix, content in given.items() if content is not None})
