"""Bad inputs of the paper on reliability, section 6, numbers 1 to 75: what a reader makes of each file.

The reader runs here and not in a process of its own, which costs a second each; `test_import_bad_files` shows that one
whole file goes the whole way.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
import shapely

from tests.planning.bad_files import CSV, HEAD, features, geopackage, linked, shapefile, spoilt, zipped
from tests.planning.import_files import bring, inside
from webgis.planning.imports import child
from webgis.planning.imports.content import MAX_ENTRIES, Unreadable
from webgis.planning.imports.words import WORDS
from webgis.store.database import Database

POINT = shapely.to_wkb(shapely.Point(107.7, -5.6))


def read(folder: Path, content: bytes) -> tuple[str, list[Any], list[str]]:
    """What became of a file: the code it is refused with, or ""; rows as read; codes of notes."""
    file, scratch = folder / "in.bin", folder / "scratch"
    file.write_bytes(content)
    scratch.mkdir()
    try:
        table = child.read(file, scratch)
        return "", list(table.rows), [code for code, _ in table.notes]
    except Unreadable as refused:
        return refused.code, [], []


REFUSED = {
    "24 a member twice": (features('{"kind": "mck", "kind": "drain"}'), "json_member_twice"),
    "26 2,000 columns": (
        features(json.dumps({f"c{n}": 1 for n in range(2000)})),
        "too_many_columns",
    ),
    "37 gzip": (b"\x1f\x8b" + bytes(20), "format_unsupported"),
    "38 many entries": (zipped(**{f"a{n}__txt": b"" for n in range(MAX_ENTRIES + 1)}), "zip_too_many"),
    "40 a link": (linked(), "zip_link"),
    "41 no map": (zipped(readme__md=b"x"), "zip_no_map"),
    "42 two layers": (zipped(a__csv=CSV, b__csv=CSV), "two_layers"),
    "45 cut off": (zipped(a__csv=CSV)[:-30], "zip_broken"),
    "45 a wrong sum": (spoilt(zipped(a__csv=CSV * 50)), "zip_broken"),
    "46 RAR": (b"Rar!\x1a\x07", "format_unsupported"),
    "47 entity bomb": (
        b'<!DOCTYPE k [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><kml>&b;</kml>',
        "format_unsupported",
    ),
    "48 outer file": (b'<!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/passwd">]><k>&a;</k>', "format_unsupported"),
    "49 outer DTD": (b'<!DOCTYPE k SYSTEM "http://127.0.0.1:9/a.dtd"><k/>', "format_unsupported"),
    "50 NetworkLink": (b"<kml><NetworkLink><href>http://127.0.0.1:9/</href></NetworkLink></kml>", "format_unsupported"),
    "51 schemaLocation": (b'<gml schemaLocation="http://127.0.0.1:9/a.xsd"/>', "format_unsupported"),
    "60 a column twice": (b"kind,kind,lon,lat\nmck,a,107.7,-5.6\n", "column_twice"),
    "60 no header": (b"107.7,-5.6\n107.8,-5.7\n", "no_header"),
    "64 XLSX": (zipped(**{"[Content_Types]__xml": b"<x/>", "xl/workbook__xml": b"<x/>"}), "format_unsupported"),
    "71 SQLite": (b"SQLite format 3\x00" + bytes(100), "not_geopackage"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    content, code = REFUSED[name]
    assert read(tmp_path, content)[0] == code
    assert set(WORDS[code]) == {"id", "en"}


TAKEN = {
    "4 UTF-16": ((HEAD + "]}").encode("utf-16"), 0, []),
    "4 BOM": (b"\xef\xbb\xbf" + features("{}"), 1, []),
    "5 Latin-1": (features('{"name": "Café"}').decode().encode("latin-1"), 1, ["encoding_guessed"]),
    "43 what macOS leaves": (zipped(**{"a__csv": CSV, "__MACOSX/___a__csv": b"\x00"}), 1, []),
    "56 decimal commas": (b"kind;lon;lat\nmck;107,7;-5,6\n", 1, []),
    "57 degrees": ("kind,lon,lat\nmck,107°42'00\"BT,5°36'00\"LS\n".encode(), 1, []),
    "58 Windows-1252": (b"kind,lon,lat,name\nmck,107.7,-5.6,Caf\xe9\n", 1, ["encoding_guessed"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_understood_as_people_write(tmp_path: Path, name: str) -> None:
    content, count, notes = TAKEN[name]
    code, rows, found = read(tmp_path, content)
    assert (code, len(rows), found) == ("", count, notes)
    for values, wkb, fault in rows:
        assert fault is None
        assert wkb and shapely.from_wkb(wkb).equals_exact(shapely.Point(107.7, -5.6), 1e-9), values
    assert "Caf" not in str(rows) or "Café" in str(rows)


def test_a_table_that_ends_inside_a_letter_is_cut_off(tmp_path: Path) -> None:
    assert read(tmp_path, "kind,lon,lat,name\nmck,107.7,-5.6,Café".encode()[:-1])[0] == "file_cut_off"


FAULTS = {
    "15 five deep": (b'{"type": "GeometryCollection", "geometries": ' * 9 + b"[]" + b"}" * 9, "geometry_broken"),
    "20 one point": (b'{"type": "LineString", "coordinates": [[107.7, -5.6]]}', "geometry_broken"),
    "30 five numbers": (b'{"type": "Point", "coordinates": [107.7, -5.6, 1, 2, 3]}', "geometry_broken"),
    "59 too few": (b"kind,lon,lat\nmck,107.7\n", "ragged_row"),
    "59 too many": (b"kind,lon,lat\nmck,107.7,-5.6,9,9\n", "ragged_row"),
    "65 a field of 2 MB": (b"kind,lon,lat,name\nmck,107.7,-5.6," + b"x" * 2_000_000 + b"\n", "value_too_long"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_only_the_row_is_refused(tmp_path: Path, name: str) -> None:
    content, code = FAULTS[name]
    assert [fault for _, _, fault in read(tmp_path, content)[1]] == [code]


def test_archives_with_a_name_twice_or_from_the_root(tmp_path: Path) -> None:
    for name, code in (("a.csv", "two_layers"), ("/etc/a.csv", "zip_path")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, CSV)
            if name == "a.csv":
                with pytest.warns(UserWarning, match="Duplicate"):
                    archive.writestr(name, CSV)
        folder = tmp_path / code
        folder.mkdir()
        assert read(folder, out.getvalue())[0] == code


def test_maps_in_binary_formats(tmp_path: Path) -> None:
    """Numbers 66 to 75: what can be read is read, what cannot is named, nothing in a file runs."""
    made = shapefile(tmp_path)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name.rpartition(".")[2]: archive.read(name) for name in archive.namelist()}
    lying = bytearray(parts["shx"])
    lying[24:28] = struct.pack(">I", 5000)
    boastful = bytearray(parts["dbf"])
    boastful[4:8] = struct.pack("<I", 5000)
    capitals = {f"Data/MADE__{suffix.upper()}": content for suffix, content in parts.items()}
    hostile = 'x"; drop table region; --'
    for name, content, wanted in (
        (
            "66 trigger",
            geopackage(tmp_path, "p", "create trigger t after insert on p begin delete from p; end"),
            1,
        ),
        ("66 view", geopackage(tmp_path, "p", "create view v as select * from p"), 1),
        ("68 hostile name", geopackage(tmp_path, hostile), 1),
        ("69 broken blob", geopackage(tmp_path).replace(POINT, b"\xff" * len(POINT)), "file_damaged"),
        ("70 cut off", geopackage(tmp_path)[:6000], "file_damaged"),
        ("72 no .prj", shapefile(tmp_path, prj=None), 1),
        ("72 no .shx", shapefile(tmp_path, shx=None), "shape_incomplete"),
        ("72 no .dbf", shapefile(tmp_path, dbf=None), "shape_incomplete"),
        ("73 broken .prj", shapefile(tmp_path, prj=b'GEOGCS["rusak'), "file_damaged"),
        ("74 .shx that lies", shapefile(tmp_path, shx=bytes(lying)), "file_damaged"),
        ("74 .dbf that lies", shapefile(tmp_path, dbf=bytes(boastful)), 1),
        ("75 capitals, folders", zipped(**capitals), 1),
    ):
        folder = tmp_path / name.replace(" ", "-")
        folder.mkdir()
        code, rows, _ = read(folder, content)
        assert (code or len(rows)) == wanted, name


def test_rows_that_can_be_stored_but_not_as_they_are(owner_db: Database, tmp_path: Path) -> None:
    """Numbers 12, 16 to 18, 21 to 23, 25, 27 to 29 and 33 in one file: each row is told by its number."""
    x, y = inside(owner_db, "99.01.01.1001")
    here = {"type": "Point", "coordinates": [x, y]}

    def area(*corners: tuple[float, float]) -> dict[str, Any]:
        return {"type": "Polygon", "coordinates": [[[x + a * 1e-4, y + b * 1e-4] for a, b in corners]]}

    rows: list[tuple[dict[str, Any] | None, dict[str, Any], set[str]]] = [
        ({"type": "Point", "coordinates": [0, 0]}, {}, {"outside_known_area"}),
        (None, {}, {"geometry_missing"}),
        ({"type": "Point", "coordinates": []}, {}, {"geometry_empty"}),
        ({"type": "LineString", "coordinates": [[179.9, y], [-179.9, y]]}, {"kind": "drain"}, {"geometry_across_180"}),
        (area((0, 0), (1, 1), (1, 0), (0, 1), (0, 0)), {"kind": "green_space"}, {"geometry_repaired"}),
        (here, {"id": "kembar"}, set()),
        (here, {"id": "kembar"}, {"duplicate_id"}),
        (here, {"name": "x" * 200_000}, {"value_cut"}),
        (here, {"name": "a\0b"}, {"characters_unreadable"}),
        (here, {"name": "a\u202eb\u200b"}, {"characters_dropped"}),
        (here, {"name": "a\ud800"}, {"characters_unreadable"}),
        (here, {"name": [1, {"__proto__": 1}], "__proto__": {"x": 1}}, set()),
    ]  # fmt: skip
    found = [
        {"type": "Feature", "geometry": shape, "properties": {"kind": "mck", **said}}
        for shape, said, _ in rows
    ]
    file = tmp_path / "rows.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": found}))
    report = bring(owner_db, file, "assets", dry_run=True)
    told: dict[int, set[str]] = {n + 1: set() for n in range(len(rows))}
    for problem in report["problems"]:
        if problem["row"]:
            told[problem["row"]].add(problem["code"])
    assert told == {n + 1: wanted for n, (_, _, wanted) in enumerate(rows)}
