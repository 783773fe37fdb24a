"""Kelurahan, RW and RT from a file, with the parents they need.

It knows nothing about formats or SQL. A kelurahan without an official code gets a provisional one and is a doubt;
RT and RW hang below a kelurahan that is known, named by a companion table, or made without an outline and said so.
"""

from __future__ import annotations

import csv
from typing import Any, Final

import shapely
from sqlalchemy.orm import Session

from webgis.planning.imports.content import Unreadable
from webgis.planning.imports.layers import BASES, plain
from webgis.planning.imports.staging import DERIVED, Load, Staged, hexed
from webgis.planning.imports.tree import CODE, Region, Tree, rt_rw

NO_CITY: Final = "00.00"
COMPANION: Final = "kawasan.csv"
_COLUMNS = ["code", "kind", "name", "parent", "source", "geom"]


def kelurahan(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """Kelurahan with kota and kecamatan above them."""
    counts = [n for n in ("population", "households") if n in load.columns]
    parents: dict[str, list[Any]] = {}
    rows: list[tuple[int | None, str, list[Any]]] = []
    seen: dict[str, int] = {}
    for i, shape in enumerate(load.shapes):
        if load.refused(i) or shape is None:
            continue
        name = load.text(i, "name")
        code = _official(load, i) if load.text(i, "code") else _provisional(load, i, tree, name)
        if code is None:
            continue
        if code in seen:
            load.report.refuse(i + 1, "duplicate_id", load.columns.get("code"), given=code, first=seen[code])
            continue
        seen[code] = i + 1
        _parents(load, i, code, tree, parents)
        values = [_whole(load.number(i, n)) for n in counts]
        rows.append(
            (i + 1, code, [code, "kelurahan", name or code, code[:8], load.source, hexed(shape), *values])
        )
    above: list[tuple[int | None, str, list[Any]]] = [
        (None, row[0], row) for row in sorted(parents.values(), key=lambda row: len(row[0]))
    ]
    return [
        Staged("region", "code", _COLUMNS[:5], above, fixed=tuple(_COLUMNS[1:5]), counted=False),
        Staged("region", "code", [*_COLUMNS, *counts], rows, fixed=("source",)),
    ]


def _official(load: Load, i: int) -> str | None:
    given = load.text(i, "code") or ""
    digits = given.replace(".", "").replace(" ", "")
    code = (
        f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
        if len(digits) == 10 and digits.isdecimal()
        else given
    )
    if not CODE.match(code):
        load.report.refuse(i + 1, "code_bad", load.columns.get("code"), given=given[:40])
        return None
    return code


def _provisional(load: Load, i: int, tree: Tree, name: str | None) -> str | None:
    """The code of the kelurahan of this name and place if there is one, else the next free one of the city."""
    if not name:
        load.report.refuse(i + 1, "code_missing", "code")
        return None
    city = load.values.get("kota", NO_CITY)
    for region in tree.kelurahan:
        near = region.shape is None or shapely.intersects(region.shape, load.shapes[i])
        if plain(region.name) == plain(name) and near and (region.code.startswith(city) or city == NO_CITY):
            if region.code.startswith(f"{city}.00."):
                load.report.doubt(i + 1, "code_provisional", "code", code=region.code)
            return region.code
    code = next_code(tree, city)
    tree.by_code[code] = Region(code, "kelurahan", name, f"{city}.00", None, load.shapes[i])
    load.report.doubt(i + 1, "code_provisional", "code", code=code)
    return code


def next_code(tree: Tree, city: str) -> str:
    """A provisional code: kecamatan 00, numbers from 0001, which no decree uses."""
    used = [int(c[-4:]) for c in tree.by_code if c.startswith(f"{city}.00.") and CODE.match(c)]
    return f"{city}.00.{max(used, default=0) + 1:04d}"


def _parents(load: Load, i: int, code: str, tree: Tree, parents: dict[str, list[Any]]) -> None:
    for above, kind, parent, given in (
        (code[:5], "kota", None, load.text(i, "kota") if "kota" in load.columns else None),
        (code[:8], "kecamatan", code[:5], load.text(i, "kecamatan")),
    ):
        if above not in tree.by_code and above not in parents:
            name = (
                given if given and not code.startswith(f"{code[:5]}.00.") else f"{kind.capitalize()} {above}"
            )
            parents[above] = [above, kind, name, parent, DERIVED]


def neighbourhoods(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """RW or RT with their numbers; base quantities of an RT go with it."""
    is_rt = load.layer.name == "rt"
    names = companion(load)
    made = Made()
    rows: list[tuple[int | None, str, list[Any]]] = []
    extra = [n for n in BASES if n in load.columns]
    seen: dict[str, int] = {}
    for i, shape in enumerate(load.shapes):
        if load.refused(i):
            continue
        code = load.text(i, "code")
        if not (code and "-RW" in code and CODE.match(code[:13])):
            home = find_home(load, i, tree, names, made)
            code = None if home is None else _numbered(load, i, home.code, is_rt)
        if code is None:
            continue
        if code in seen:
            load.report.refuse(i + 1, "duplicate_id", None, given=code, first=seen[code])
            continue
        seen[code] = i + 1
        key = external_key(load, i) if is_rt else None
        other = tree.by_external.get(key) if key else None
        if refuse_other_city(load, i, key, other.code if other else None, code):
            continue
        parent = code.rsplit("-", 1)[0]
        if is_rt and parent not in tree.by_code:
            made.rws.setdefault(parent, [parent, "rw", f"RW {parent[-3:]}", parent[:13], DERIVED])
        short = code.rsplit("-", 1)[1]
        values = [_base(load, i, n) for n in extra]
        old = tree.by_code.get(code)
        outline = (
            hexed(shape)
            if shape is not None
            else (hexed(old.shape) if old and old.shape is not None else None)
        )
        row = [code, load.layer.name, f"{short[:2]} {short[2:]}", parent, load.source, outline, key, *values]
        rows.append((i + 1, code, row))
    made.report(load)
    return [
        *made.staged(),
        Staged("region", "code", [*_COLUMNS, "external_id", *extra], rows, fixed=("source", "name")),
    ]


class Made:
    """Regions without outline that an import has to make so that RT have a parent."""

    def __init__(self) -> None:
        self.kelurahan: dict[str, list[Any]] = {}
        self.above: dict[str, list[Any]] = {}
        self.rws: dict[str, list[Any]] = {}

    def staged(self) -> list[Staged]:
        """In the order in which they refer to each other."""
        fixed = tuple(_COLUMNS[1:5])
        parts = (self.above, self.kelurahan, self.rws)
        return [
            Staged(
                "region", "code", _COLUMNS[:5], [(None, r[0], r) for r in part.values()], fixed, counted=False
            )
            for part in parts
        ]

    def report(self, load: Load) -> None:
        """Say which were made."""
        if self.kelurahan:
            names = ", ".join(row[2] for row in list(self.kelurahan.values())[:30])
            load.report.note("parents_created", count=len(self.kelurahan), names=names)


def companion(load: Load) -> dict[str, str]:
    """Id of a kawasan -> name, from the table named by --map kelurahan=COLUMN@FILE or lying beside the file.

    Raises Unreadable for one that is named and not there.
    """
    named = load.companion.get("kelurahan") or load.companion.get("kawasan")
    path = load.file.parent / (named or COMPANION)
    if not path.is_file():
        if named:
            raise Unreadable("file_missing", name=named)
        return {}
    if "kawasan" not in load.columns and not named:
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    if not table or "id" not in table[0]:
        return {}
    column = next((c for c in ("kelurahan", "kawasan", "nama", "name") if c in table[0]), None)
    load.report.note("companion_used", name=path.name)
    return {row["id"]: row[column] for row in table if row["id"]} if column else {}


def find_home(load: Load, i: int, tree: Tree, names: dict[str, str], made: Made) -> Region | None:
    """The kelurahan of a row: named, by its kawasan in the companion table, or by place. Refuses the row if none."""
    key = load.text(i, "kawasan") or load.text(i, "kelurahan") or ""
    name = names.get(key) or load.text(i, "kelurahan")
    if not name:
        shape = load.shapes[i]
        home = tree.at(shape) if shape is not None else None
        if home is None:
            load.report.refuse(i + 1, "kelurahan_unknown", "kelurahan", given=key or "?")
        return home
    home, guessed = tree.named(name)
    if home is not None:
        if guessed:
            load.report.doubt(i + 1, "name_spelled_differently", "kelurahan", given=name, used=home.name)
        return home
    if not names or key not in names:
        load.report.refuse(i + 1, "kelurahan_unknown", "kelurahan", given=name)
        return None
    city = load.values.get("kota", NO_CITY)
    code = next_code(tree, city)
    for above, kind, parent in ((city, "kota", None), (f"{city}.00", "kecamatan", city)):
        if above not in tree.by_code:
            made.above[above] = [above, kind, f"{kind.capitalize()} {above}", parent, DERIVED]
    home = Region(code, "kelurahan", name, f"{city}.00", None)
    tree.add(home)
    made.kelurahan[code] = [code, "kelurahan", name, f"{city}.00", DERIVED]
    return home


def external_key(load: Load, i: int) -> str | None:
    """`rt:221`: how tables of one city name an RT; --set dataset=NAME keeps two cities apart."""
    given = load.text(i, "external_id")
    dataset = load.values.get("dataset")
    return None if not given else f"{dataset}/rt:{given}" if dataset else f"rt:{given}"


def refuse_other_city(load: Load, i: int, key: str | None, there: str | None, home: str) -> bool:
    """Whether a number is that of a place of another city (`there`) already; the row is refused with the remedy."""
    if key is None or not there or there[:5] == home[:5]:
        return False
    given = key.rpartition(":")[2]
    load.report.refuse(i + 1, "number_of_other_city", "external_id", given=given, city=there[:5])
    return True


def _numbered(load: Load, i: int, home: str, is_rt: bool) -> str | None:
    text = load.text(i, "rt" if is_rt else "rw") or ""
    if not is_rt:
        digits = "".join(c for c in text if c.isdecimal())
        if digits:
            return f"{home}-RW{int(digits):03d}"
    else:
        pair = rt_rw(text)
        if pair is None and text.isdecimal() and (load.text(i, "rw") or "").isdecimal():
            pair = int(text), int(load.text(i, "rw") or 0)
        if pair:
            return f"{home}-RW{pair[1]:03d}-RT{pair[0]:03d}"
    load.report.refuse(i + 1, "rt_unknown", load.layer.name, given=text or "?")
    return None


def _base(load: Load, i: int, name: str) -> float | int | None:
    value = load.number(i, name)
    return _whole(value) if name in ("buildings", "persons", "households") else value


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
