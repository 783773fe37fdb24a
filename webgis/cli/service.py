"""Commands that keep the service going: `sample load`, `worker`, `digest` and `poverty release`.

It knows nothing about how they do it. They are run by an operator or by `./dev`, never by the web.
"""

from __future__ import annotations

import click

from webgis.cli.context import owner_database, progress
from webgis.settings import read


@click.group()
def sample() -> None:
    """The made-up city Kota Tirta Asri."""


@sample.command("load")
@click.option(
    "--force", is_flag=True, help="Load again into a database whose sample city was removed by hand."
)
def load_sample(force: bool) -> None:
    """Load the sample city, unless it is there already."""
    from webgis import sample as city

    settings = read()
    with progress("sample") as tell:
        loaded = city.load(settings.database_url, settings=settings, force=force, progress=tell)
    click.echo("sample city loaded" if loaded else "sample city was loaded before; nothing done")


@click.command()
@click.option("--concurrency", type=click.IntRange(1, 16), default=2, show_default=True)
def worker(concurrency: int) -> None:
    """Do the background jobs until stopped."""
    from webgis.jobs.worker import run

    run(read(), concurrency)


@click.command()
def digest() -> None:
    """Write, and mail where a mail server is set up, what people have not read yet. The worker does it once a day."""
    from functools import partial

    from webgis.auth import mail
    from webgis.planning.community.digests import write_digests

    settings = read()
    send = partial(mail.send, settings.mail) if settings.mail else None
    with owner_database(settings) as db:
        done = write_digests(db, settings.data_dir, send, settings.site)
    click.echo(f"{done.accounts} digests with {done.notices} notices, {done.mailed} mailed")


@click.group()
def poverty() -> None:
    """The public poverty map."""


@poverty.command("release")
@click.option("--correction", default="", help="Why a release has to be replaced before the next is due.")
def release(correction: str) -> None:
    """Publish the number of poor households per RW, rounded and with small groups left out.

    The first time by hand; afterwards the worker does it on the fixed dates (WEBGIS_POVERTY_MONTHS).
    """
    from webgis.planning.mapping.poverty import release_poverty

    with owner_database() as db:
        released = release_poverty(db, read().poverty_months, correction=correction.strip())
    click.echo(f"{released.cells} RW published, {released.suppressed} of them as <5")
