"""The RW whose works cost less than a plan was asked for, in words; each is named.

It knows nothing about why: the plan says that no other misses less in all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from webgis.pages.site import rw_name
from webgis.pages.wording import formats


def missed(plan: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """One sentence for the RW that get the same of the same floor, those that lack most first."""
    alike: dict[tuple[int, int], list[str]] = {}
    for one in sorted(plan.get("missed", ()), key=lambda one: (-one["missing"], one["rw"])):
        alike.setdefault((one["spent"], one["floor"]), []).append(rw_name(one["rw"]))
    return tuple(_sentence(", ".join(names), *got, lang) for got, names in alike.items())


def _sentence(rw: str, spent: int, floor: int, lang: str) -> str:
    # In full: a floor missed by little would read like one that is kept.
    asked = formats.money(floor, lang)
    if not spent:
        return str(gettext("%(rw)s: no works, %(floor)s asked", rw=rw, floor=asked))
    return str(
        gettext(
            "%(rw)s: works for %(spent)s of %(floor)s",
            rw=rw,
            spent=formats.money(spent, lang),
            floor=asked,
        )
    )
