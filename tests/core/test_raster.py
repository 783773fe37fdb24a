"""Rasters along works: exact cutting, coverage, nodata and systems.

It knows nothing about hazards. Grids are made here; expected figures are worked by hand; property 30 of
the method's section 6 (a constant raster gives the constant).
"""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiPoint, Point, box
from shapely.affinity import translate

from gis_core.cells import cells_under
from gis_core.errors import BadInput, CrsMismatch
from gis_core.geodesy import Projector
from gis_core.raster import Grid, clipped, exposure, mean_along

UTM = 32749
ORIGIN = (353_000.0, 9_239_000.0)
# Rows run south from the origin; cells of 10 m, values by hand.
DEPTH = np.array([[0.0, 1.0, 2.0, 3.0], [0.2, 0.4, 0.6, 0.8], [np.nan, np.nan, np.nan, 5.0]])


def grid(array=DEPTH, nodata=None, cell=10.0, epsg=UTM, origin=ORIGIN):
    transform = Affine(cell, 0, origin[0], 0, -cell, origin[1])
    return Grid(np.asarray(array), transform, nodata, epsg)


def place(shape):
    """A shape given in metres from the upper left corner, y upwards."""
    return translate(shape, *ORIGIN)


def along(shape, raster=None, threshold=0.5):
    return exposure(place(shape), UTM, raster or grid(), threshold)


def test_a_line_is_cut_exactly_at_cell_borders():
    # 7 m in the dry cell, 10 and 10 in wet ones, 3 in the last.
    line = LineString([(3, -5), (33, -5)])
    assert along(line) == pytest.approx(23 / 30)
    assert mean_along(place(line), UTM, grid()) == pytest.approx((0 * 7 + 10 + 20 + 3 * 3) / 30)


def test_a_slanting_line_meets_every_cell_it_crosses():
    cells = cells_under(LineString([(0, 0), (40, -20)]), grid(origin=(0, 0)).transform, (3, 4))
    assert (cells.top, cells.left) == (0, 0)
    assert cells.weight * 4 / np.hypot(40, 20) == pytest.approx(np.array([[1, 1, 0, 0], [0, 0, 1, 1]]))
    assert cells.total == pytest.approx(np.hypot(40, 20))


def test_polygons_weigh_cells_by_coverage():
    shape = box(5, -15, 20, 0)  # half of column 0, all of column 1; row 0 whole, row 1 half
    covered = np.array([0.5, 1.0, 0.25, 0.5])
    values = np.array([0.0, 1.0, 0.2, 0.4])
    assert mean_along(place(shape), UTM, grid()) == pytest.approx((covered * values).sum() / covered.sum())
    assert along(shape) == pytest.approx(1 / 2.25)


def test_a_polygon_inside_one_cell_takes_that_cell():
    assert mean_along(place(box(12, -4, 13, -3)), UTM, grid()) == 1.0


def test_points_take_their_cell():
    assert along(Point(15, -5)) == 1 and along(Point(5, -5)) == 0
    assert along(MultiPoint([(15, -5), (5, -5), (25, -5), (25, -15)])) == 0.75


def test_the_threshold_itself_is_dry():
    assert along(Point(15, -5), threshold=1.0) == 0


@pytest.mark.parametrize("nodata", [None, -9999.0])
def test_nodata_is_neither_dry_nor_wet(nodata):
    raster = grid(DEPTH if nodata is None else np.nan_to_num(DEPTH, nan=nodata), nodata)
    # Three cells without data, one with 5: a quarter is not enough to speak.
    assert along(LineString([(0, -25), (40, -25)]), raster) is None
    # Half is: 10 m of data, 10 m without.
    assert along(LineString([(20, -25), (40, -25)]), raster) == 1
    assert along(Point(5, -25), raster) is None


def test_what_lies_beyond_the_raster_is_unknown():
    assert along(LineString([(30, -5), (45, -5)])) == 1
    assert along(LineString([(30, -5), (55, -5)])) is None
    assert along(box(900, 900, 910, 910)) is None and along(Point(-1, -5)) is None
    assert along(box(35, -10, 45, 0)) == 1 and along(box(36, -10, 46, 0)) is None


def test_the_geometry_moves_to_the_system_of_the_raster():
    line = place(LineString([(3, -5), (33, -5)]))
    lonlat = Projector(UTM).to_lonlat(line)
    assert exposure(lonlat, 4326, grid(), 0.5) == pytest.approx(23 / 30, abs=1e-6)


def test_a_raster_in_degrees_weighs_lines_by_metres():
    array = np.array([[1.0, 0.0], [0.0, 0.0]])
    raster = grid(array, cell=0.01, epsg=4326, origin=(100, 60.01))
    # 0.01 degree east in the wet cell, 0.01 south in a dry one; at 60 degrees north east is half as long.
    line = LineString([(100.0, 60.005), (100.01, 60.005), (100.01, 59.995)])
    assert exposure(line, 4326, raster, 0.5) == pytest.approx(1 / 3, abs=1e-3)


def test_files_paths_and_memory_agree(tmp_path):
    path = tmp_path / "depth map.tif"
    array = np.nan_to_num(DEPTH, nan=-1).astype("float32")
    profile = {"driver": "GTiff", "width": 4, "height": 3, "count": 1, "dtype": "float32", "nodata": -1}
    with rasterio.open(path, "w", crs=f"EPSG:{UTM}", transform=grid().transform, **profile) as out:
        out.write(array, 1)
    shapes = [LineString([(3, -5), (33, -17)]), box(5, -22, 31, -2), Point(15, -15), box(900, 0, 901, 1)]
    with rasterio.open(path) as dataset:
        for shape in shapes:
            in_memory = mean_along(place(shape), UTM, grid(array, -1))
            assert mean_along(place(shape), UTM, path) == in_memory
            assert mean_along(place(shape), UTM, str(path)) == in_memory
            assert mean_along(place(shape), UTM, dataset) == in_memory
        assert not dataset.closed


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_raster_without_a_system_is_refused(tmp_path):
    path = tmp_path / "nowhere.tif"
    with rasterio.open(path, "w", driver="GTiff", width=1, height=1, count=1, dtype="uint8") as out:
        out.write(np.zeros((1, 1, 1), dtype="uint8"))
    with pytest.raises(CrsMismatch, match="coordinate reference system"):
        exposure(place(Point(1, -1)), UTM, path, 0.5)


@pytest.mark.parametrize(
    "shape", [Point(), LineString([(1, 1), (1, 1)]), GeometryCollection([Point(1, 1), box(0, 0, 1, 1)])]
)
def test_what_cannot_be_scored_is_refused(shape):
    with pytest.raises(BadInput):
        exposure(shape, UTM, grid(), 0.5)


def test_a_geometry_over_too_many_cells_is_refused_instead_of_filling_the_memory():
    tiny = grid(np.zeros((5000, 5000), dtype="uint8"), cell=0.01)
    with pytest.raises(BadInput, match="too many cells"):
        along(box(0, -50, 50, 0), tiny)
    with pytest.raises(BadInput, match="too many cells"):
        along(LineString([(0, 0), (1e9, 0)]), tiny)


COORDINATE = st.tuples(st.floats(0.5, 79.5), st.floats(-79.5, -0.5))
SHAPES = st.one_of(
    st.lists(COORDINATE, min_size=2, max_size=5, unique=True)
    .map(LineString)
    .filter(lambda s: s.length > 0.1),
    COORDINATE.map(Point),
    st.tuples(COORDINATE, st.floats(1, 60)).map(
        lambda p: Point(p[0]).buffer(p[1], 3).intersection(box(0, -80, 80, 0))
    ),
)
# Square cells, oblong cells, and cells turned by 30 degrees; 40 x 40 of each cover the shapes.
TRANSFORMS = st.sampled_from(
    [Affine(10, 0, 0, 0, -10, 0), Affine(4, 0, 0, 0, -7, 0), Affine(5.2, 3, -60, 3, -5.2, 10)]
)


@given(SHAPES, st.floats(-1e4, 1e4), TRANSFORMS)
def test_a_constant_raster_gives_back_its_constant(shape, constant, transform):
    there = Affine.translation(*ORIGIN) @ transform
    raster = Grid(np.full((40, 40), constant), there, None, UTM)
    assert mean_along(place(shape), UTM, raster) == constant
    assert along(shape, raster, constant) == 0 and along(shape, raster, constant - 1) == 1


@given(SHAPES, TRANSFORMS)
def test_the_cells_add_up_to_the_geometry(shape, transform):
    cells = cells_under(shape, transform, (40, 40))
    scale = abs(transform.determinant) if shape.area else 1.0
    whole = shape.area or shape.length or 1.0
    assert cells.weight.sum() * scale == pytest.approx(whole, rel=1e-9)
    assert cells.total * scale == pytest.approx(whole, rel=1e-9)


def test_a_clipped_raster_says_what_the_file_says(tmp_path):
    path = tmp_path / "flood.tif"
    values = np.arange(600, dtype=np.float64).reshape(20, 30)
    values[3, 4] = -9999
    options = {"driver": "GTiff", "height": 20, "width": 30, "count": 1, "dtype": "float64", "nodata": -9999}
    with rasterio.open(
        path, "w", crs="EPSG:32748", transform=Affine(10, 0, 7e5, 0, -10, 9.3e6), **options
    ) as out:
        out.write(values, 1)
    work = LineString([(700_050, 9_299_920), (700_150, 9_299_880)])
    grid = clipped(path, work, 32748, 30)
    assert grid is not None and grid.array.size < values.size
    assert mean_along(work, 32748, grid) == mean_along(work, 32748, path)
    whole = clipped(path, work, 32748, 10_000)
    assert whole is not None and np.array_equal(np.isnan(whole.array), values == -9999)
    assert clipped(path, LineString([(0, 0), (9, 9)]), 32748, 10) is None


RINGS = st.tuples(COORDINATE, st.floats(2, 60), st.floats(0.1, 0.9)).map(
    lambda p: Point(p[0]).buffer(p[1], 3).difference(Point(p[0]).buffer(p[1] * p[2], 2))
)


@given(st.one_of(RINGS, st.tuples(RINGS, RINGS).map(lambda pair: pair[0].union(pair[1]))))
def test_coverage_is_the_area_that_each_cell_shares_with_the_polygon(shape):
    """Holes, several parts and what lies beyond the raster; beside the cutting of every single cell."""
    cells = cells_under(shape, Affine(10, 0, 0, 0, -10, 0), (8, 6))
    found = np.zeros((8, 6))
    rows, columns = cells.weight.shape
    found[cells.top : cells.top + rows, cells.left : cells.left + columns] = cells.weight
    wanted = [
        [shape.intersection(box(10 * c, -10 * r - 10, 10 * c + 10, -10 * r)).area / 100 for c in range(6)]
        for r in range(8)
    ]
    assert found == pytest.approx(np.array(wanted), abs=1e-9)
