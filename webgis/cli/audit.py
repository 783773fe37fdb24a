"""Commands about trust: `check`, and `audit head`, the mark by which a rewritten past is found out.

It knows nothing about hashes. `check` is what one runs after a crash, a restore, or a doubt.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from webgis.cli.context import owner_database
from webgis.settings import read


@click.command()
@click.option(
    "--heads",
    type=click.Path(path_type=Path),
    default=None,
    help="File of heads kept elsewhere; by default audit-heads.jsonl of the data folder, if it is there.",
)
def check(heads: Path | None) -> int:
    """Verify the store, the chain of revisions and the settings; 0 if all is sound, else 1."""
    from webgis.planning.keeping import audit
    from webgis.store import migrate as revisions

    settings = read()
    current, head = revisions.current(settings.database_url), revisions.head()
    faults = (
        [] if current == head else [f"migrations: database at {current}, code at {head}; run webgis migrate"]
    )
    if not faults:
        with owner_database(settings) as db:
            faults = audit.faults(db, settings, heads)
    for fault in faults:
        click.echo(fault)
    click.echo(f"{len(faults)} faults found" if faults else "store is sound, the chain of revisions is whole")
    return 1 if faults else 0


@click.group("audit")
def audit_commands() -> None:
    """The chain of revisions."""


@audit_commands.command("head")
@click.option(
    "-o", "output", type=click.Path(path_type=Path), default=None, help="Add the head to this file."
)
def head(output: Path | None) -> None:
    """Print the head of each chain as one line of JSON, to be kept where the database's owner cannot change it."""
    from webgis.planning.keeping import audit

    with owner_database() as db:
        found = audit.keep_heads(db, output) if output else audit.current_heads(db)
    click.echo(json.dumps(found))
