"""The command `export`: a layer into a file.

It knows nothing about formats. The file appears under its name only when it is whole.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from webgis.cli.context import owner_database
from webgis.cli.operator import operator


@click.command("export")
@click.argument("layer")
@click.option(
    "--format", "fmt", required=True, help="geojson, gpkg, shp.zip, kml, csv, xlsx or parquet (GeoParquet)."
)
@click.option("--kelurahan", default=None, metavar="CODE", help="Only this kelurahan, kecamatan or kota.")
@click.option("--state", default=None, help="Only proposals in this state.")
@click.option(
    "--updated-since", "since", default=None, type=click.DateTime(), help="Only what changed since (UTC)."
)
@click.option(
    "--reason", default="", help="What poor households are taken along for; logged, and in each row."
)
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def export_layer(
    layer: str,
    fmt: str,
    kelurahan: str | None,
    state: str | None,
    since: dt.datetime | None,
    reason: str,
    output: Path,
) -> None:
    """Export LAYER into a file."""
    from webgis.planning.giving.exports import Filters, export
    from webgis.planning.regions import cities

    draft = output.with_name(f".{output.name}.part")
    filters = Filters(kelurahan, state=state, updated_since=since and since.replace(tzinfo=dt.UTC))
    with owner_database() as db:
        places = [kelurahan] if kelurahan else [city.code for city in cities(db)]
        made = export(db, operator(*places), layer, fmt, filters, reason)
        with draft.open("wb") as file:
            file.writelines(made.chunks)
    draft.replace(output)
    click.echo(f"{output} written")
