"""The command `import`: a file into a layer, with a report on every row.

It knows nothing about files or rules. Exit code 0 if something was (or with --dry-run would be) imported, 3 if
nothing was; the report then says why.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from webgis.cli.context import owner_database, progress

SHOWN = 20


def _pairs(_context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """field=value words as a dictionary."""
    for word in given:
        if "=" not in word:
            raise click.BadParameter(f"{word!r} must be written name=value", param=parameter)
    return {a.strip(): b.strip() for a, _, b in (word.partition("=") for word in given)}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--layer", required=True, help="kelurahan, rw, rt, slum-areas, assets, proposals, households, roads, …"
)
@click.option("--crs", default=None, metavar="EPSG:n", help="Coordinate system, where the file names none.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    callback=_pairs,
    metavar="FIELD=COLUMN",
    help="Which column is a field.",
)
@click.option(
    "--set", "values", multiple=True, callback=_pairs, metavar="FIELD=VALUE", help="One value for all rows."
)
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@click.option(
    "--report", "report_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the report here."
)
@click.option("--lang", type=click.Choice(["en", "id"]), default="en", show_default=True)
def import_file(
    file: Path, layer: str, crs: str | None, columns: dict[str, str], values: dict[str, str], dry_run: bool,
    report_file: Path | None, lang: str,
) -> int:  # fmt: skip
    """Import FILE into a layer: GeoJSON, GeoPackage, zipped Shapefile or CSV."""
    from webgis.planning.imports.importing import Wish, import_file

    with owner_database() as db, progress("import") as tell:
        report = import_file(db, None, Wish(file, layer, crs, columns, values, dry_run), tell)
    document = report.document(lang)
    if report_file is not None:
        report_file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _print(document)
    return 0 if report.accepted else 3


def _print(document: dict[str, Any]) -> None:
    for problem in document["problems"][:SHOWN]:
        where = "file" if problem["row"] is None else f"row {problem['row']}"
        click.echo(f"{where}: {problem['message']} [{problem['code']}]")
    if (more := len(document["problems"]) - SHOWN) > 0:
        click.echo(f"... and {more} more (see --report)")
    counts = ", ".join(f"{document[n]} {n}" for n in ("accepted", "repaired", "refused", "doubtful"))
    click.echo(
        f"{document['file']}: {document['rows']} rows, {counts}"
        + (" (dry run)" if document["dry_run"] else "")
    )
