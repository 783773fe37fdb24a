"""The command `sealing change`: another key for the sealed histories of a store.

It knows nothing about seals.
"""

from __future__ import annotations

import click

from webgis.cli.context import owner_database


@click.group("sealing")
def sealing() -> None:
    """The key that seals the histories of poor households."""


@sealing.command("change")
def change() -> None:
    """Seal everything with a new key. Stop the application first; run it again if it was cut off."""
    from webgis.planning.keeping.sealing import change_sealing_key

    with owner_database() as db:
        done = change_sealing_key(db)
    click.echo(f"{done.histories} histories sealed with the new key")
    if done.kept:
        click.echo(
            f"the old key is in {done.kept.name}: backups made before need it; delete it with the last of them"
        )
    else:
        click.echo(
            "now put WEBGIS_NEW_SEALING_KEY in the place of WEBGIS_SEALING_KEY and start the application"
        )
