"""A small PMTiles file of version 3 for tests, written as its specification says, without compression.

It knows nothing about what reads it. https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping

MVT, PNG = 1, 2
NO_COMPRESSION = 1
HEADER_BYTES = 127
Address = tuple[int, int, int]


def archive(tiles: Mapping[Address, bytes], kind: int, bounds: tuple[float, float, float, float]) -> bytes:
    """The file of these tiles by (z, x, y), of one kind; bounds: west, south, east, north in degrees."""
    ordered = sorted(tiles, key=tile_id)
    data = b"".join(tiles[address] for address in ordered)
    root = _directory([(tile_id(address), len(tiles[address])) for address in ordered])
    words = json.dumps({"attribution": "© <b>Uji</b>"}).encode()
    at = [HEADER_BYTES, HEADER_BYTES + len(root), HEADER_BYTES + len(root) + len(words)]
    zooms = [z for z, _, _ in ordered]
    head = struct.pack(
        "<7sB11Q6B4iB2i",
        b"PMTiles", 3, at[0], len(root), at[1], len(words), at[2], 0, at[2], len(data), *[len(tiles)] * 3,
        1, NO_COMPRESSION, NO_COMPRESSION, kind, min(zooms), max(zooms), *(round(part * 1e7) for part in bounds),
        max(zooms), round((bounds[0] + bounds[2]) * 5e6), round((bounds[1] + bounds[3]) * 5e6),
    )  # fmt: skip
    assert len(head) == HEADER_BYTES
    return head + root + words + data


def tile_at(lon: float, lat: float, z: int) -> Address:
    """The tile of a place in degrees."""
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return z, int((lon + 180) / 360 * 2**z), int(y * 2**z)


def tile_id(address: Address) -> int:
    """The place of a tile on the Hilbert curves of all zooms, one after the other."""
    z, x, y = address
    found, side = (4**z - 1) // 3, 2**z // 2
    while side:
        right, lower = int(x & side > 0), int(y & side > 0)
        found += side * side * ((3 * right) ^ lower)
        if not lower:
            if right:
                x, y = 2**z - 1 - x, 2**z - 1 - y
            x, y = y, x
        side //= 2
    return found


def _directory(entries: list[tuple[int, int]]) -> bytes:
    """Entries of (id, length), one after the other in the data."""
    numbers = [number for number, _ in entries]
    ids = [one - before for one, before in zip(numbers, [0, *numbers[:-1]], strict=True)]
    offsets = [1] + [0] * (len(entries) - 1)
    columns = [[len(entries)], ids, [1] * len(entries), [length for _, length in entries], offsets]
    return b"".join(_varint(value) for column in columns for value in column)


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])
