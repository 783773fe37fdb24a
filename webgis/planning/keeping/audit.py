"""Whether an installation can be trusted: its store, the chain of its revisions, and its settings.

It knows nothing about SQL. Heads of the chain are written to a file beside the database, one line a day; who prints one
or keeps it elsewhere can prove later that nothing before it was rewritten.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any, Final

from webgis.settings import SHORTEST_KEY, Settings
from webgis.store import chain, checks, logins
from webgis.store.chain import Head
from webgis.store.database import Database, household_scope

FILE: Final = "audit-heads.jsonl"


def current_heads(db: Database) -> dict[str, Any]:
    """{at, chains: {name: {position, hash}}} of this moment."""
    with db.transaction() as session:
        heads = chain.heads(session)
    return {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "chains": {head.chain: {"position": head.position, "hash": head.hash} for head in heads},
    }


def head_in_words(db: Database) -> str:
    """The head of the chain of facts for the foot of an official sheet: `1234 9f2c…` (position, SHA-256)."""
    with db.transaction() as session:
        head = chain.public_head(session)
    return "" if head is None else f"{head.position} {head.hash}"


def keep_heads(db: Database, file: Path) -> dict[str, Any]:
    """Add the heads to a file, on the disk before this returns; what was added."""
    heads = current_heads(db)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(heads) + "\n")
        lines.flush()
        os.fsync(lines.fileno())
    return heads


def faults(db: Database, settings: Settings, heads: Path | None = None) -> list[str]:
    """What is wrong, one sentence each; none for an installation that is sound. heads: a file of kept heads."""
    file = heads or settings.data_dir / FILE
    found = _of_settings(settings)
    with db.transaction() as session, household_scope(session, "*"):
        found += checks.faults(session) + chain.faults(session)
        if settings.web_database_url is not None:
            found += logins.faults(session, settings.web_database_url)
        if file.exists():
            try:
                found += chain.against(session, _read(file))
            except (ValueError, KeyError, TypeError) as error:
                found.append(f"heads: {file.name} is not a file of heads ({error})")
        elif heads is not None:
            found.append(f"heads: there is no file {file}")
    return found


def _read(file: Path) -> list[tuple[str, Head]]:
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        (line["at"], Head(name, int(head["position"]), str(head["hash"])))
        for line in lines
        for name, head in line["chains"].items()
    ]


def _of_settings(settings: Settings) -> list[str]:
    found = []
    if not os.access(settings.data_dir, os.W_OK | os.X_OK):
        found.append("settings: WEBGIS_DATA_DIR is not a folder that can be written")
    for key in sorted(settings.data_dir.glob("sealing-key*")):
        if key.stat().st_mode & 0o077:
            found.append(f"settings: others can read the file {key.name}; chmod 600 it")
    if settings.production and len(set(settings.secret_key)) < SHORTEST_KEY // 4:
        found.append("settings: WEBGIS_SECRET_KEY is not random")
    return found
