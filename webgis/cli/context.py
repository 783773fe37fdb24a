"""What commands share: the settings, the database with the owner's rights, and progress on a terminal.

It knows nothing about single commands. Heavy modules are imported when a command needs them, so that
`--help` and `migrate` stay quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from webgis.settings import Settings, read

if TYPE_CHECKING:
    from webgis.store.database import Database


@contextmanager
def owner_database(settings: Settings | None = None) -> Iterator[Database]:
    """The store as its owner: who may run commands on the machine may do everything."""
    from webgis.store.database import Database

    db = Database((settings or read()).database_url, owner=True, pool_size=1)
    try:
        yield db
    finally:
        db.dispose()


@contextmanager
def clean_output() -> Iterator[None]:
    """Keep standard output for the answer: the solver's library prints notes of its own there."""
    sys.stdout.flush()
    answer = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(answer, 1)
        os.close(answer)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, str], None]]:
    """A function (percent, message): a moving bar on a terminal, a line for each new message elsewhere."""
    if not sys.stderr.isatty():
        said = ""

        def tell(_percent: int, message: str) -> None:
            nonlocal said
            if message and message != said:
                said = message
                click.echo(f"{label}: {message}", err=True)

        yield tell
        return
    with click.progressbar(length=100, label=label, file=sys.stderr, item_show_func=lambda m: m or "") as bar:

        def move(percent: int, message: str) -> None:
            bar.update(max(0, percent - bar.pos), message)

        yield move
        move(100, "")
