"""Files that a killed process left lying: uploads that no job names, and folders in which files were read or written.

It knows nothing about what is in them, which may be families. A process that ends takes its own away; these are those
of one that was killed (kill -9, no more power).
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from webgis.store import jobs
from webgis.store.database import Database

DAY_S: Final = 86_400
"""Younger ones may be in use: a file is written before its job is."""
SCRATCH: Final = "webgis-*"
"""How folders of imports and exports are called."""


def sweep(db: Database, uploads: Path, scratch: Path | None = None) -> int:
    """Take away what was left lying for a day; how many files and folders. scratch: the system's folder for such."""
    with db.transaction() as session:
        wanted = {Path(file).name for file in jobs.files_under_way(session)}
    old = [one for one in _old(uploads, "*") if one.name not in wanted]
    old += _old(scratch or Path(tempfile.gettempdir()), SCRATCH)
    for one in old:
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)
    return len(old)


def _old(folder: Path, names: str) -> Iterator[Path]:
    before = time.time() - DAY_S
    return (one for one in folder.glob(names) if one.lstat().st_mtime < before)
