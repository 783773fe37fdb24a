"""Files by the hash of their content, in a folder of their own outside the web root.

It knows nothing about what they are or who may read them. The same bytes are kept once; a name can be neither guessed
nor chosen by a sender, and a file is there whole or not at all.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path


def keep(folder: Path, content: bytes) -> str:
    """Write content to the disk, so that it outlasts a crash; its SHA-256 in hexadecimal."""
    digest = hashlib.sha256(content).hexdigest()
    target = place(folder, digest)
    if target.exists():
        return digest
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.parent / f".{uuid.uuid4()}"
    try:
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return digest


def place(folder: Path, digest: str) -> Path:
    """Where the file of a hash lies."""
    return folder / digest[:2] / digest


def drop(folder: Path, digest: str) -> None:
    """Take a file away; nothing happens if it is gone already."""
    place(folder, digest).unlink(missing_ok=True)
