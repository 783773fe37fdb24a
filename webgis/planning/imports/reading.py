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
from dataclasses import dataclass
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
    """A file as it was read: columns, CRS as found and how, rows of values, geometries and faults by row."""

    columns: list[str]
    crs: str | None
    how: str
    notes: list[tuple[str, dict[str, Any]]]
    values: list[list[Any]]
    shapes: NDArray[np.object_]
    faults: list[str | None]

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        place = self.columns.index(name)
        return [row[place] for row in self.values]


def read(path: Path) -> Rows:
    """Read a file. Raises Unreadable with what is wrong and how to mend it."""
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
        return _take(out)


def _environment(folder: str) -> dict[str, str]:
    return {
        "PATH": os.defpath, "PYTHONPATH": str(ROOT), "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8",
        "GDAL_SKIP": DRIVERS_OFF, "OGR_SKIP": DRIVERS_OFF, "OPENBLAS_NUM_THREADS": "1", "GDAL_HTTP_TIMEOUT": "1",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


def _take(out: Path) -> Rows:
    values, hexes, faults = [], [], []
    with out.open(encoding="utf-8") as lines:
        head = json.loads(next(lines))
        for line in lines:
            row = json.loads(line)
            if isinstance(row, dict):
                raise Unreadable(row["error"], **row["params"])
            values.append(row[0])
            hexes.append(row[1])
            faults.append(row[2])
    if "error" in head:
        raise Unreadable(head["error"], **head["params"])
    shapes = np.empty(len(hexes), dtype=object)
    shapes[:] = shapely.from_wkb(hexes, on_invalid="ignore") if hexes else []
    for i, (text, shape) in enumerate(zip(hexes, shapes, strict=True)):
        if text is not None and shape is None:
            faults[i] = faults[i] or "geometry_broken"
    notes = [(code, params) for code, params in head["notes"]]
    return Rows(head["columns"], head["crs"], head["how"], notes, values, shapes, faults)
