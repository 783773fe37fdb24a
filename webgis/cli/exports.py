"""The command `export`."""

import click


@click.command("export")
def export_layer() -> None:
    """Export a layer into a file."""
