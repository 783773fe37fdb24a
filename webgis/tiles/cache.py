"""A small cache of packed tiles per process: least recently used out first, bounded by bytes.

It knows nothing about layers or rights; only public tiles may be put in.
The key holds the version of the layer, so nothing in it can be stale.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

MOST_BYTES: Final = 48 * 1024 * 1024
Key = tuple[str, str, int, int, int]


class TileCache:
    """Packed tiles by layer, version, z, x, y."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._bytes = most_bytes, 0
        self._tiles: OrderedDict[Key, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> bytes | None:
        """A tile, which becomes the last to be thrown out."""
        with self._lock:
            found = self._tiles.get(key)
            if found is not None:
                self._tiles.move_to_end(key)
            return found

    def put(self, key: Key, tile: bytes) -> None:
        """Keep a tile, throwing out others if there is no room."""
        with self._lock:
            self._bytes += len(tile) - len(self._tiles.pop(key, b""))
            self._tiles[key] = tile
            while self._bytes > self._most:
                _, old = self._tiles.popitem(last=False)
                self._bytes -= len(old)
