"""Readers of the four formats: each gives column names and rows of values with a geometry as WKB.

It knows nothing about layers and runs in the reading process only. GeoJSON and CSV are read by Python itself, so
that faults can be named by place; GDAL sees nothing but GeoPackage and Shapefile.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from webgis.planning.imports.content import Unreadable

MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 400
MAX_VALUE: Final = 100_000
LONGITUDE: Final = ("lon", "lng", "long", "longitude", "bujur", "koordinatbujur")
LATITUDE: Final = ("lat", "latitude", "lintang", "koordinatlintang")
WKT_NAMES: Final = ("wkt", "geom", "geometry", "thegeom")
_CRS84 = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84")
_EPSG = re.compile(
    r"^(?:urn:ogc:def:crs:EPSG:[\d.]*:|EPSG:|https?://www\.opengis\.net/def/crs/EPSG/\d+/)(\d{4,6})$", re.I
)
_DMS = re.compile(
    r"^\s*(?:(LS|LU|BT|S|N|E|W)\s*)?(\d{1,3})\s*[°d:\s]\s*(\d{1,2})\s*['′m:\s]\s*"
    r"(\d{1,2}(?:[.,]\d+)?)\s*[\"″s]?\s*(LS|LU|BT|S|N|E|W)?\s*$",
    re.I,
)


@dataclass
class Table:
    """What was read: columns, the coordinate system as the file names it, how it was found, and the rows.

    Each row: (values in the order of columns, WKB in hex or None, code of a fault or None).
    """

    columns: list[str]
    crs: str | None
    how: str
    rows: Iterator[tuple[list[Any], str | None, str | None]]
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def read_geojson(path: Path) -> Table:
    """A FeatureCollection, a Feature or a bare geometry."""
    notes: list[tuple[str, dict[str, Any]]] = []
    text = _text(path, notes)
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise Unreadable("json_too_deep") from error
    except json.JSONDecodeError as error:
        code = "file_cut_off" if error.pos >= len(text.rstrip()) - 1 else "json_broken"
        raise Unreadable(code, line=error.lineno, column=error.colno) from error
    except ValueError as error:  # Python's limit of 4300 digits
        raise Unreadable("json_number") from error
    features = _features(document)
    crs, how = _geojson_crs(document)
    columns: dict[str, None] = {}
    for feature in features:
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
            columns.update(dict.fromkeys(feature["properties"]))
        if len(columns) > MAX_COLUMNS:
            raise Unreadable("too_many_columns", limit=MAX_COLUMNS)
    names = list(columns)
    keep_id = "id" not in columns and any(isinstance(f, dict) and f.get("id") is not None for f in features)
    return Table(names + ["id"] * keep_id, crs, how, _geojson_rows(features, names, keep_id), notes)


def _features(document: Any) -> list[Any]:
    if not isinstance(document, dict):
        raise Unreadable("not_geojson")
    kind = document.get("type")
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return list(document["features"])
    if kind == "Feature":
        return [document]
    if isinstance(kind, str) and ("coordinates" in document or kind == "GeometryCollection"):
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    raise Unreadable("not_geojson")


def _geojson_crs(document: dict[str, Any]) -> tuple[str | None, str]:
    """The old `crs` member if there is one; without it GeoJSON is WGS 84 by its standard."""
    member = document.get("crs")
    if member is None:
        return "EPSG:4326", "rfc7946"
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        linked = properties.get("href") if isinstance(properties, dict) else None
        raise (
            Unreadable("crs_linked", found=linked[:60])
            if isinstance(linked, str)
            else Unreadable("crs_unnamed")
        )
    if name in _CRS84:
        return "EPSG:4326", "file"
    if match := _EPSG.match(name):
        return f"EPSG:{match[1]}", "file"
    raise Unreadable("crs_unknown", found=name[:60])


def _geojson_rows(
    features: list[Any], names: list[str], keep_id: bool
) -> Iterator[tuple[list[Any], str | None, str | None]]:
    for feature in features:
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            yield [None] * (len(names) + keep_id), None, "not_feature"
            continue
        given = feature.get("properties")
        properties = given if isinstance(given, dict) else {}
        values = [_plain(properties.get(name)) for name in names] + [_plain(feature.get("id"))] * keep_id
        wkb, fault = _geometry(feature.get("geometry"))
        yield values, wkb, fault


def _geometry(geometry: Any) -> tuple[str | None, str | None]:
    """WKB of a GeoJSON geometry, or the code of what is wrong with it."""
    import shapely

    if geometry is None:
        return None, None
    if not isinstance(geometry, dict):
        return None, "geometry_broken"
    fault = _bad_numbers(geometry.get("coordinates", geometry.get("geometries")))
    if fault:
        return None, fault
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.GEOSException, ValueError, RecursionError):
        return None, "geometry_broken"
    return (None, "geometry_broken") if shape is None else (shapely.to_wkb(shape, hex=True), None)


def _bad_numbers(value: Any, depth: int = 0) -> str | None:
    if depth > 8:
        return "geometry_broken"
    if isinstance(value, list):
        if value and all(isinstance(v, int | float) for v in value):
            if len(value) < 2:
                return "geometry_broken"
            return (
                None
                if all(abs(v) < 1e9 for v in value[:2])  # False for NaN as well
                else "coordinates_not_finite"
            )
        return next((fault for v in value if (fault := _bad_numbers(v, depth + 1))), None)
    if isinstance(value, dict):
        return _bad_numbers(value.get("coordinates", value.get("geometries")), depth + 1)
    return "geometry_broken"


def read_csv(path: Path) -> Table:
    """A table with a header; `,`, `;`, tab or `|` between the columns, decimal comma understood."""
    notes: list[tuple[str, dict[str, Any]]] = []
    text = _text(path, notes)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(MAX_VALUE)
    lines = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(lines)]
    except (StopIteration, csv.Error) as error:
        raise Unreadable("table_broken") from error
    if len(header) > MAX_COLUMNS:
        raise Unreadable("too_many_columns", limit=MAX_COLUMNS)
    if len(header) < 2 and not re.search(r"[A-Za-z]", first):
        raise Unreadable("no_header")
    doubled = {name for name in header if header.count(name) > 1 and name}
    if doubled:
        raise Unreadable("column_twice", names=", ".join(sorted(doubled)[:5]))
    if all(re.fullmatch(r"[-+]?[\d.,]+|", name) for name in header):
        raise Unreadable("no_header")
    place = _Place(header)
    return Table(header, place.crs, place.how, _csv_rows(lines, header, delimiter, place), notes)


class _Place:
    """Where a table keeps its geometry: longitude and latitude, x and y, WKT, or nowhere."""

    def __init__(self, header: list[str]) -> None:
        plain = [re.sub(r"[^a-z]", "", name.lower()) for name in header]
        self.lon = next((plain.index(n) for n in LONGITUDE if n in plain), None)
        self.lat = next((plain.index(n) for n in LATITUDE if n in plain), None)
        self.wkt = next((plain.index(n) for n in WKT_NAMES if n in plain), None)
        self.crs: str | None = None
        self.how = "no_geometry"
        if self.lon is not None and self.lat is not None:
            self.crs, self.how = "EPSG:4326", "columns"
        elif "x" in plain and "y" in plain:
            self.lon, self.lat, self.how = plain.index("x"), plain.index("y"), "missing"
        elif self.wkt is not None:
            self.lon, self.lat, self.how = None, None, "missing"
        else:
            self.lon = self.lat = None

    def geometry(self, values: list[Any]) -> tuple[str | None, str | None]:
        """WKB of a row, or the code of what is wrong."""
        import shapely

        if self.lon is not None and self.lat is not None:
            if values[self.lon] in ("", None) or values[self.lat] in ("", None):
                return None, None
            x, y = degrees(values[self.lon]), degrees(values[self.lat])
            if x is None or y is None:
                return None, "coordinates_not_number"
            if not (math.isfinite(x) and math.isfinite(y) and abs(x) < 1e9 and abs(y) < 1e9):
                return None, "coordinates_not_finite"
            return shapely.to_wkb(shapely.Point(x, y), hex=True), None
        if self.wkt is not None:
            try:
                return shapely.to_wkb(shapely.from_wkt(str(values[self.wkt])), hex=True), None
            except (shapely.errors.GEOSException, TypeError, NotImplementedError):  # the last: curves
                return None, "geometry_broken"
        return None, None


def degrees(value: Any) -> float | None:
    """A coordinate written as number (point or comma) or as degrees, minutes, seconds with LS/LU/BT."""
    text = str(value).strip()
    try:
        return float(text.replace(",", "."))
    except ValueError:
        pass
    if match := _DMS.match(text):
        total = int(match[2]) + int(match[3]) / 60 + float(match[4].replace(",", ".")) / 3600
        side = (match[1] or match[5] or "").upper()
        return -total if side in ("LS", "S", "W") else total
    return None


def _csv_rows(
    lines: Iterator[list[str]], header: list[str], delimiter: str, place: _Place
) -> Iterator[tuple[list[Any], str | None, str | None]]:
    comma = delimiter != ","
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            long = "field larger" in str(error)
            yield [None] * len(header), None, "value_too_long" if long else "quotes_broken"
            continue
        if not any(value.strip() for value in line):
            continue
        if len(line) != len(header):
            yield (line + [""] * len(header))[: len(header)], None, "ragged_row"
            continue
        values: list[Any] = [value.strip() or None for value in line]
        wkb, fault = place.geometry(values)
        if comma:
            values = [_point(value) for value in values]
        yield values, wkb, fault


def _point(value: Any) -> Any:
    """1.234,5 and 12,5 with the decimal comma as a number that Python reads."""
    if isinstance(value, str) and re.fullmatch(r"[-+]?(\d{1,3}(\.\d{3})+|\d+),\d+", value):
        return value.replace(".", "").replace(",", ".")
    return value


def read_gdal(path: Path, kind: str) -> Table:
    """GeoPackage or Shapefile through pyogrio, whose other drivers are switched off by GDAL_SKIP."""
    import pyogrio

    try:
        layers = [str(row[0]) for row in pyogrio.list_layers(path) if row[1] is not None]
        if not layers:
            raise Unreadable("zip_no_map")
        if len(layers) > 1:
            raise Unreadable("two_layers", names=", ".join(layers[:5]))
        meta, _fids, shapes, columns = pyogrio.raw.read(path, layer=layers[0], max_features=MAX_ROWS + 1)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        UnicodeDecodeError,
        RuntimeError,
    ) as error:
        raise Unreadable("file_damaged", kind=kind) from error
    names = [str(name) for name in meta["fields"]]
    if len(names) > MAX_COLUMNS:
        raise Unreadable("too_many_columns", limit=MAX_COLUMNS)
    if shapes is None:
        shapes = [None] * (len(columns[0]) if columns else 0)
    crs = meta["crs"]
    unknown = not crs or "undefined" in str(crs).lower() or "unknown" in str(crs).lower()[:40]

    def rows() -> Iterator[tuple[list[Any], str | None, str | None]]:
        for i, shape in enumerate(shapes):
            yield (
                [_plain(column[i]) for column in columns],
                None if shape is None else bytes(shape).hex(),
                None,
            )

    return Table(names, None if unknown else str(crs), "missing" if unknown else "file", rows())


def _plain(value: Any) -> Any:
    """A value that JSON can carry; long texts are cut, numbers that are none are dropped."""
    if hasattr(value, "item") and not isinstance(value, str | bytes):
        value = value.item()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:MAX_VALUE]
    if isinstance(value, dict | list):
        return json.dumps(value)[:MAX_VALUE]
    return str(value)[:MAX_VALUE]


def _text(path: Path, notes: list[tuple[str, dict[str, Any]]]) -> str:
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16").lstrip("\ufeff")
        except UnicodeDecodeError as error:
            raise Unreadable("encoding_unknown") from error
    if (nul := raw.find(0)) >= 0:
        raise Unreadable("nul_byte", line=raw.count(b"\n", 0, nul) + 1)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(raw) - 4:
            raise Unreadable("file_cut_off", line=raw.count(b"\n") + 1, column=0) from error
        notes.append(("encoding_guessed", {"encoding": "Windows-1252"}))
        return raw.decode("cp1252", "replace")
