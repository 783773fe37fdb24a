"""Whether a PDF is a plain paper: whole, readable without a password, and with nothing in it that acts.

It knows nothing about what the paper says. A paper is kept byte for byte, since drawing it anew would break an
electronic signature; so one with scripts, forms of scripts, attached files or films is refused (reliability 6, 79).
"""

from __future__ import annotations

import io
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


def check(content: bytes) -> None:
    """Raise BadDocument at /file for a PDF that is broken, locked or active."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise _refused("paper_locked")
        if len(reader.pages) < 1:
            raise _refused("paper_broken")
        if any(_acts(found) for found in _objects(reader)):
            raise _refused("paper_active")
    except BadDocument:
        raise
    except Exception:  # noqa: BLE001 - a broken PDF may fail in any way
        raise _refused("paper_broken") from None


def _objects(reader: PdfReader) -> Any:
    """Every object of the file, those inside streams of objects too."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > MOST_OBJECTS:
        raise _refused("paper_broken")
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
