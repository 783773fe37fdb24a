"""The command about the store as a whole: `migrate`, which makes the login of the web's own as well.

It knows nothing about revisions or tables.
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
    """Bring the database to a revision of the tables, and make the login that WEBGIS_WEB_DATABASE_URL names."""
    from webgis.store import logins
    from webgis.store import migrate as revisions

    settings = read()
    url = settings.database_url
    before = revisions.current(url)
    if revision == "base" or (revision.isdecimal() and before is not None and revision < before):
        revisions.downgrade(url, revision)
    else:
        revisions.upgrade(url, revision)
    after = revisions.current(url)
    if settings.web_database_url is not None and after == revisions.head():
        with owner_database(settings) as db:
            logins.prepare(db, settings.web_database_url)
    click.echo(
        f"database at revision {after}" if before == after else f"database moved from {before} to {after}"
    )
