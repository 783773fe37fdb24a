"""The command about the store as a whole: `migrate`.

It knows nothing about revisions or tables.
"""

from __future__ import annotations

import click

from webgis.settings import read


@click.command()
@click.option(
    "--to", "revision", default="head", show_default=True, help="Revision to go to; a lower one goes down."
)
def migrate(revision: str) -> None:
    """Bring the database to a revision of the tables."""
    from webgis.store import migrate as revisions

    url = read().database_url
    before = revisions.current(url)
    if revision == "base" or (revision.isdecimal() and before is not None and revision < before):
        revisions.downgrade(url, revision)
    else:
        revisions.upgrade(url, revision)
    after = revisions.current(url)
    click.echo(
        f"database at revision {after}" if before == after else f"database moved from {before} to {after}"
    )
