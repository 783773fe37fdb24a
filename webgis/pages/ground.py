"""What lies under a work in words: flood, slope and the deficits of its RT, whether or not they count for its type.

It knows nothing about how they are measured; the numbers are those of a preview.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from webgis.pages import labels
from webgis.pages.score import raw_text


def of_preview(result: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """One sentence for each fact that is known; flood and slope say so where the type is not asked for them."""
    waived = result.get("waived") or ()
    hazard = result.get("hazard") or {}
    found = []
    if (wet := hazard.get("flood_share")) is not None:
        text = gettext("Flood: %(share)s of it", share=raw_text("share", wet, lang))
        found.append(_counted(text, "flood" in waived))
    if (slope := hazard.get("slope_percent")) is not None:
        text = gettext("Slope: %(share)s", share=raw_text("share", slope / 100, lang))
        found.append(_counted(text, "slope" in waived))
    worst: dict[str, float] = {}
    for one in result.get("deficits") or ():
        worst[one["criterion"]] = max(worst.get(one["criterion"], 0.0), one["share"])
    for code, share in worst.items():
        name = labels.label(labels.CRITERIA, code)
        told = raw_text("share", share, lang)
        found.append(
            gettext(
                "Deficit here, %(code)s %(name)s: %(share)s",
                code=f"{code[0]}.{code[1]}",
                name=name,
                share=told,
            )
        )
    return tuple(found)


def _counted(text: str, waived: bool) -> str:
    return gettext("%(fact)s (does not count for this type)", fact=text) if waived else text
