"""What a process does before it takes requests, so that the first one does not wait for what all of them need.

It knows nothing about requests. Nothing is answered beforehand: a kelurahan is laid out and forgotten, and the program
reads itself for the digests that runs name.
"""

from __future__ import annotations

import gc
import logging

from flask import Flask

from webgis.context import KEY, Context
from webgis.planning.judging import desk, provenance

LOG = logging.getLogger("webgis")


def warm(app: Flask) -> None:
    """Load what is loaded late, and take all of it out of the search for garbage."""
    mine: Context = app.extensions[KEY]
    provenance.catalogue_hash()
    provenance.program_hash()
    # A store that is not there yet, or a fact that cannot be read, is told where somebody asks for it.
    try:
        with mine.db.transaction() as session:
            desk.rehearse(session, mine.settings.data_dir)
    except Exception:
        LOG.exception("nothing could be loaded before the first request, which will take longer")
    # A full search among the 300,000 objects that stay for good took 0.16 s, in the middle of whichever request met it.
    gc.collect()
    gc.freeze()
