"""The generator of the sample city makes the same twice; only its cheap parts are run."""

from __future__ import annotations

import hashlib
from pathlib import Path

import shapely

from sample_layers.generator import files, skeleton
from sample_layers.generator.feature import Feature
from sample_layers.generator.terrain import Terrain


def test_bones_and_terrain_come_out_the_same_twice() -> None:
    def digest() -> str:
        bones = skeleton.draw()
        dem, flood = Terrain(bones).grids(bones)
        lines = b"".join(shapely.to_wkb(street.line) for street in bones.streets)
        return hashlib.sha256(dem.tobytes() + flood.tobytes() + lines).hexdigest()

    assert digest() == digest()


def test_the_writer_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    features = [Feature(shapely.Point(10, 20), {"b": 1, "a": "x"}), Feature(None, {"a": None})]
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        files.write_layer(tmp_path / folder, "thing", features)
    first, second = ((tmp_path / f / "thing.geojson.gz").read_bytes() for f in ("one", "two"))
    assert first == second
