"""Flood and height rasters of a city: checked before they judge anything, copied into the data folder, registered.

It knows nothing about works. A raster is refused whole, with everything that is wrong named at once; slope is not
loaded, it follows from heights (gis_core.terrain).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import rasterio  # type: ignore[import-untyped, unused-ignore]
import shapely
from rasterio.crs import CRS  # type: ignore[import-untyped, unused-ignore]
from rasterio.errors import CRSError, RasterioError  # type: ignore[import-untyped, unused-ignore]
from rasterio.io import DatasetReader  # type: ignore[import-untyped, unused-ignore]
from rasterio.windows import Window  # type: ignore[import-untyped, unused-ignore]

from gis_core.cells import CELL_LIMIT
from gis_core.geodesy import crs, reproject
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.fields import today
from webgis.planning.mapping.hazard_areas import draw_areas
from webgis.store import hazards as table
from webgis.store.database import Database

FOLDER: Final = "rasters"
UNITS: Final = {"m": 1.0, "cm": 0.01}
"""Unit of the values -> metres."""
POSSIBLE: Final = {"flood": (0.0, 30.0), "dem": (-100.0, 6_000.0)}
"""Kind -> metres between which its values lie anywhere in Indonesia; beyond them it is another kind or unit."""
EARLIEST: Final = 1980
BLOCK: Final = 1_024
"""Cells along a side of what is read at once."""
MARGIN: Final = 20
"""Cells that are kept around the city: slopes are reckoned from their neighbours."""
NO_GAPS: Final = "none"
DRIVERS: Final = ("GTiff", "AAIGrid", "HFA", "SRTMHGT", "PNG", "JP2OpenJPEG")
"""What is read: files that hold their cells. A VRT or a service behind a harmless name would lead to other files."""


@dataclass(frozen=True)
class Wish:
    """A raster to register: file, kind (flood, dem), where it comes from, of which year, unit of its values.

    threshold: metres of water above which a place counts as flooded (flood only). crs and nodata: what the file does
    not say itself; nodata "none" says that every cell holds a value.
    """

    file: Path
    kind: str
    source: str
    year: int
    unit: str
    threshold: float | None = None
    crs: str | None = None
    nodata: str | None = None


@dataclass(frozen=True)
class Added:
    """What was registered: path in the data folder, EPSG code, cell in metres, kelurahan it reaches and all of them."""

    path: str
    epsg: int
    cell_m: float
    covered: int
    kelurahan: int
    lowest: float
    highest: float


def add_raster(db: Database, data_dir: Path, wish: Wish) -> Added:
    """Check a raster, copy what reaches the city in metres and register it; one of the same kind and name is replaced.

    db: the owner's. Raises BadDocument with every fault.
    """
    problems = _said_wrong(wish)
    if not wish.file.is_file():
        raise BadDocument([*problems, Problem("/file", "raster_no_file", {"file": wish.file.name})])
    try:
        with rasterio.Env(), DatasetReader(str(wish.file), driver=list(DRIVERS)) as dataset:
            return _added(db, data_dir, wish, dataset, problems)
    except RasterioError as error:
        raise BadDocument([Problem("/file", "raster_unreadable", {"file": wish.file.name})]) from error


def list_rasters(db: Database) -> list[dict[str, Any]]:
    """The registered rasters: kind, path, year, threshold, source."""
    with db.transaction() as session:
        return [dict(row) for row in table.select(session)]


def remove_raster(db: Database, data_dir: Path, path: str) -> None:
    """Take a raster out of use; its file goes too. db: the owner's. Raises NotFound."""
    with db.transaction(reason="raster removed") as session:
        if not table.delete(session, path):
            raise NotFound("no_raster", path=path)
    (data_dir / path).unlink(missing_ok=True)


def _added(db: Database, data_dir: Path, wish: Wish, dataset: Any, problems: list[Problem]) -> Added:
    system = _system(wish, dataset, problems)
    missing = _missing(wish, dataset, problems)
    if dataset.transform.b or dataset.transform.d:
        problems.append(Problem("/file", "raster_turned"))
    if system is None or problems:
        raise BadDocument(problems)
    with db.transaction(reason="raster added") as session:
        places = [shapely.from_wkb(bytes(wkb)) for wkb in table.outlines(session)]
    reached = _reached(places, dataset, system, problems)
    if problems:
        raise BadDocument(problems)
    part = _part(dataset, reached)
    low, high = _range(dataset, part, missing, UNITS[wish.unit])
    problems += _impossible(wish.kind, low, high)
    if problems:
        raise BadDocument(problems)
    path = f"{FOLDER}/{wish.kind}-{_plain(wish.file.stem)}.tif"
    _copy(dataset, part, data_dir / path, system, missing, UNITS[wish.unit])
    with db.transaction(reason="raster added") as session:
        table.put(
            session,
            {"kind": wish.kind, "path": path, "unit": "m", "year": wish.year, "threshold": wish.threshold,
             "source": wish.source.strip()},
        )  # fmt: skip
        draw_areas(session, data_dir)
    return Added(path, system, _cell_metres(dataset, system), len(reached), len(places), low, high)


def _said_wrong(wish: Wish) -> list[Problem]:
    found = []
    if not wish.source.strip():
        found.append(Problem("/source", "raster_no_source"))
    if not EARLIEST <= wish.year <= today().year:
        found.append(Problem("/year", "raster_year", {"least": str(EARLIEST), "most": str(today().year)}))
    if wish.kind == "flood" and not (wish.threshold is not None and 0 < wish.threshold <= 5):
        found.append(Problem("/threshold", "raster_threshold"))
    if wish.kind != "flood" and wish.threshold is not None:
        found.append(Problem("/threshold", "raster_threshold_of_heights"))
    return found


def _system(wish: Wish, dataset: Any, problems: list[Problem]) -> int | None:
    """The EPSG code of the raster's system: what the file says, else what was said."""
    if dataset.crs is not None and (code := dataset.crs.to_epsg()) is not None:
        if wish.crs and wish.crs.upper() != f"EPSG:{code}":
            problems.append(Problem("/crs", "raster_other_crs", {"given": wish.crs, "found": f"EPSG:{code}"}))
        return int(code)
    if wish.crs is None:
        problems.append(Problem("/crs", "raster_no_crs"))
        return None
    try:
        code = CRS.from_string(wish.crs).to_epsg()
    except CRSError:
        code = None
    if code is None:
        problems.append(Problem("/crs", "raster_unknown_crs", {"given": wish.crs[:40]}))
    return None if code is None else int(code)


def _missing(wish: Wish, dataset: Any, problems: list[Problem]) -> float | None:
    """The value that means no data; None where every cell holds one."""
    if wish.nodata is not None and wish.nodata != NO_GAPS:
        try:
            return float(wish.nodata)
        except ValueError:
            problems.append(Problem("/nodata", "raster_nodata", {"given": wish.nodata[:40]}))
            return None
    if dataset.nodata is None and wish.nodata is None and dataset.dtypes[0] not in ("float32", "float64"):
        problems.append(Problem("/nodata", "raster_no_nodata"))
    return None if dataset.nodata is None else float(dataset.nodata)


def _reached(places: list[Any], dataset: Any, system: int, problems: list[Problem]) -> list[Any]:
    """The kelurahan that the raster reaches, in its system; faults where there is none, or too many cells in one."""
    frame = shapely.box(*_bounds(dataset))
    moved = [reproject(place, crs(4326), crs(system)) for place in places]
    reached = [place for place in moved if frame.intersects(place)]
    if not reached:
        west, south, east, north = reproject(frame, crs(system), crs(4326)).bounds
        where = f"{west:.3f}, {south:.3f}, {east:.3f}, {north:.3f}"
        problems.append(Problem("/file", "raster_elsewhere", {"where": where, "crs": f"EPSG:{system}"}))
        return []
    wide, high = abs(dataset.transform.a), abs(dataset.transform.e)
    most = max((place.bounds[2] - place.bounds[0]) * (place.bounds[3] - place.bounds[1]) for place in reached)
    if most / (wide * high) > CELL_LIMIT:
        problems.append(Problem("/file", "raster_too_fine", {"most": CELL_LIMIT}))
    return reached


def _bounds(dataset: Any) -> tuple[float, float, float, float]:
    """West, south, east, north, also of a raster whose first row lies in the south."""
    left, bottom, right, top = dataset.bounds
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _part(dataset: Any, reached: list[Any]) -> Window:
    """The cells around the city: a raster of the whole country is read there only."""
    corners = [
        ~dataset.transform * corner
        for corner in shapely.get_coordinates(shapely.box(*shapely.total_bounds(reached)))
    ]
    columns, rows = zip(*corners, strict=True)
    left, top = (max(math.floor(min(side)) - MARGIN, 0) for side in (columns, rows))
    right = min(math.ceil(max(columns)) + MARGIN, dataset.width)
    bottom = min(math.ceil(max(rows)) + MARGIN, dataset.height)
    return Window(left, top, right - left, bottom - top)


def _blocks(part: Window) -> Iterator[Window]:
    """A window of a raster in squares that fit into memory."""
    for top in range(part.row_off, part.row_off + part.height, BLOCK):
        for left in range(part.col_off, part.col_off + part.width, BLOCK):
            wide = min(BLOCK, part.col_off + part.width - left)
            yield Window(left, top, wide, min(BLOCK, part.row_off + part.height - top))


def _range(dataset: Any, part: Window, missing: float | None, scale: float) -> tuple[float, float]:
    """Lowest and highest value in metres, block by block; NaN where no cell holds one."""
    low, high = math.inf, -math.inf
    for window in _blocks(part):
        values = _values(dataset, window, missing, scale)
        values = values[np.isfinite(values)]
        if len(values):
            low, high = min(low, float(values.min())), max(high, float(values.max()))
    return (low, high) if low <= high else (math.nan, math.nan)


def _values(dataset: Any, window: Any, missing: float | None, scale: float) -> Any:
    read = dataset.read(1, window=window, masked=True).astype(np.float64).filled(np.nan)
    return np.where(read == missing, np.nan, read) * scale if missing is not None else read * scale


def _impossible(kind: str, low: float, high: float) -> list[Problem]:
    if math.isnan(low):
        return [Problem("/file", "raster_empty")]
    least, most = POSSIBLE[kind]
    if low >= least and high <= most:
        return []
    params = {"low": round(low, 2), "high": round(high, 2), "least": least, "most": most}
    return [Problem("/file", "raster_values", params)]


def _cell_metres(dataset: Any, system: int) -> float:
    """The height of a cell in metres."""
    high = abs(dataset.transform.e)
    return float(high if crs(system).is_projected else high * 111_195.0)


def _copy(
    dataset: Any, part: Window, target: Path, system: int, missing: float | None, scale: float
) -> None:  # fmt: skip
    """A part of the first band in metres with NaN for gaps, under its name only once it is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.draft")
    profile = {
        "driver": "GTiff", "height": part.height, "width": part.width, "count": 1, "dtype": "float32",
        "crs": CRS.from_epsg(system), "transform": dataset.window_transform(part), "nodata": math.nan, "tiled": True,
        "blockxsize": 256, "blockysize": 256, "compress": "deflate", "predictor": 3,
    }  # fmt: skip
    try:
        with rasterio.open(draft, "w", **profile) as copy:
            for block in _blocks(part):
                values = _values(dataset, block, missing, scale).astype(np.float32)
                place = Window(
                    block.col_off - part.col_off, block.row_off - part.row_off, block.width, block.height
                )
                copy.write(values, 1, window=place)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _plain(name: str) -> str:
    """A file's name as one that is harmless everywhere."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "raster"
