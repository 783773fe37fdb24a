"""Finding things by words: regions, assets, roads and places, as the search box asks for them.

It knows nothing about proposals, which have rights of their own. Everything found here is public.
RW and RT are numbered, so they are read as numbers however they are written: RT01/RW14, rt 1 rw 014, Rw.14.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from webgis.planning.catalogues.catalogue import catalogue
from webgis.store import named, regions
from webgis.store.database import Database

LEAST_LETTERS: Final = 2
MOST_OF_A_SORT: Final = 5
_NUMBERED: Final = re.compile(r"(?<![^\W\d_])(RT|RW)[\s.]*0*(\d{1,3})(?!\d)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s/,;]+")


@dataclass(frozen=True)
class Hit:
    """Something found: sort is a kind of region, asset, road or place; kind that of the asset or place.

    code, parent: of a region, else None. bounds: west, south, east, north; shape: GeoJSON text, both WGS 84.
    """

    sort: str
    name: str
    kelurahan_name: str | None
    bounds: tuple[float, float, float, float]
    shape: str
    kind: str = ""
    code: str | None = None
    parent: str | None = None


def find(db: Database, words: str, home: str = "") -> tuple[Hit, ...]:
    """Regions, then assets, roads and places that fit all words, those of a kelurahan first; none for one letter."""
    if len(words.strip()) < LEAST_LETTERS:
        return ()
    rest, ending = read_numbers(words)
    with db.transaction() as session:
        areas = [dict(row) for row in regions.search(session, rest, ending, home)]
        found = named.search(session, _split(words), _kind_names(), home, MOST_OF_A_SORT)
        things = [dict(row) for row in found]
    return (*(_region(row) for row in areas), *(_thing(row) for row in things))


def _region(row: Mapping[str, Any]) -> Hit:
    places = row["name"], row["kelurahan_name"]
    return Hit(row["kind"], *places, _bounds(row), row["shape"], code=row["code"], parent=row["parent"])


def _thing(row: Mapping[str, Any]) -> Hit:
    return Hit(row["sort"], row["name"], row["kelurahan_name"], _bounds(row), row["shape"], row["kind"])


def read_numbers(words: str) -> tuple[list[str], str]:
    """The words without numbers of RW and RT, and a pattern of how the codes meant by those end ("": any code)."""
    numbers = {kind.upper(): number for kind, number in _NUMBERED.findall(words)}
    ending = "".join(f"-{kind}0*{numbers[kind]}" for kind in ("RW", "RT") if kind in numbers)
    return _split(_NUMBERED.sub(" ", words)), ending and ending + "$"


def _split(words: str) -> list[str]:
    return [word for word in _BETWEEN.split(words) if word]


def _kind_names() -> dict[str, str]:
    return {key: " ".join(kind.names) for key, kind in catalogue().asset_kinds.items()}


def _bounds(row: Mapping[str, Any]) -> tuple[float, float, float, float]:
    return (row["west"], row["south"], row["east"], row["north"])
