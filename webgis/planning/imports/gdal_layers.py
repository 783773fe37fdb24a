"""GeoPackage and Shapefile through GDAL, which sees nothing else.

It knows nothing about layers of the application.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from webgis.planning.imports.content import Unreadable
from webgis.planning.imports.tables import MAX_COLUMNS, MAX_ROWS, Row, Table, plain


def read_gdal(path: Path, kind: str) -> Table:
    """The one layer with shapes, by pyogrio, whose other drivers GDAL_SKIP switches off. Raises Unreadable."""
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

    def rows() -> Iterator[Row]:
        for i, shape in enumerate(shapes):
            yield (
                [plain(column[i]) for column in columns],
                None if shape is None else bytes(shape).hex(),
                None,
            )

    return Table(names, None if unknown else str(crs), "missing" if unknown else "file", rows())
