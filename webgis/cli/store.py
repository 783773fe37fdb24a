"""Commands about the store as a whole: `migrate` and `check`.

It knows nothing about revisions or tables. `check` is what one runs after a crash or a restore.
"""

from __future__ import annotations

import click

from webgis.cli.context import owner_database
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


@click.command()
def check() -> int:
    """Verify the store: reachable, migrated, geometries valid, every fact with its revision, nothing orphaned."""
    from webgis.store import checks
    from webgis.store import migrate as revisions

    url = read().database_url
    current, head = revisions.current(url), revisions.head()
    faults = (
        [] if current == head else [f"migrations: database at {current}, code at {head}; run webgis migrate"]
    )
    if not faults:
        with owner_database() as db:
            faults = checks.faults(db)
    for fault in faults:
        click.echo(fault)
    click.echo(f"{len(faults)} faults found" if faults else "store is sound")
    return 1 if faults else 0
