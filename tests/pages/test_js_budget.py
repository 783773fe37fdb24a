"""First load of the map pages stays within the budget of interface.md section 11.

It knows nothing about the scripts; it adds up what the bundler says each entry loads at once.
A drawing tool that slips into the first load is seen here, not on somebody's slow telephone.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
MOST_BYTES = {
    "public.js": 60_000,
    "workspace.js": 60_000,
    "review.js": 60_000,
    "overview.js": 60_000,
    "site.js": 5_000,
    "app.css": 25_000,
    "beside.css": 2_500,
    "print.css": 1_000,
}
MOST_BESIDE = 10_000
"""The worker that draws the map: fetched beside the first load, wanted before the first square is seen."""


@pytest.fixture(scope="module")
def outputs() -> dict[str, Any]:
    """The bundler's outputs by path; missing ones fail in CI and skip elsewhere."""
    if not (DIST / "meta.json").exists():
        if os.environ.get("CI"):
            pytest.fail("static/dist is missing: npm run build")
        pytest.skip("static/dist is missing: npm run build")
    found: dict[str, Any] = json.loads((DIST / "meta.json").read_text())["outputs"]
    return found


def eager_files(outputs: dict[str, Any], entry: str) -> set[str]:
    """Names of all files that the entry loads before it runs."""
    waiting = [path for path in outputs if Path(path).name == entry]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        waiting += [one["path"] for one in outputs[path]["imports"] if one["kind"] == "import-statement"]
    return {Path(path).name for path in found}


@pytest.mark.parametrize("name", sorted(MOST_BYTES))
def test_first_load_stays_within_its_budget(outputs: dict[str, Any], name: str) -> None:
    """Gzipped size of an entry with all chunks it imports at once."""
    manifest = json.loads((DIST / "manifest.json").read_text())
    files = eager_files(outputs, manifest[name])
    total = sum(len(gzip.compress((DIST / file).read_bytes(), 9)) for file in files)
    assert total <= MOST_BYTES[name], f"{name}: {total} bytes in {sorted(files)}"


def test_what_draws_beside_the_page_is_small_and_not_in_the_first_load(outputs: dict[str, Any]) -> None:
    """Decoding and drawing weigh nothing on the page itself, and little beside it (decision 62)."""
    (worker,) = DIST.glob("tile-worker-*.js")
    assert len(gzip.compress(worker.read_bytes(), 9)) <= MOST_BESIDE
    manifest = json.loads((DIST / "manifest.json").read_text())
    for entry in ("public.js", "workspace.js", "review.js", "overview.js"):
        files = eager_files(outputs, manifest[entry])
        inside = {
            source for path, one in outputs.items() if Path(path).name in files for source in one["inputs"]
        }
        assert not [source for source in inside if source.endswith(("map/painters.ts", "map/tile-decode.ts"))]


def test_editor_is_not_part_of_the_first_load(outputs: dict[str, Any]) -> None:
    """Drawing, undo and saving come when a tool is first wanted."""
    manifest = json.loads((DIST / "manifest.json").read_text())
    files = eager_files(outputs, manifest["workspace.js"])
    inside = {source for path, one in outputs.items() if Path(path).name in files for source in one["inputs"]}
    assert not [source for source in inside if source.endswith("editor/editor.ts")]
