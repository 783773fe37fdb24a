"""What the browser loads before anything is drawn: gzipped kilobytes of each entry with its eager chunks.

It knows nothing about the code. Sizes are of the files that the build made; target: 60 kB of script, 25 kB of style.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tests.bench.figures import table
from tools.checkout import ROOT

DIST = ROOT / "static" / "dist"


def run() -> None:
    """Print sizes by entry."""
    outputs = json.loads((DIST / "meta.json").read_text())["outputs"]
    rows = []
    for name, output in sorted(outputs.items()):
        if output.get("entryPoint") and "chunk-" not in name:
            files = _eager(name, outputs)
            size = sum(len(gzip.compress((ROOT / file).read_bytes(), 9)) for file in files) / 1000
            target = "25" if name.endswith(".css") else "60"
            rows.append((Path(output["entryPoint"]).name, len(files), size, target))
    for worker in DIST.glob("tile-worker-*.js"):
        size = len(gzip.compress(worker.read_bytes(), 9)) / 1000
        rows.append(("tile-worker.ts (beside the map pages)", 1, size, "10"))
    table("First load", ("entry", "files", "kB gzipped", "target kB"), rows)


def _eager(name: str, outputs: dict[str, dict[str, list[dict[str, str]]]]) -> set[str]:
    """A file and all that it imports at once."""
    found, todo = set(), [name]
    while todo:
        file = todo.pop()
        if file not in found:
            found.add(file)
            todo += [
                item["path"]
                for item in outputs[file].get("imports", [])
                if item["kind"] == "import-statement"
            ]
    return found
