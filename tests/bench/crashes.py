"""Many people save while the web server is killed again and again: what was answered, lost, doubled or damaged.

It knows nothing about how harm is done (`tests.crashing`). A short one of the same is in the suite.
"""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests import crashing, databases
from tests.bench.figures import table
from webgis.planning.keeping import audit
from webgis.settings import database_url, read
from webgis.store.database import Database

WRITERS, EACH, EVERY = 6, 15, 20
"""People, works of each, and after how many answers somebody does harm."""


def run() -> None:
    """Let them save, look, and print."""
    draw = random.Random(1)
    kinds: tuple[crashing.Harm, ...] = ("one", "all", "connections")
    harms = [(after, draw.choice(kinds)) for after in range(EVERY, 2 * WRITERS * EACH, EVERY)]
    with databases.opened() as made, tempfile.TemporaryDirectory() as folder:
        url, began = made.new("sample"), time.monotonic()
        done = crashing.save_under(url, Path(folder) / "data", WRITERS, EACH, harms)
        took = time.monotonic() - began
        owner = Database(database_url(url), owner=True, pool_size=1)
        found = crashing.stored(owner)
        faults = audit.faults(owner, replace(read({"DATABASE_URL": url}), data_dir=Path(folder)))
        owner.dispose()
    told = {entry.id for entry in done}
    lost = sum(found.get(entry.id) != (entry.title, 2) for entry in done)
    row = (len(done), len(harms), f"{took:.0f}", lost, len(found.keys() - told), len(faults))
    head = ("proposed and renamed", "harms", "seconds", "lost", "there twice", "faults of webgis check")
    table("Saving under kill -9 of the web server and cut connections", head, [row])
    for fault in faults:
        print(fault)
