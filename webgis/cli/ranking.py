"""The command `rank`: the ranking of a kelurahan as JSON.

It knows nothing about the method; `webgis.planning.ranking` reads the store and calls gis_core.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from webgis.cli.context import owner_database
from webgis.cli.operator import operator
from webgis.settings import read


@click.command()
@click.option("--kelurahan", required=True, metavar="CODE", help="Code of the kelurahan, like 99.01.01.1001.")
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; the screen by default.",
)
def rank(kelurahan: str, output: Path | None) -> None:
    """Rank the open proposals of a kelurahan and keep the run."""
    from webgis.planning.ranking import open_desk, rank_kelurahan

    settings = read()
    with owner_database(settings) as db:
        run = rank_kelurahan(db, open_desk(settings.data_dir), operator(kelurahan), kelurahan)
    text = json.dumps(run, ensure_ascii=False, indent=1, default=str)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")
