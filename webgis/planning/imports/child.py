"""The process in which a foreign file is opened: little memory, little time, no network, nothing to steal.

It knows nothing about the store. It writes one JSON line about the file and one for each row, which its parent
reads; a file that kills this process hurts nobody. Started as `python -m webgis.planning.imports.child FILE OUT`.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import resource
import sys
from pathlib import Path
from typing import Final

from webgis.planning.imports import content
from webgis.planning.imports.csv_tables import read_csv
from webgis.planning.imports.gdal_layers import read_gdal
from webgis.planning.imports.geojson import read_geojson
from webgis.planning.imports.tables import MAX_ROWS, Table

MEMORY: Final = 2_500_000_000
SECONDS: Final = 120
OUTPUT: Final = 600_000_000
"""Bytes of any file written, unpacked ones too; it bounds the memory of the parent, which takes the rows over."""
TOO_MUCH: Final = 5
DRIVERS_OFF: Final = (
    "AIVector,AVCBin,AVCE00,AmigoCloud,CAD,CSW,CSV,Carto,DGN,DXF,EDIGEO,EEDA,ESRI Shapefile Web,ESRIJSON,"
    "Elasticsearch,FileGDB,FlatGeobuf,GDALG,GML,GMLAS,GMT,GPSBabel,GPX,GTFS,GeoJSON,GeoJSONSeq,GeoRSS,HTTP,"
    "Idrisi,Interlis 1,Interlis 2,JML,JSONFG,KML,LIBKML,LVBAG,MVT,MapInfo File,MapML,MiraMonVector,"
    "NAS,NGW,netCDF,OAPIF,ODS,OGCAPI,OGR_GMT,OGR_VRT,OpenFileGDB,OSM,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,"
    "S57,STACIT,STACTA,SVG,SXF,Selafin,TIGER,TopoJSON,UK .NTF,VDV,VFK,VICAR,VRT,WAsP,WFS,XLS,XLSX,XODR,"
    "PostgreSQL,MySQL,MSSQLSpatial,ODBC,ADBC,Parquet,Arrow,JP2OpenJPEG,SQLite"
)
"""Everything GDAL could do but GPKG, ESRI Shapefile and its own memory, without which unloading drivers crashes it.

Names that a build does not have are ignored.
"""


def main(file: str, out: str) -> int:
    """Read a file into lines. 0 if it could be read, 4 if it was refused with a reason on the last line, 5 too much."""
    limit()
    try:
        return _write(file, out)
    except OSError as error:
        if error.errno == errno.EFBIG:
            return TOO_MUCH
        raise


def _write(file: str, out: str) -> int:
    path, folder = Path(file), Path(out).parent
    with open(out, "w", encoding="utf-8") as lines:
        try:
            table = read(path, folder)
            head = {"columns": table.columns, "crs": table.crs, "how": table.how, "notes": table.notes}
            lines.write(json.dumps(head) + "\n")
            for number, row in enumerate(table.rows):
                if number >= MAX_ROWS:
                    raise content.Unreadable("too_many_rows", limit=MAX_ROWS)
                lines.write(json.dumps(row) + "\n")
        except content.Unreadable as refused:
            lines.write(json.dumps({"error": refused.code, "params": refused.params}) + "\n")
            return 4
        except MemoryError:
            lines.write(json.dumps({"error": "reading_too_much", "params": {}}) + "\n")
            return 4
    return 0


def read(path: Path, folder: Path) -> Table:
    """The table of a file, whatever its name says."""
    kind = content.judge(path)
    if kind == "zip":
        path = content.unpack(path, folder)
        kind = "shp" if path.suffix == ".shp" else content.judge(path)
        if kind == "zip":
            raise content.Unreadable("zip_nested")
    if kind == "geojson":
        return read_geojson(path)
    if kind == "csv":
        return read_csv(path)
    link = folder / f"opened.{kind}"
    if kind == "gpkg":
        os.symlink(path.resolve(), link)
        path = link
    return read_gdal(path, kind)


def limit() -> None:
    """Take away what reading a file does not need."""
    for name, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_NOFILE, 128), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        _soft, hard = resource.getrlimit(name)
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (ceiling, ceiling))
    with contextlib.suppress(OSError, AttributeError):
        # A network of its own that leads nowhere; where the kernel forbids it the drivers above are the wall.
        ctypes.CDLL(None, use_errno=True).unshare(0x10000000 | 0x40000000)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
