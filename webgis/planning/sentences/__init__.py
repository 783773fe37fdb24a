"""The words of every refusal and remark, Indonesian and English side by side; `messages` fills them in.

They know nothing about when they are said. A sentence says what is wrong, where and how to mend it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from webgis.planning.sentences.documents import DOCUMENTS
from webgis.planning.sentences.facts import FACTS
from webgis.planning.sentences.missing import MISSING
from webgis.planning.sentences.notices import NOTICES
from webgis.planning.sentences.plans import PLANS
from webgis.planning.sentences.rasters import RASTERS
from webgis.planning.sentences.refusals import REFUSALS
from webgis.planning.sentences.remarks import REMARKS
from webgis.planning.sentences.rights import RIGHTS
from webgis.planning.sentences.voices import VOICES
from webgis.planning.sentences.weights import WEIGHTS

__all__ = ["PARTS", "WORDS"]

PARTS: Final = (
    RIGHTS, MISSING, REFUSALS, DOCUMENTS, FACTS, RASTERS, WEIGHTS, PLANS, VOICES, REMARKS, NOTICES,
)  # fmt: skip
WORDS: Final[Mapping[str, tuple[str, str]]] = {code: pair for part in PARTS for code, pair in part.items()}
