"""The words of every refusal and remark, Indonesian and English side by side; `messages` fills them in.

They know nothing about when they are said. A sentence says what is wrong, where and how to mend it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from webgis.planning.sentences.documents import DOCUMENTS
from webgis.planning.sentences.notices import NOTICES
from webgis.planning.sentences.refusals import REFUSALS
from webgis.planning.sentences.remarks import REMARKS
from webgis.planning.sentences.voices import VOICES

__all__ = ["WORDS"]

WORDS: Final[Mapping[str, tuple[str, str]]] = {**REFUSALS, **DOCUMENTS, **VOICES, **REMARKS, **NOTICES}
