"""Zones of the spatial plan: which codes this installation knows, and what each allows.

It knows nothing about places. The matrix of letters is catalogue/spatial_plan.toml; a code that stands in no row is
unknown, which allows nothing and refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from webgis.planning.catalogues.catalogue import catalogue, read_table

PLANS: Final = ("rtrw", "rdtr")
"""From the general to the detailed plan: where both speak, the detailed one rules, and of two of a kind the later."""
UNKNOWN: Final = "?"
LETTERS: Final[Mapping[str, bool | None]] = {"I": True, "T": None, "B": None, "X": False, UNKNOWN: None}
"""Diizinkan, terbatas, bersyarat, tidak diizinkan, unknown code -> allowed, not allowed, or nobody can say here."""
_LEFT_OUT: Final = re.compile(r"\b(sub[- ]?zona|zona|kawasan)\b|\b(kepadatan|skala)\b.*|\([^)]*\)")


@dataclass(frozen=True)
class ZoneKind:
    """A kind of zone: its code, names in Indonesian and English, how the map draws it, letter by activity."""

    code: str
    names: tuple[str, str]
    look: str
    letters: Mapping[str, str]

    def name(self, lang: str) -> str:
        """The official name."""
        return self.names[1 if lang == "en" else 0]


@dataclass(frozen=True)
class Matrix:
    """Kinds of zones by code and by name, and the activity of each work type that takes ground."""

    by_code: Mapping[str, ZoneKind]
    by_name: Mapping[str, ZoneKind]
    activity: Mapping[str, str]

    def kind(self, code: str) -> ZoneKind | None:
        """The kind of a code: as it stands, else without its last parts (R-2 is R)."""
        wanted = tidy(code)
        while wanted:
            if (found := self.by_code.get(wanted)) is not None:
                return found
            wanted = wanted.rpartition("-")[0]
        return None

    def named(self, name: str) -> ZoneKind | None:
        """The kind of a name such as "Zona Perumahan Kepadatan Tinggi"."""
        return self.by_name.get(_plain(name))

    def asked_of(self, work_type: str) -> bool:
        """Whether a type takes ground, so that the plan has to allow it."""
        return work_type in self.activity

    def letter(self, code: str, work_type: str) -> str:
        """What a zone says of a work type that takes ground, a key of LETTERS."""
        kind = self.kind(code)
        return UNKNOWN if kind is None else kind.letters[self.activity[work_type]]


@lru_cache(maxsize=1)
def matrix() -> Matrix:
    """The matrix of this installation. Raises ValueError for one with gaps, so that nothing is allowed by oversight."""
    table = read_table("spatial_plan")
    activities: dict[str, list[str]] = table["activities"]
    works = [work for group in activities.values() for work in group]
    if strange := (set(works) - set(catalogue().work_types)) | {w for w in works if works.count(w) > 1}:
        raise ValueError(f"spatial_plan.toml: unknown or twice {', '.join(sorted(strange))}")
    kinds: dict[str, ZoneKind] = {}
    names: dict[str, ZoneKind] = {}
    for code, row in table["zones"].items():
        letters = row["letters"].split()
        if len(letters) != len(activities) or set(letters) - set(LETTERS) or UNKNOWN in letters:
            raise ValueError(f"spatial_plan.toml: {code} needs {len(activities)} letters of I, T, B, X")
        kinds[code] = ZoneKind(
            code, (row["id"], row["en"]), row["look"], dict(zip(activities, letters, strict=True))
        )
        names |= {_plain(name): kinds[code] for name in (row["id"], *row["words"])}
    return Matrix(kinds, names, {work: activity for activity, group in activities.items() for work in group})


def tidy(code: str) -> str:
    """A code as zoning texts write it: R2, r.2 and R 2 are R-2."""
    return re.sub(r"(?<=[A-Z])(?=\d)", "-", re.sub(r"[\s._/-]+", "-", code.strip().upper()).strip("-"))


def _plain(name: str) -> str:
    return " ".join(_LEFT_OUT.sub(" ", name.lower()).split())
