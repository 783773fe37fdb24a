"""What lies under a work in words: flood, slope and the deficits of its RT, whether or not they count for its type.

It knows nothing about how they are measured; the numbers are those of a preview.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from webgis.pages import formats, labels
from webgis.pages.score import raw_text
from webgis.pages.site import area_name


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
    by_criterion: dict[str, list[Mapping[str, Any]]] = {}
    for one in result.get("deficits") or ():
        by_criterion.setdefault(one["criterion"], []).append(one)
    found += [_deficit(code, rows, lang) for code, rows in by_criterion.items()]
    return tuple(found)


def _deficit(code: str, rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    """How much of what lacks by a criterion in the RT under a work it fills: 85 of 212 m."""
    unit = labels.CRITERION_UNITS[code]
    lacking, filled = (sum(row[name] for row in rows) for name in ("lacking", "filled"))
    zone = rows[0]["zone"]
    one = area_name({"code": zone, "name": zone})
    place = one if len(rows) == 1 else gettext("%(count)s RT", count=len(rows))
    said: str = gettext(
        "%(code)s %(name)s: fills %(filled)s of the %(lacking)s lacking in %(place)s",
        code=f"{code[0]}.{code[1]}",
        name=labels.label(labels.CRITERIA, code),
        filled=formats.quantity(filled, unit, lang),
        lacking=formats.quantity(lacking, unit, lang),
        place=place,
    )
    return said


def _counted(text: str, waived: bool) -> str:
    return gettext("%(fact)s (does not count for this type)", fact=text) if waived else text
