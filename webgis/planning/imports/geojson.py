"""GeoJSON, read by Python itself, so that faults can be named by line.

It knows nothing about layers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from webgis.planning.imports.content import Unreadable
from webgis.planning.imports.tables import MAX_COLUMNS, Notes, Row, Table, plain, text_of

_CRS84 = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84")
_EPSG = re.compile(
    r"^(?:urn:ogc:def:crs:EPSG:[\d.]*:|EPSG:|https?://www\.opengis\.net/def/crs/EPSG/\d+/)(\d{4,6})$", re.I
)


def read_geojson(path: Path) -> Table:
    """A FeatureCollection, a Feature or a bare geometry. Raises Unreadable."""
    notes: Notes = []
    text = text_of(path, notes)
    try:
        document = json.loads(text, object_pairs_hook=_members)
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


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A member that is named twice could be read either way (RFC 8259, section 4)."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise Unreadable("json_member_twice", name=next(name for name in names if names.count(name) > 1)[:40])
    return found


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


def _geojson_rows(features: list[Any], names: list[str], keep_id: bool) -> Iterator[Row]:
    for feature in features:
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            yield [None] * (len(names) + keep_id), None, "not_feature"
            continue
        given = feature.get("properties")
        properties = given if isinstance(given, dict) else {}
        values = [plain(properties.get(name)) for name in names] + [plain(feature.get("id"))] * keep_id
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
