"""What a sum of criteria may count twice, and how places hold without the criterion that overlaps, as people read it.

It knows nothing about how it is found; sentences are those of `gis_core.firmness` (method 3.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gis_core import firmness
from gis_core.robustness import Standing
from webgis.planning.catalogues.catalogue import weighed_name

MOST: Final = 3
"""How many pairs are told; the strongest come first."""


def counted_twice(told: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Sentences on criteria that run together, and on the weight of those that overlap by their meaning."""
    said = [
        firmness.say_together(
            weighed_name(pair["first"], lang), weighed_name(pair["second"], lang),
            pair["rho"], pair["proposals"], lang,
        )
        for pair in told["pairs"][:MOST]
    ]  # fmt: skip
    if told["weight"] > told["most"] + 1e-9:
        names = [weighed_name(name, lang) for name in told["overlapping"]]
        said.append(firmness.say_overweight(names, told["weight"], told["most"], lang))
    return tuple(said) or (firmness.say_apart(lang),)


def without(held: Mapping[str, Any], lang: str) -> str:
    """How the place of a row holds without the criterion that overlaps; "" where that cannot be asked."""
    told = held["without"]
    if told is None:
        return ""
    standing = Standing(held["top"], held["inside"], told["share"], told["verdict"])
    return firmness.say_without(weighed_name(told["criterion"], lang), standing, lang)


def without_in_all(rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Whose firmness changes its word without the criterion that overlaps, over a whole ranking; "" if not asked."""
    asked = [row for row in rows if row["robustness"] and row["robustness"]["without"]]
    if not asked:
        return ""
    changed = [
        (row["title"], row["robustness"]["verdict"], row["robustness"]["without"]["verdict"])
        for row in asked
        if row["robustness"]["verdict"] != row["robustness"]["without"]["verdict"]
    ]
    name = weighed_name(asked[0]["robustness"]["without"]["criterion"], lang)
    return firmness.say_changed(name, changed, lang)
