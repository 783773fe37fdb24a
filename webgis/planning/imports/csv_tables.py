"""Tables as text with their place in columns: longitude and latitude, x and y, or WKT.

It knows nothing about layers. Decimal comma and degrees with LS, LU and BT are understood.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from webgis.planning.imports.content import Unreadable
from webgis.planning.imports.tables import MAX_COLUMNS, MAX_VALUE, Notes, Row, Table, text_of

LONGITUDE: Final = ("lon", "lng", "long", "longitude", "bujur", "koordinatbujur")
LATITUDE: Final = ("lat", "latitude", "lintang", "koordinatlintang")
WKT_NAMES: Final = ("wkt", "geom", "geometry", "thegeom")
_DMS = re.compile(
    r"^\s*(?:(LS|LU|BT|S|N|E|W)\s*)?(\d{1,3})\s*[°d:\s]\s*(\d{1,2})\s*['′m:\s]\s*"
    r"(\d{1,2}(?:[.,]\d+)?)\s*[\"″s]?\s*(LS|LU|BT|S|N|E|W)?\s*$",
    re.I,
)


def read_csv(path: Path) -> Table:
    """A table with a header; `,`, `;`, tab or `|` between the columns, decimal comma understood. Raises Unreadable."""
    notes: Notes = []
    text = text_of(path, notes)
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


def _csv_rows(lines: Iterator[list[str]], header: list[str], delimiter: str, place: _Place) -> Iterator[Row]:
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
