"""The command `export`: a layer into a file.

It knows nothing about formats. The file appears under its name only when it is whole.
"""

from __future__ import annotations

from pathlib import Path

import click

from webgis.cli.context import owner_database
from webgis.cli.operator import operator


@click.command("export")
@click.argument("layer")
@click.option("--format", "fmt", required=True, help="geojson, gpkg, shp.zip, kml or csv.")
@click.option("--kelurahan", default=None, metavar="CODE")
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def export_layer(layer: str, fmt: str, kelurahan: str | None, output: Path) -> None:
    """Export LAYER into a file."""
    from webgis.planning.exports import Filters, export

    draft = output.with_name(f".{output.name}.part")
    with owner_database() as db:
        made = export(db, operator(kelurahan or ""), layer, fmt, Filters(kelurahan=kelurahan))
        with draft.open("wb") as file:
            file.writelines(made.chunks)
    draft.replace(output)
    click.echo(f"{output} written")
