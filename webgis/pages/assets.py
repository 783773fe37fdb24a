"""Where the built scripts, styles and icons are: plain name to the hashed name of the last build.

It knows nothing about how they are built; static/build.mjs writes the manifest.
The manifest is read again when its file changes, so a new build shows without a restart.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

MANIFEST = Path(__file__).resolve().parents[2] / "static" / "dist" / "manifest.json"


def asset(name: str) -> str:
    """URL of a built file by its plain name; without a build, the plain name."""
    try:
        changed = MANIFEST.stat().st_mtime_ns
    except FileNotFoundError:
        return f"/static/{name}"
    return f"/static/{_names(changed).get(name, name)}"


@lru_cache(maxsize=2)
def _names(_changed: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(MANIFEST.read_text("utf-8"))
    return names
