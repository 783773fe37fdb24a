"""The command `import`."""

import click


@click.command("import")
def import_file() -> None:
    """Import a file into a layer."""
