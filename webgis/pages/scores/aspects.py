"""Of which of the seven aspects a predicted change of the slum score is made, in words.

It knows nothing about how it is predicted; the numbers are those of `webgis.planning.judging.mending`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import ngettext

from webgis.pages.scores.score import raw_text
from webgis.pages.wording import labels


def part(aspect: str, contribution: float, lang: str) -> str:
    """An aspect with its part of the kontribusi: Drainage 0.4 %."""
    return f"{labels.label(labels.ASPECTS, aspect)} {raw_text('share', contribution, lang)}"


def of_change(change: Mapping[str, Any] | None, lang: str) -> tuple[str, ...]:
    """The aspects of a `slum_change` of a preview, with the points that its RT loses by each."""
    return tuple(_said(one, lang) for one in (change or {}).get("aspects", ()))


def _said(one: Mapping[str, Any], lang: str) -> str:
    told = part(one["aspect"], one["contribution"], lang)
    if not one["points"]:
        return told
    return str(ngettext("%(part)s (%(num)s point)", "%(part)s (%(num)s points)", one["points"], part=told))
