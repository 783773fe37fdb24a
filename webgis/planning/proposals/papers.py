"""Whether a PDF is a plain paper: whole, readable without a password, and with nothing in it that acts.

It knows nothing about what the paper says. A paper is kept byte for byte, since drawing it anew would break an
electronic signature; so one with scripts, forms of scripts, attached files or films is refused (reliability 6, 79).
A megabyte can unpack into gigabytes, so it is looked through in a process with little time and memory, started as
`python -m webgis.planning.proposals.papers` with the paper on standard input; it writes the code
of what is wrong, if anything.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from webgis.planning.errors import BadDocument, Problem

MOST_OBJECTS: Final = 100_000
ACTIVE_KEYS: Final = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
)
ACTIVE_KINDS: Final = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Movie", "/Sound"}
)
"""Subtypes of actions (ISO 32000-2, table 201) that run something, or send or fetch anything."""


SECONDS: Final = 5
MEMORY: Final = 1_000_000_000
PATIENCE_S: Final = 60
"""By the clock; the processor's time is the real limit, but a busy machine gives little of it."""
ROOT: Final = Path(__file__).parents[3]


def check(content: bytes) -> None:
    """Raise BadDocument at /file for a PDF that is broken, locked, active or takes too much to look through."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "webgis.planning.proposals.papers"],
            input=content,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=PATIENCE_S,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused("paper_heavy") from None
    if done.returncode:
        raise _refused("paper_heavy")
    if code := done.stdout.decode():
        raise _refused(code)


def main() -> None:
    """Write what is wrong with the paper on standard input."""
    for name, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (most, most))
    try:
        fault = _fault(sys.stdin.buffer.read())
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken PDF may fail in any way
        fault = "paper_broken"
    sys.stdout.write(fault)


def _fault(content: bytes) -> str:
    """The code of what is wrong with a paper, "" if nothing is."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        return "paper_locked"
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(reader.pages) < 1 or len(numbers) > MOST_OBJECTS:
        return "paper_broken"
    return "paper_active" if any(_acts(found) for found in _objects(reader, numbers)) else ""


def _objects(reader: PdfReader, numbers: set[int]) -> Any:
    """Every object of the file, those inside streams of objects too."""
    yield reader.trailer
    for number in sorted(numbers):
        found = reader.get_object(number)
        if found is not None:
            yield found


def _acts(found: Any) -> bool:
    """Whether an object, or one written inside it, does something."""
    rest = [found]
    while rest:
        item = rest.pop()
        if isinstance(item, DictionaryObject):
            if (
                ACTIVE_KEYS & item.keys()
                or item.get("/S") in ACTIVE_KINDS
                or item.get("/Type") == "/EmbeddedFile"
            ):
                return True
            rest.extend(item.values())
        elif isinstance(item, ArrayObject):
            rest.extend(item)
    return False


def _refused(code: str) -> BadDocument:
    return BadDocument([Problem("/file", code)])


if __name__ == "__main__":
    main()
