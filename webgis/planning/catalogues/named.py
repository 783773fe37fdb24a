"""Keys that stand in sentences (shapes, steps, states), in Indonesian and English.

It knows nothing about the sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from webgis.planning.catalogues.vocabulary import STATES

NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "point": ("titik", "a point"),
    "line": ("garis", "a line"),
    "polygon": ("bidang", "an area"),
    "submit": ("ajukan", "submit"),
    "verify": ("verifikasi", "verify"),
    "start_review": ("mulai tinjau", "start review"),
    "approve": ("setujui", "approve"),
    "return": ("kembalikan", "return"),
    "reject": ("tolak", "reject"),
    "fund": ("danai", "fund"),
    "start_works": ("mulai dikerjakan", "start works"),
    "complete": ("selesaikan", "complete"),
    "withdraw": ("tarik", "withdraw"),
    **STATES,
}
