"""What a map page needs to know about the place it opens: name, bounds, counts, rights.

It knows nothing about panels. A place is a kelurahan, or the whole city on the public map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from flask_babel import gettext

from webgis.pages.navigation import Place, places
from webgis.planning import access, regions
from webgis.planning.access import Actor
from webgis.planning.errors import NotFound
from webgis.planning.mapping.slum_grades import grades
from webgis.store.database import Database


def enter(db: Database, actor: Actor, code: str) -> dict[str, Any]:
    """Everything the workspace page of a kelurahan shows around the map. Raises NotFound."""
    found = regions.region(db, code)
    if found.region.kind != "kelurahan":
        raise NotFound("no_kelurahan", kelurahan=code)
    mine = places(db, actor)
    return {
        "place": next(place for place in mine if place.code == code),
        "places": mine,
        "bounds": bounds_text(found.bounds),
        "households": access.may(actor, "see_households", code),
        "grade_counts": grade_counts(db, code, (code,)),
    }


def look_at(db: Database, code: str) -> dict[str, Any]:
    """Everything the public map shows around the map: of one kelurahan, or of all. Raises NotFound."""
    everything = places(db)
    if code:
        place = next((place for place in everything if place.code == code), None)
        if place is None:
            raise NotFound("no_kelurahan", kelurahan=code)
        bounds = regions.region(db, code).bounds
    else:
        place, bounds = whole(db, everything), regions.bounds(db)
    return {
        "place": place,
        "places": [whole(db, everything), *everything],
        "bounds": bounds_text(bounds),
        "households": False,
        "role_edit": False,
        "grade_counts": grade_counts(db, code or None),
    }


def whole(db: Database, everything: list[Place]) -> Place:
    """The entry "whole city" of the switcher; without any city, an empty place."""
    cities = regions.cities(db)
    name = cities[0].name if len(cities) == 1 else gettext("All places")
    return Place("", name, gettext("all kelurahan"), any(place.synthetic for place in everything))


def grade_counts(db: Database, code: str | None, seen: Collection[str] = ()) -> Counter[str]:
    """How many RT have each grade; seen: kelurahan that the reader may see whole."""
    return Counter(found.grade for found in grades(db, code, seen).values() if found.grade is not None)


def bounds_text(bounds: tuple[float, float, float, float] | None) -> str:
    """West, south, east, north for the scripts; all of Indonesia where nothing is known."""
    return ",".join(f"{value:.6f}" for value in bounds or (95.0, -11.0, 141.0, 6.0))
