"""`backup` and `restore`: a whole installation as one file.

It knows nothing about what is in the file. Both are run by an operator with the owner's rights.
"""

from __future__ import annotations

from pathlib import Path

import click

from webgis.cli.context import owner_database, progress
from webgis.settings import read

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> int:
    """Write database, photos, papers, rasters and settings without secrets into FILE, while people go on working."""
    from webgis.planning.keeping import backups

    settings = read()
    with owner_database(settings) as db, progress("backup") as tell:
        made = backups.back_up(db, settings, file, tell)
    for path in made.damaged:
        click.echo(f"{path}: missing or damaged, not in the backup", err=True)
    click.echo(f"{file}: {made.rows} rows of {made.tables} tables, {made.files} files")
    click.echo("keep WEBGIS_SEALING_KEY and WEBGIS_SECRET_KEY elsewhere: they are not in it", err=True)
    return 1 if made.damaged else 0


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Also where something was written before; all of it goes.")
@click.option("--upgrade", is_flag=True, help="Also from an older major version of PostgreSQL.")
def restore(file: Path, replace: bool, upgrade: bool) -> None:
    """Put the backup FILE in the place of what there is: all of it, checked, or nothing."""
    from webgis.planning.keeping import backups
    from webgis.planning.sentences.messages import message

    settings = read()
    with owner_database(settings) as db, progress("restore") as tell:
        done = backups.restore(db, settings, file, tell, replace=replace, upgrade=upgrade)
    for remark in done.remarks:
        click.echo(message(remark, {}, "en"), err=True)
    for path in done.damaged:
        click.echo(f"{path}: was missing or damaged when the backup was made", err=True)
    click.echo(
        f"restored {done.rows} rows of {done.tables} tables, {done.files} files; now run: webgis check"
    )
