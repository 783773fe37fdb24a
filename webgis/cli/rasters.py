"""The commands `raster add`, `list` and `remove`: flood and height maps of a real city.

It knows nothing about what is checked. What is wrong is told fault by fault, and nothing is then changed.
"""

from __future__ import annotations

from pathlib import Path

import click

from webgis.cli.context import owner_database
from webgis.settings import read


@click.group()
def raster() -> None:
    """Flood and height rasters that works are judged by."""


@raster.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--kind", required=True, type=click.Choice(["flood", "dem"]),
    help="flood: depth of water; dem: height of the ground, from which slopes follow.",
)  # fmt: skip
@click.option("--source", required=True, help="Whose data it is, as it is named beside every score.")
@click.option("--year", required=True, type=int, help="Of which year it is.")
@click.option("--unit", required=True, type=click.Choice(["m", "cm"]), help="What its values are in.")
@click.option(
    "--threshold", type=float, help="Metres of water above which a place counts as flooded (flood)."
)
@click.option("--crs", metavar="EPSG:n", help="Coordinate system, where the file names none.")
@click.option(
    "--nodata",
    metavar="VALUE",
    help='What means "no data", where the file does not say it; none: no cell does.',
)
def add(
    file: Path, kind: str, source: str, year: int, unit: str, threshold: float | None, crs: str | None,
    nodata: str | None,
) -> int:  # fmt: skip
    """Check FILE (GeoTIFF or another raster that GDAL reads), copy it into the data folder and use it."""
    from webgis.planning.errors import BadDocument
    from webgis.planning.mapping.rasters import Wish, add_raster
    from webgis.planning.sentences.messages import message

    settings = read()
    wish = Wish(file, kind, source, year, unit, threshold, crs, nodata)
    with owner_database(settings) as db:
        try:
            done = add_raster(db, settings.data_dir, wish)
        except BadDocument as error:
            for fault in error.problems:
                click.echo(f"{file.name}: {message(fault.code, fault.params, 'en')} [{fault.code}]", err=True)
            return 3
    click.echo(
        f"{done.path}: EPSG:{done.epsg}, cells of {done.cell_m:.2f} m, values {done.lowest:.2f} to "
        f"{done.highest:.2f} m, reaches {done.covered} of {done.kelurahan} kelurahan"
    )
    return 0


@raster.command("list")
def list_all() -> None:
    """The rasters that are in use."""
    from webgis.planning.mapping.rasters import list_rasters

    with owner_database() as db:
        for row in list_rasters(db):
            limit = "" if row["threshold"] is None else f", above {row['threshold']:g} m"
            click.echo(f"{row['kind']}  {row['path']}  {row['year'] or '-'}  {row['source']}{limit}")


@raster.command("remove")
@click.argument("path")
def remove(path: str) -> None:
    """Take the raster of PATH (as `list` names it) out of use and delete its copy."""
    from webgis.planning.mapping.rasters import remove_raster

    settings = read()
    with owner_database(settings) as db:
        remove_raster(db, settings.data_dir, path)
    click.echo(f"{path}: no longer in use")
