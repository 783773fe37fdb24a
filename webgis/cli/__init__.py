"""The commands of the application, one module for each field of work.

It knows nothing about rules or SQL: a command reads its arguments, calls one function and prints what came back.
Every failure that a person can mend is one line on stderr and an exit code, never a traceback.
"""

from __future__ import annotations

import sys

import click

from webgis.cli.audit import audit_commands, check
from webgis.cli.backups import backup, restore
from webgis.cli.exports import export_layer
from webgis.cli.imports import import_file
from webgis.cli.people import token, user
from webgis.cli.personal import households, personal
from webgis.cli.plans import plan
from webgis.cli.ranking import rank
from webgis.cli.rasters import raster
from webgis.cli.sealing import sealing
from webgis.cli.service import digest, poverty, sample, worker
from webgis.cli.store import migrate


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Peta Swadaya: neighbourhood planning on one map."""


for command in (
    migrate, check, backup, restore, audit_commands, sealing, personal, households, sample, worker, digest, poverty,
    import_file, export_layer, raster, rank, plan, user, token,
):  # fmt: skip
    commands.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    try:
        sys.exit(commands.main(arguments, prog_name="webgis", standalone_mode=False) or 0)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.Abort:
        fail("stopped", 130)
    except click.UsageError as error:
        where = f" (see: {error.ctx.command_path} --help)" if error.ctx else ""
        fail(f"{error.format_message()}{where}", 2)
    except click.ClickException as error:
        fail(error.format_message(), error.exit_code)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        words = explain(error)
        if words is None:
            raise
        fail(words, 1)


def fail(message: str, code: int) -> None:
    """One line on stderr, then leave."""
    click.echo(f"webgis: {' '.join(message.split())}", err=True)
    sys.exit(code)


def explain(error: Exception) -> str | None:
    """A sentence for a failure that has one; None for a fault of ours."""
    from sqlalchemy.exc import DBAPIError

    from webgis.planning.errors import PlanningError
    from webgis.settings import BadSetting

    if isinstance(error, BadSetting | OSError):
        return str(error)
    if isinstance(error, PlanningError):
        from webgis.planning.imports.words import message

        return message(error.code, error.params, "en")
    if isinstance(error, DBAPIError):
        return f"the database says: {str(error.orig).splitlines()[0]}"
    return None
