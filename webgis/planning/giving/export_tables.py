"""Layers as tables for offices: CSV and XLSX. No cell of them can become a formula.

It knows nothing about rights or the store. Both have the columns of the layer under their own names and the geometry
as `wkt`; XLSX has a point of it as `lon` and `lat` before, since Excel knows no shapes.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import shapely

from webgis.planning.giving.export_rows import Rows

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_FORMULA: Final = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
_INNER: Final = re.compile(r"([;\t\r\n]\s*)(?=[=+\-@＝＋－＠])")
XLSX_ROWS: Final = 1_048_576
"""Rows of a sheet; a longer layer goes on in the next one."""
XLSX_CELL: Final = 32_767
"""Characters of a cell; a longer text is cut, a longer WKT left out."""


def neutral(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula, wherever it believes that cells begin.

    A spreadsheet set to `;` (as in Indonesia) parts the cells of a CSV with commas at the `;` in its texts.
    """
    if not isinstance(value, str):
        return value
    safe = _INNER.sub(r"\1'", value)
    return "'" + safe if _FORMULA.search(safe) else safe


def csv_lines(rows: Rows) -> Iterator[bytes]:
    """CSV in UTF-8, batch by batch."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*(column.name for column in rows.columns), "wkt"])
    for batch in rows.batches(None):
        for *values, wkb in batch:
            writer.writerow([*(neutral(value) for value in values), _wkt(wkb)])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


def _wkt(wkb: bytes | None) -> str | None:
    return None if wkb is None else str(shapely.to_wkt(shapely.from_wkb(bytes(wkb)), rounding_precision=7))


def xlsx(rows: Rows, layer: str, folder: Path) -> Path:
    """An XLSX workbook in a folder. Rows are written as they come; texts are texts whatever they begin with."""
    from xlsxwriter import Workbook

    path = folder / "out.xlsx"
    with Workbook(path, {"constant_memory": True, "tmpdir": str(folder)}) as book:
        heading, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        names = [*(column.name for column in rows.columns), "lon", "lat", "wkt"]
        sheet, at = None, XLSX_ROWS
        for batch in rows.batches(None):
            for row in batch:
                if at >= XLSX_ROWS:
                    number = len(book.worksheets()) + 1
                    sheet, at = _sheet(book, layer if number == 1 else f"{layer} {number}", names, heading), 1
                _line(sheet, at, row, quoted)
                at += 1
        if sheet is None:
            _sheet(book, layer, names, heading)
    return path


def _sheet(book: Any, title: str, names: list[str], heading: Any) -> Worksheet:
    sheet: Worksheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(names) - 1, 14)
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, heading)
    return sheet


def _line(sheet: Any, at: int, row: Any, quoted: Any) -> None:
    *values, wkb = row
    wkt = _wkt(wkb)
    lon, lat = _middle(wkb)
    cells = [*values, lon, lat, wkt if wkt is not None and len(wkt) <= XLSX_CELL else None]
    for place, value in enumerate(cells):
        write_cell(sheet, at, place, value, quoted)


def write_cell(sheet: Any, row: int, column: int, value: Any, quoted: Any, style: Any = None) -> None:
    """Put a value into a cell of a sheet as what it is; quoted: the format that keeps a text from being a formula."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        # The quote prefix keeps a text a text even when somebody edits the cell.
        sheet.write_string(row, column, value[:XLSX_CELL], quoted if _FORMULA.search(value) else style)
    elif value is not None and math.isfinite(value):
        sheet.write_number(row, column, value, style)


def _middle(wkb: bytes | None) -> tuple[float | None, float | None]:
    """Longitude and latitude of a point on the geometry, in degrees to seven digits."""
    if wkb is None:
        return None, None
    point = shapely.point_on_surface(shapely.from_wkb(bytes(wkb)))
    return round(point.x, 7), round(point.y, 7)
