"""A layer as writers of files see it: its columns, and its rows in batches.

It knows nothing about formats or the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from webgis.store.exports import Column

Batch = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Rows:
    """columns: without the geometry. shapes(): kinds of geometry that occur (POINT …, NONE for rows without).

    batches(shape): reads all rows, or those of one kind; each row ends with its geometry as WKB (WGS 84) or None.
    """

    columns: tuple[Column, ...]
    shapes: Callable[[], list[str]]
    batches: Callable[[str | None], Iterator[Batch]]
