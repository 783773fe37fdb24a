"""The command `rank`: the ranking of a kelurahan, or of a whole city, as JSON.

It knows nothing about the method; `webgis.planning.ranking.ranking` reads the store and calls gis_core.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from webgis.cli.context import clean_output, owner_database, progress
from webgis.cli.executors import KINDS, mapper
from webgis.cli.operator import operator
from webgis.settings import read


@click.command()
@click.option("--kelurahan", required=True, metavar="CODE", help="Code of the kelurahan, like 99.01.01.1001.")
@click.option("--city", is_flag=True, help="Rank every kelurahan of the city it lies in, in one order.")
@click.option(
    "--executor", "kind", type=click.Choice(KINDS), default="serial", show_default=True,
    help="With --city: one kelurahan after the other, several processes, or a Dask cluster.",
)  # fmt: skip
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; the screen by default.",
)
def rank(kelurahan: str, city: bool, kind: str, output: Path | None) -> None:
    """Rank the open proposals of a kelurahan or a city and keep the runs."""
    if kind != "serial" and not city:
        raise click.UsageError("--executor needs --city: a single kelurahan is one part.")
    made = _city(kelurahan, kind) if city else rank_one(kelurahan)
    text = json.dumps(made, ensure_ascii=False, indent=1, default=str)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")


def rank_one(kelurahan: str) -> dict[str, Any]:
    """One part of a city: a kelurahan ranked and its run kept, with the settings of the process that does it."""
    from webgis.planning.effects.catalogue_changes import in_force
    from webgis.planning.judging.desk import open_desk
    from webgis.planning.ranking.ranking import rank_kelurahan

    settings = read()
    with owner_database(settings) as db, in_force(db):
        return rank_kelurahan(db, open_desk(settings.data_dir), operator(kelurahan), kelurahan)


def _city(code: str, kind: str) -> dict[str, Any]:
    from webgis.planning.ranking.city_ranking import kelurahan_of_city, merge

    with owner_database() as db:
        parts = kelurahan_of_city(db, code)
    runs = []
    with clean_output(), progress("rank") as tell, mapper(kind) as each:
        for run in each(rank_one, parts):
            runs.append(run)
            tell(100 * len(runs) // len(parts), f"{len(runs)}/{len(parts)} kelurahan")
    return merge(runs)
