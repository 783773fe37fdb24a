"""What of a proposal on a family's own plot is shown to whom, as fragments of SQL for every way out of the store.

It knows nothing about rights. Bound parameters say it: `hidden`, work types whose place becomes a point in the RW;
`unnamed`, work types that lose their own words and, below five families, are left out (contracts, Privacy).
"""

from __future__ import annotations

from typing import Final

SMALLEST: Final = 5
"""Families a work on their own plots must be for before it is told to those who may not know them."""


def place(alias: str) -> str:
    """The geometry, or for hidden work types a point inside the RW (the kelurahan where there is none)."""
    return f"""
        case when {alias}.work_type = any(cast(:hidden as text[])) then coalesce(
            (select ST_PointOnSurface(w.geom) from region w where w.code = {alias}.rw),
            (select ST_PointOnSurface(k.geom) from region k where k.code = {alias}.kelurahan))
        else {alias}.geom end
    """


def title(alias: str) -> str:
    """The title, or for unnamed work types the name of the type (`unnamed_titles`, in order) and the RW."""
    return f"""
        case when {alias}.work_type = any(cast(:unnamed as text[])) then concat_ws(' ',
            (cast(:unnamed_titles as text[]))[array_position(cast(:unnamed as text[]), {alias}.work_type)],
            (select w.name from region w where w.code = {alias}.rw))
        else {alias}.title end
    """


def description(alias: str) -> str:
    """The description, empty for unnamed work types, since people write about people."""
    return f"case when {alias}.work_type = any(cast(:unnamed as text[])) then '' else {alias}.description end"


def told(alias: str) -> str:
    """Whether the proposal may be told at all."""
    return f"({alias}.work_type <> all(cast(:unnamed as text[])) or {alias}.volume >= {SMALLEST})"
