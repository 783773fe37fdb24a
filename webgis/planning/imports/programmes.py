"""City programmes from a file: works that the city or a ministry plans or builds itself.

It knows nothing about formats or SQL. A row needs a name, a kind, a year and the day of the paper it is taken from;
what is marked as not public stays so.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from sqlalchemy.orm import Session

from webgis.planning.fields import EARLIEST, today
from webgis.planning.imports.layers import kind_of
from webgis.planning.imports.staging import Load, Staged, external_id, hexed
from webgis.planning.imports.tree import Tree
from webgis.planning.mapping.programmes import EARLIEST as FIRST_YEAR
from webgis.planning.mapping.programmes import LATEST, MOST_BUDGET

COLUMNS: Final = [
    "external_id", "source", "title", "kind", "year", "budget", "office", "kelurahan", "public", "source_on", "geom",
]  # fmt: skip
_NO: Final = ("0", "false", "tidak", "no", "n", "f", "internal")


def programmes(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """Rows of programmes; one that lacks what it needs is refused."""
    rows: list[tuple[int | None, str, list[Any]]] = []
    for i, shape in enumerate(load.shapes):
        if load.refused(i) or shape is None:
            continue
        title, kind, year = load.text(i, "title"), _kind(load, i), load.number(i, "year", FIRST_YEAR, LATEST)
        source_on = _day(load, i)
        for name, value in (("title", title), ("year", year)):
            if value is None:
                load.report.refuse(i + 1, "value_missing", name, field=name)
        home = tree.at(shape, load.layer.margin_m)
        if home is None or load.refused(i) or title is None or year is None:
            continue
        if (key := external_id(load, i)) is None:
            continue
        budget = load.number(i, "budget", 0, MOST_BUDGET)
        public = str(load.get(i, "public")).strip().lower() not in _NO
        rows.append((i + 1, home.code, [
            key, load.source, title[:200], kind, int(year), None if budget is None else int(budget),
            load.text(i, "office"), home.code, public, source_on, hexed(shape),
        ]))  # fmt: skip
    return [Staged("city_programme", "external_id", COLUMNS, rows)]


def _kind(load: Load, i: int) -> str | None:
    given = load.get(i, "kind")
    if given is None:
        load.report.refuse(i + 1, "value_missing", "kind", field="kind")
        return None
    kind, near = kind_of("asset", given)
    if kind is None:
        load.report.refuse(i + 1, "value_unknown", "kind", given=str(given)[:60], near=near)
    return kind


def _day(load: Load, i: int) -> str | None:
    """The day of the source, which a programme cannot do without."""
    given = load.text(i, "source_on")
    if given is None:
        load.report.refuse(i + 1, "value_missing", "source_on", field="source_on")
        return None
    try:
        day = dt.date.fromisoformat(given[:10])
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= today():
        load.report.refuse(i + 1, "day_wrong", "source_on", given=given[:40])
        return None
    return day.isoformat()
