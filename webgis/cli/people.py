"""Commands about people and programs: `user add` and `token add`.

It knows nothing about hashing or rights. A password never stands on the command line, where others could read it.
"""

from __future__ import annotations

import sys

import click

from webgis.cli.context import owner_database

ROLES = ("planner", "facilitator", "reviewer", "city", "partner", "admin")


@click.group()
def user() -> None:
    """Accounts of people."""


SHORTEST_PASSWORD = 8


@click.group()
def token() -> None:
    """Keys for programs."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option(
    "--region", required=True, metavar="CODE", help="Region in which the role is held, with all below it."
)
@click.option("--password-stdin", is_flag=True, help="Read the password from stdin instead of asking.")
@click.option("--password", envvar="WEBGIS_PASSWORD", hidden=True, default=None)
def add_user(
    email: str, name: str, role: str, region: str, password_stdin: bool, password: str | None
) -> None:
    """Add an account; one that exists gets the role, this name and this password."""
    from webgis.auth import accounts
    from webgis.planning import regions
    from webgis.planning.errors import NotFound

    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    if len(password or "") < SHORTEST_PASSWORD:
        raise click.ClickException(f"the password needs at least {SHORTEST_PASSWORD} characters")
    with owner_database() as db:
        try:
            regions.region(db, region)
        except NotFound as error:
            raise click.ClickException(
                f"there is no region {region}; import the kelurahan first (webgis import … --layer kelurahan)"
            ) from error
        accounts.add_account(db, email, name, password or "", [(role, region)])
    click.echo(f"{email} is {role} in {region}")


@token.command("add")
@click.argument("email")
@click.option("--label", required=True, help="What the key is for.")
@click.option("--days", type=click.IntRange(1, 730), default=365, show_default=True)
def add_token(email: str, label: str, days: int) -> None:
    """Make a key for an account and print it, once."""
    from webgis.auth import accounts

    with owner_database() as db:
        try:
            key = accounts.add_token(db, email, label, days)
        except LookupError as error:
            raise click.ClickException(f"there is no account {email}") from error
    click.echo(key)
