"""What lies under and around a work in words: flood, slope, the fall of a drain, whom a way brings nearer to a motor
road, the deficits of its RT, whether or not they count for its type.

It knows nothing about how they are measured; the numbers are those of a preview.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext, ngettext

from webgis.pages.scores.score import raw_text
from webgis.pages.site import area_name
from webgis.pages.wording import formats, labels
from webgis.planning.written import plain


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
    if (drop := result.get("fall")) is not None:
        found.append(fall(drop, lang))
    if (gained := result.get("access_gain")) is not None:
        found += access_gain(gained, lang)
    by_criterion: dict[str, list[Mapping[str, Any]]] = {}
    for one in result.get("deficits") or ():
        by_criterion.setdefault(one["criterion"], []).append(one)
    found += [_deficit(code, rows, lang) for code, rows in by_criterion.items()]
    return tuple(found)


def fall(drop: Mapping[str, Any], lang: str) -> str:
    """How far the water of a drain falls and how far it should, or that levels are asked for."""
    length = formats.quantity(round(drop["length"]), "m", lang)
    needed = f"{plain(drop['needed'], lang)} m"
    if drop["metres"] is None:
        return str(
            gettext(
                "Fall: not known. %(needed)s are needed over %(length)s, which the height map cannot tell: enter the "
                "levels of both ends.",
                needed=needed,
                length=length,
            )
        )
    words = {
        "levels": gettext("by the levels of its ends"),
        "heights": gettext("by the height map"),
    }
    return str(
        gettext(
            "Fall: %(fall)s over %(length)s (%(how)s), at least %(needed)s needed",
            fall=f"{plain(drop['metres'], lang)} m",
            length=length,
            needed=needed,
            how=words[drop["source"]],
        )
    )


def access_gain(gained: Mapping[str, Any], lang: str) -> list[str]:
    """Who comes nearer to a motor road by a way, and who gets a way there at all; nothing where nobody does."""
    found = []
    if gained["nearer"]:
        told = ngettext(
            "%(count)s poor household comes nearer to a motor road on foot: %(metres)s",
            "%(count)s poor households come nearer to a motor road on foot: by %(metres)s on average",
            _number(gained["nearer"]),
            count=plain(gained["nearer"], lang, 1),
            metres=formats.quantity(round(gained["mean_nearer"]), "m", lang),
        )
        found.append(str(told))
    if gained["joined"]:
        told = ngettext(
            "%(count)s poor household gets a way to a motor road for the first time",
            "%(count)s poor households get a way to a motor road for the first time",
            _number(gained["joined"]),
            count=plain(gained["joined"], lang, 1),
        )
        found.append(str(told))
    return found


def _number(count: float) -> int:
    return 1 if count == 1 else 2


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
