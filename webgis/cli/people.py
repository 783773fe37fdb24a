"""Commands about people and programs: `user add` and `token add`.

It knows nothing about hashing or rights. A password never stands on the command line, where others could read it.
"""

from __future__ import annotations

import sys

import click

from webgis.cli.context import owner_database
from webgis.planning.access import ROLES

PASSWORD_FAULTS = {
    "password_short": "the password needs at least 8 characters",
    "password_long": "the password has more than 256 characters",
    "password_own": "the password is the name or address of the person",
    "password_common": "the password is one of those that are tried first; take a sentence instead",
}


@click.group()
def user() -> None:
    """Accounts of people."""


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
    from webgis.auth import accounts, passwords
    from webgis.planning import regions
    from webgis.planning.errors import NotFound

    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    if fault := passwords.fault(password or "", email, name):
        raise click.ClickException(PASSWORD_FAULTS[fault])
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
@click.option(
    "--scope", type=click.Choice(["read", "write", "full"]), default="full", show_default=True,
    help="read: look; write: also change; full: also see poor households, where the account may.",
)  # fmt: skip
@click.option(
    "--region", metavar="CODE", help="Only there and below; everywhere the account works by default."
)
def add_token(email: str, label: str, days: int, scope: str, region: str | None) -> None:
    """Make a key for an account and print it, once."""
    from webgis.auth.tokens import Wish, add_token
    from webgis.planning.errors import BadDocument

    with owner_database() as db:
        try:
            key = add_token(db, email, Wish(label, scope, region, days))
        except LookupError as error:
            raise click.ClickException(f"there is no account {email}") from error
        except BadDocument as error:
            places = ", ".join(problem.pointer[1:] for problem in error.problems)
            raise click.ClickException(f"this cannot be used: {places}") from error
    click.echo(key)
