"""By which reference points and which program a number was computed: digests that a stored run names.

It knows nothing about what is computed. A run that names the same digests, data versions, weights and seed gives the
same bytes (method 4.5); where they differ it says which of the two has changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from webgis.planning.catalogues.catalogue import FOLDER
from webgis.settings import ROOT

_CODE = ("gis_core", "webgis/planning", "webgis/store")


@lru_cache(maxsize=1)
def catalogue_hash() -> str:
    """SHA-256 of the catalogue: criteria, reference points, types of work, gates and rules of the plan."""
    return _digest(FOLDER.glob("*.toml"))


@lru_cache(maxsize=1)
def program_hash() -> str:
    """SHA-256 of the code that scores, ranks and plans."""
    return _digest(path for folder in _CODE for path in (ROOT / folder).rglob("*.py"))


def _digest(files: Iterable[Path]) -> str:
    """Names and contents of files, in the order of their names."""
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
