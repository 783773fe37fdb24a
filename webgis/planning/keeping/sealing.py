"""Another sealing key over an existing store, so that whoever saw the old one reads nothing more.

It knows nothing about SQL. All or nothing: a try that was cut off at any moment is finished by running it again.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from webgis.settings import BadSetting, new_sealing_key, sealing_file, sealing_key
from webgis.store import sealing as store
from webgis.store.database import Database


@dataclass(frozen=True)
class Changed:
    """How many histories have their keys under the new seal; kept: the file the old key was put away in."""

    histories: int
    kept: Path | None


def change_sealing_key(db: Database) -> Changed:
    """Seal the store with the new key and put it in the place of the old one where that is a file.

    db: the owner's, opened with the key in use. Raises BadSetting where the keys do not fit the store.
    """
    old, (new, waiting) = sealing_key(), new_sealing_key()
    if old == new:
        raise BadSetting("the new sealing key is the one in use; give another one")
    with db.transaction(reason="kunci segel diganti") as session:
        store.lock(session)
        if others := store.sealed_otherwise(session, old, new):
            raise BadSetting(
                f"{others} histories are sealed with neither key; give the key they are sealed with"
            )
        histories = store.change(session, new)
    return Changed(histories, _put_in_place(waiting, old) if waiting else None)


def _put_in_place(waiting: Path, old: str) -> Path:
    """The new key in the file of the key, the old one beside it, named by its mark as backups name it."""
    file = sealing_file()
    mark = hashlib.sha256(f"mark {old}".encode()).hexdigest()[:16]
    kept = file.with_name(f"sealing-key.{mark}")
    if not kept.exists():
        os.link(file, kept)
    os.replace(waiting, file)
    return kept
