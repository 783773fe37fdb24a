"""Commands about personal data: `personal export|delete|retain`, and `households log`, who saw poor households.

It knows nothing about rules. They are for the operator who answers a request; who sent it is for the operator to make
sure of.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from pathlib import Path

import click

from webgis.cli.context import owner_database
from webgis.cli.operator import operator
from webgis.settings import read


@click.group()
def personal() -> None:
    """What is kept of a person: a copy, erasure, and an end to keeping."""


@click.group()
def households() -> None:
    """Poor households."""


ACCOUNT = click.option("--account", metavar="EMAIL", default=None, help="Of an account, by its address.")
HOUSEHOLD = click.option("--household", metavar="ID", default=None, help="Of a poor household, by its id.")


@personal.command("export")
@ACCOUNT
@HOUSEHOLD
@click.option("-o", "output", type=click.Path(path_type=Path), default=None, help="File; else the screen.")
def export_person(account: str | None, household: str | None, output: Path | None) -> None:
    """Write all that is kept of an account or a household as JSON."""
    from webgis.planning.keeping import personal as rules

    _one(account, household)
    with owner_database() as db:
        found = rules.export_account(db, account) if account else rules.export_household(db, household or "")
    words = json.dumps(found, default=str, ensure_ascii=False, indent=1)
    if output:
        output.write_text(words + "\n", encoding="utf-8")
    else:
        click.echo(words)


@personal.command("delete")
@ACCOUNT
@HOUSEHOLD
@click.option("--name", default=None, help="Of somebody without an account, as it was given.")
@click.option("--kelurahan", metavar="CODE", default=None, help="With --name: where.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def delete_person(
    account: str | None, household: str | None, name: str | None, kelurahan: str | None, yes: bool
) -> None:
    """Erase the person of an account, a household with all its history, or a name. Nothing brings it back."""
    from webgis.planning.keeping import personal as rules

    _one(account, household, name)
    if (name is None) != (kelurahan is None):
        raise click.UsageError("--name and --kelurahan belong together")
    if not yes:
        click.confirm(f"Erase {account or household or name} for good?", abort=True, err=True)
    with owner_database() as db:
        if account:
            rules.erase_account(db, account)
        elif household:
            rules.erase_household(db, household)
        elif not rules.erase_name(db, name or "", kelurahan or ""):
            raise click.ClickException(f"the name {name} stands nowhere in {kelurahan}")
    click.echo("erased")


@personal.command("words")
@click.argument("id_", metavar="ID")
@click.option(
    "--naming", metavar="WORDS", default="", help="Also every text of today in which these words stand."
)
@click.option("--yes", is_flag=True, help="Do not ask again.")
def words_out(id_: str, naming: str, yes: bool) -> None:
    """Take earlier words of a proposal, asset, report or area (its ID) out of history. Nothing brings them back.

    With a proposal go its steps, comments, site notes and relations. What is written now stays, unless --naming says
    which words: a text that holds them is taken out whole, also one that the application lets nobody change.
    """
    from webgis.planning.errors import NotFound
    from webgis.planning.keeping import personal as rules

    if not yes:
        click.confirm(f"Erase the earlier words of {id_} for good?", abort=True, err=True)
    with owner_database() as db:
        try:
            gone = rules.erase_words(db, id_, naming)
        except NotFound as error:
            raise click.ClickException(f"no earlier words of {id_} are kept") from error
    click.echo(f"erased in {gone} places")


@personal.command("retain")
def retain_now() -> None:
    """Let go of what was kept longer than the settings say (WEBGIS_RETENTION_…_DAYS), and of what was left lying."""
    from webgis.planning.imports.import_jobs import UPLOADS
    from webgis.planning.keeping import personal as rules
    from webgis.planning.keeping.leftovers import sweep

    settings = read()
    with owner_database() as db:
        gone = rules.retain(db, settings.retention) | {"left lying": sweep(db, settings.data_dir / UPLOADS)}
    click.echo(", ".join(f"{number} {kind}" for kind, number in gone.items()))


@households.command("log")
@click.option(
    "--kelurahan", metavar="CODE", default=None, help="This kelurahan, or all of a kecamatan or kota."
)
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="How far back.")
def log(kelurahan: str | None, days: int) -> None:
    """Write who saw poor households when, where and how many, as CSV, newest first."""
    from webgis.planning.mapping import household_views

    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    lines = csv.writer(sys.stdout)
    lines.writerow(["minute", "account", "name", "way", "kelurahan", "households", "requests", "reason"])
    with owner_database() as db:
        actor, offset = operator(kelurahan or "*"), 0
        while True:
            views, _ = household_views.list_views(db, actor, kelurahan, since, 1000, offset)
            lines.writerows(
                [
                    v.minute.isoformat(),
                    v.account,
                    v.name,
                    v.way,
                    v.kelurahan,
                    v.households,
                    v.requests,
                    v.reason,
                ]
                for v in views
            )
            if len(views) < 1000:
                return
            offset += 1000


def _one(*named: str | None) -> None:
    if sum(given is not None for given in named) != 1:
        raise click.UsageError("name one of --account, --household and, to erase, --name")
