"""A workbook of a few tables, as people take them to a meeting.

It knows nothing about what stands in them. Texts never become formulas; whole numbers and fractions have their formats.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple

from webgis.planning.giving.export_tables import write_cell

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Sheet(NamedTuple):
    """A table with its title and headings."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def write_sheets(*sheets: Sheet) -> bytes:
    """The XLSX file."""
    from xlsxwriter import Workbook

    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        for sheet in sheets:
            _write(book, sheet)
    return target.getvalue()


def _write(book: Any, given: Sheet) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    quoted, whole = book.add_format({"quote_prefix": True}), book.add_format({"num_format": "#,##0"})
    decimal = book.add_format({"num_format": "0.0"})
    sheet = book.add_worksheet(given.title)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(given.headings) - 1, 15)
    for column, heading in enumerate(given.headings):
        sheet.write_string(0, column, heading, bold)
    for at, row in enumerate(given.rows, 1):
        for column, value in enumerate(row):
            style = whole if isinstance(value, int) else decimal if isinstance(value, float) else None
            write_cell(sheet, at, column, value, quoted, style)
