"""Has a file read by a process of its own and takes the rows over.

It knows nothing about formats. The child gets a bare environment, an empty folder and a time limit; what it
writes is plain JSON, so that nothing it says can run here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from webgis.planning.imports.child import DRIVERS_OFF, TOO_MUCH
from webgis.planning.imports.content import Unreadable
from webgis.settings import ROOT

TIMEOUT_S: Final = 180


@dataclass
class Rows:
    """A file as it was read, or a part of it: columns, CRS as found and how, values, geometries and faults by row.

    total: rows of the whole file.
    """

    columns: list[str]
    crs: str | None
    how: str
    notes: list[tuple[str, dict[str, Any]]]
    values: list[list[Any]]
    shapes: NDArray[np.object_]
    faults: list[str | None]
    total: int

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        place = self.columns.index(name)
        return [row[place] for row in self.values]


def read(path: Path, most: int | None = None) -> Iterator[Rows]:
    """Read a file, in parts of at most so many rows, one at least. Raises Unreadable, which says how to mend it."""
    if not path.is_file():
        raise Unreadable("file_missing", name=path.name)
    with tempfile.TemporaryDirectory(prefix="webgis-import-") as folder:
        out = Path(folder) / "rows.jsonl"
        command = [sys.executable, "-m", "webgis.planning.imports.child", str(path.resolve()), str(out)]
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env=_environment(folder),
                timeout=TIMEOUT_S,
                capture_output=True,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable("reading_too_long") from error
        if done.returncode == TOO_MUCH:
            raise Unreadable("reading_too_much")
        if done.returncode not in (0, 4):
            slow = -done.returncode in (9, 24)
            raise Unreadable("reading_too_long" if slow else "reading_failed")
        yield from _take(out, most)


def _environment(folder: str) -> dict[str, str]:
    return {
        "PATH": os.defpath, "PYTHONPATH": str(ROOT), "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8",
        "GDAL_SKIP": DRIVERS_OFF, "OGR_SKIP": DRIVERS_OFF, "OPENBLAS_NUM_THREADS": "1", "GDAL_HTTP_TIMEOUT": "1",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


def _take(out: Path, most: int | None) -> Iterator[Rows]:
    with out.open("rb") as lines:
        total = sum(1 for _ in lines) - 1
    with out.open(encoding="utf-8") as lines:
        head = json.loads(next(lines))
        if "error" in head:
            raise Unreadable(head["error"], **head["params"])
        notes = [(code, params) for code, params in head["notes"]]
        for at in range(0, max(total, 1), most or max(total, 1)):
            read = [json.loads(line) for line in islice(lines, most)]
            if read and isinstance(read[-1], dict):
                raise Unreadable(read[-1]["error"], **read[-1]["params"])
            shapes, faults = _shapes([row[1] for row in read], [row[2] for row in read])
            yield Rows(
                head["columns"], head["crs"], head["how"], [] if at else notes, [row[0] for row in read], shapes,
                faults, total,
            )  # fmt: skip


def _shapes(
    hexes: list[str | None], faults: list[str | None]
) -> tuple[NDArray[np.object_], list[str | None]]:
    """Geometries of WKB in hexadecimal; a row whose WKB is broken gets that as its fault."""
    shapes = np.empty(len(hexes), dtype=object)
    shapes[:] = shapely.from_wkb(hexes, on_invalid="ignore") if hexes else []
    for i, (text, shape) in enumerate(zip(hexes, shapes, strict=True)):
        if text is not None and shape is None:
            faults[i] = faults[i] or "geometry_broken"
    return shapes, faults
