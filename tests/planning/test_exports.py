"""Exports: every format opens in GDAL, filters narrow, nothing private leaves, no cell is a formula."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_proposals import a_draft
from webgis.planning import proposals
from webgis.planning.access import PUBLIC, Actor
from webgis.planning.errors import BadDocument, NotAllowed, NotFound, SignInNeeded
from webgis.planning.exports import FORMATS, Filters, export, neutral
from webgis.planning.messages import message
from webgis.store.database import Database


def save(db: Database, folder: Path, layer: str, fmt: str, who: Actor = PUBLIC, **filters: Any) -> Path:
    made = export(db, who, layer, fmt, Filters(**filters))
    file = folder / made.filename
    file.write_bytes(b"".join(made.chunks))
    return file


@pytest.mark.parametrize("fmt", sorted(FORMATS))
def test_every_format_opens_and_holds_every_proposal(shared_db: Database, tmp_path: Path, fmt: str) -> None:
    file = save(shared_db, tmp_path, "proposals", fmt)
    total = proposals.list_proposals(shared_db, PUBLIC).total
    if fmt == "csv":
        with file.open(newline="", encoding="utf-8") as stream:
            assert len(list(csv.DictReader(stream))) == total
        return
    source = f"/vsizip/{file}" if fmt == "shp.zip" else str(file)
    layers = [str(row[0]) for row in pyogrio.list_layers(source)]
    counts = [pyogrio.read_info(source, layer=name, force_feature_count=True)["features"] for name in layers]
    assert sum(counts) == total


@pytest.mark.parametrize(
    "layer", ["kelurahan", "rw", "rt", "slum-areas", "assets", "poverty", "roads", "buildings", "waterways"]
)
def test_every_public_layer_streams_geojson(shared_db: Database, layer: str) -> None:
    chunks = list(export(shared_db, PUBLIC, layer, "geojson", Filters()).chunks)
    document = json.loads(b"".join(chunks))
    assert document["type"] == "FeatureCollection"
    assert document["features"]
    assert len(chunks) > len(document["features"]), "it comes in pieces"


def test_filters_narrow(shared_db: Database, tmp_path: Path) -> None:
    all_of = json.loads(save(shared_db, tmp_path, "proposals", "geojson").read_text())["features"]
    here = json.loads(save(shared_db, tmp_path, "proposals", "geojson", kelurahan=KELURAHAN).read_text())[
        "features"
    ]
    drafts = json.loads(save(shared_db, tmp_path, "proposals", "geojson", state="draft").read_text())[
        "features"
    ]
    assert 0 < len(here) < len(all_of)
    assert {item["properties"]["kelurahan"] for item in here} == {KELURAHAN}
    assert {item["properties"]["state"] for item in drafts} == {"draft"}


def test_households_leave_only_with_the_right(shared_db: Database, tmp_path: Path) -> None:
    with pytest.raises(SignInNeeded):
        export(shared_db, PUBLIC, "households", "geojson", Filters(kelurahan=KELURAHAN))
    for role in ("partner", "reviewer", "city"):
        with pytest.raises(NotAllowed):
            export(
                shared_db,
                actor(shared_db, role, "99.01"),
                "households",
                "geojson",
                Filters(kelurahan=KELURAHAN),
            )
    planner = actor(shared_db, "planner")
    with pytest.raises(NotAllowed):
        export(shared_db, planner, "households", "geojson", Filters())
    with pytest.raises(NotAllowed):
        export(shared_db, planner, "households", "geojson", Filters(kelurahan="99.01.01.1002"))
    file = save(shared_db, tmp_path, "households", "geojson", planner, kelurahan=KELURAHAN)
    found = json.loads(file.read_text())["features"]
    assert len(found) > 100
    assert all(item["properties"]["rt"].startswith(KELURAHAN) for item in found)


def test_formulas_stay_text_in_tables(db: Database, tmp_path: Path) -> None:
    proposals.create_proposal(db, actor(db, "planner"), a_draft(db, title="=HYPERLINK(1)"))
    text = save(db, tmp_path, "proposals", "csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK(1)" in text
    assert '"=HYPERLINK(1)"' in save(db, tmp_path, "proposals", "geojson").read_text(), "data formats keep it"


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_every_way_a_formula_can_begin(bad: str) -> None:
    assert neutral(bad) == "'" + bad
    assert neutral(5) == 5


def test_unknown_layers_and_formats_are_named(shared_db: Database) -> None:
    with pytest.raises(NotFound):
        export(shared_db, PUBLIC, "dreams", "geojson", Filters())
    with pytest.raises(BadDocument) as caught:
        export(shared_db, PUBLIC, "roads", "docx", Filters())
    assert "docx" in message(caught.value.code, caught.value.params, "id")
