"""A flood or height raster of a city: what is refused, and what judges works once it is registered."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_proposals import a_draft
from webgis.planning import regions
from webgis.planning.effects.preview import preview
from webgis.planning.errors import BadDocument, NotFound
from webgis.planning.judging.desk import open_desk
from webgis.planning.mapping.rasters import Wish, add_raster, list_rasters, remove_raster
from webgis.settings import database_url
from webgis.store.database import Database


@pytest.fixture
def city(new_database: Any) -> Iterator[Database]:
    """The sample city as its operator has it, without rasters of its own."""
    from sqlalchemy import text

    db = Database(database_url(new_database("sample")), owner=True, pool_size=1)
    with db.transaction() as session:
        session.execute(text("delete from hazard"))
    yield db
    db.dispose()


def a_raster(db: Database, file: Path, value: float = 1.0, **profile: Any) -> Path:
    """A raster of 40 x 40 cells over the kelurahan and beyond, all of one value but a corner without data."""
    west, south, east, north = regions.region(db, KELURAHAN).bounds or (0, 0, 0, 0)
    cell = max(east - west, north - south) / 36
    high, wide = profile.get("height", 40), profile.get("width", 40)
    values = np.full((high, wide), value, dtype=profile.pop("dtype", "float32"))
    values[0, 0] = -9999
    given = {
        "driver": "GTiff", "height": 40, "width": 40, "count": 1, "dtype": values.dtype, "crs": "EPSG:4326",
        "transform": from_origin(west - 2 * cell, north + 2 * cell, cell, cell), "nodata": -9999,
    } | profile  # fmt: skip
    with rasterio.open(file, "w", **given) as made:
        made.write(values, 1)
    return file


def wish(file: Path, **said: Any) -> Wish:
    return Wish(
        **{"file": file, "kind": "flood", "source": "BPBD", "year": 2025, "unit": "m", "threshold": 0.3}
        | said
    )


def test_a_raster_judges_works_as_soon_as_it_is_registered(city: Database, tmp_path: Path) -> None:
    file = a_raster(city, tmp_path / "Banjir 2025.tif", 80.0)
    done = add_raster(city, tmp_path / "data", wish(file, unit="cm"))
    assert (done.path, done.epsg, done.lowest, done.highest) == (
        "rasters/flood-banjir-2025.tif",
        4326,
        0.8,
        0.8,
    )
    assert 1 <= done.covered <= done.kelurahan
    file.unlink()
    with rasterio.open(tmp_path / "data" / done.path) as copy:
        assert (
            math.isnan(copy.nodata)
            and math.isnan(copy.read(1)[0, 0])
            and copy.read(1)[5, 5] == pytest.approx(0.8)
        )
    planner = actor(city, "planner")
    told = preview(city, open_desk(tmp_path / "data"), planner, a_draft(city))
    assert told["hazard"]["flood_share"] == 1.0
    [row] = list_rasters(city)
    assert (row["kind"], row["year"], row["threshold"], row["source"]) == ("flood", 2025, 0.3, "BPBD")
    add_raster(city, tmp_path / "data", wish(a_raster(city, file, 0.1)))
    assert len(list_rasters(city)) == 1, "the same name again replaces it"
    told = preview(city, open_desk(tmp_path / "data"), planner, a_draft(city))
    assert told["hazard"]["flood_share"] == 0.0
    remove_raster(city, tmp_path / "data", done.path)
    assert list_rasters(city) == [] and not (tmp_path / "data" / done.path).exists()
    with pytest.raises(NotFound):
        remove_raster(city, tmp_path / "data", done.path)


@pytest.mark.parametrize(
    ("raster", "said", "codes"),
    [
        ({"crs": None}, {}, {"raster_no_crs"}),
        ({"crs": None}, {"crs": "EPSG:999999"}, {"raster_unknown_crs"}),
        ({}, {"crs": "EPSG:32748"}, {"raster_other_crs"}),
        ({"nodata": None, "dtype": "int16"}, {}, {"raster_no_nodata"}),
        ({"nodata": None}, {}, {"raster_values"}),
        ({}, {"nodata": "kosong"}, {"raster_nodata"}),
        ({"transform": from_origin(100.0, 1.0, 0.001, 0.001)}, {}, {"raster_elsewhere"}),
        ({"transform": rasterio.Affine(0.1, 0.02, 107.0, 0.02, -0.1, -5.0)}, {}, {"raster_turned"}),
        ({"value": 400.0}, {}, {"raster_values"}),
        ({"value": -9999.0}, {}, {"raster_empty"}),
        ({}, {"threshold": None, "year": 2999, "source": " "}, {"raster_threshold", "raster_year", "raster_no_source"}),
        ({}, {"kind": "dem"}, {"raster_threshold_of_heights"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_changed(
    city: Database, tmp_path: Path, raster: dict[str, Any], said: dict[str, Any], codes: set[str]
) -> None:
    file = a_raster(city, tmp_path / "banjir.tif", **raster)
    with pytest.raises(BadDocument) as refused:
        add_raster(city, tmp_path / "data", wish(file, **said))
    assert {fault.code for fault in refused.value.problems} == codes
    assert list_rasters(city) == [] and not (tmp_path / "data").exists()


def test_of_a_raster_of_the_whole_country_the_city_is_kept(city: Database, tmp_path: Path) -> None:
    file, cell = tmp_path / "indonesia.tif", 0.0002
    with rasterio.open(
        file, "w", driver="GTiff", height=100_000, width=230_000, count=1, dtype="uint8", crs="EPSG:4326", nodata=255,
        transform=from_origin(95.0, 6.0, cell, cell), tiled=True, compress="deflate", sparse_ok=True, bigtiff="yes",
    ) as country:  # fmt: skip
        here = rasterio.windows.Window((107.68 - 95.0) / cell, (6.0 + 5.58) / cell, 300, 300).round()
        country.write(np.ones((300, 300), dtype="uint8"), 1, window=here)
    done = add_raster(city, tmp_path / "data", wish(file))
    with rasterio.open(tmp_path / "data" / done.path) as copy:
        assert copy.width < 500 and copy.height < 500
        west, south, east, north = copy.bounds
        assert west < 107.69 and east > 107.71 and south < -5.605 and north > -5.595
    told = preview(city, open_desk(tmp_path / "data"), actor(city, "planner"), a_draft(city))
    assert told["hazard"]["flood_share"] == 1.0


def test_a_raster_whose_first_row_lies_south_stays_where_it_is(city: Database, tmp_path: Path) -> None:
    up = rasterio.Affine(0.0005, 0, 107.68, 0, 0.0005, -5.62)
    done = add_raster(
        city,
        tmp_path / "data",
        wish(a_raster(city, tmp_path / "banjir.tif", transform=up, height=80, width=80)),
    )
    with rasterio.open(tmp_path / "data" / done.path) as copy:
        assert float(next(copy.sample([(107.7, -5.6)]))[0]) == pytest.approx(1.0)
        assert done.covered == done.kelurahan


def test_a_file_that_is_no_raster_is_refused(city: Database, tmp_path: Path) -> None:
    text, other = tmp_path / "catatan.tif", tmp_path / "rahasia.tif"
    text.write_text("bukan raster")
    leads = tmp_path / "tautan.tif"
    band = f"<SimpleSource><SourceFilename>{a_raster(city, other)}</SourceFilename></SimpleSource>"
    leads.write_text(
        '<VRTDataset rasterXSize="40" rasterYSize="40"><SRS>EPSG:4326</SRS>'
        "<GeoTransform>107.68, 0.001, 0, -5.58, 0, -0.001</GeoTransform>"
        f'<VRTRasterBand dataType="Float32" band="1">{band}</VRTRasterBand></VRTDataset>'
    )
    for file, code in (
        (text, "raster_unreadable"), (leads, "raster_unreadable"), (tmp_path / "tidak-ada.tif", "raster_no_file"),
    ):  # fmt: skip
        with pytest.raises(BadDocument) as refused:
            add_raster(city, tmp_path / "data", wish(file))
        assert refused.value.code == code
