"""What of a proposal on a family's own plot is shown to whom, as fragments of SQL for every way out of the store.

It knows nothing about rights. A `Kept` says for one reader which work types lose their place (`hidden`: it becomes a
point in the RW) and which their own words and exact numbers (`unnamed`): their volume counts families, so it and the
money, which follows from it, are told in fives, and below five families they are left out (contracts, Privacy).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

SMALLEST: Final = 5
"""Families a work on their own plots must be for before it is told to those who may not know them."""


@dataclass(frozen=True)
class Kept:
    """What is kept back: work types hidden, and unnamed with the title that stands for theirs and their usual rupiah
    for a family."""

    hidden: tuple[str, ...] = ()
    unnamed: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The bound parameters of all fragments."""
        return {
            "hidden": list(self.hidden), "unnamed": list(self.unnamed),
            "unnamed_titles": [title for title, _ in self.unnamed.values()],
            "unnamed_steps": [SMALLEST * price for _, price in self.unnamed.values()],
        }  # fmt: skip


NOTHING: Final = Kept()


def _quiet(alias: str) -> str:
    return f"{alias}.work_type = any(cast(:unnamed as text[]))"


def _of_type(alias: str, values: str) -> str:
    return f"({values})[array_position(cast(:unnamed as text[]), {alias}.work_type)]"


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
        case when {_quiet(alias)} then concat_ws(' ', {_of_type(alias, "cast(:unnamed_titles as text[])")},
            (select w.name from region w where w.code = {alias}.rw))
        else {alias}.title end
    """


def description(alias: str) -> str:
    """The description, empty for unnamed work types, since people write about people."""
    return f"case when {_quiet(alias)} then '' else {alias}.description end"


def cost_reason(alias: str) -> str:
    """Why the cost is another than the computed one, empty for unnamed work types like the description."""
    return f"case when {_quiet(alias)} then '' else {alias}.cost_reason end"


def volume(alias: str) -> str:
    """The volume, of unnamed work types rounded down to fives, so that no edit by one family is told by subtraction."""
    fives = f"{SMALLEST} * floor({alias}.volume / {SMALLEST})"
    return f"case when {_quiet(alias)} then {fives} else {alias}.volume end"


def cost(alias: str) -> str:
    """The cost, of unnamed work types rounded down to what five families usually cost, at least that."""
    step = _of_type(alias, "cast(:unnamed_steps as bigint[])")
    return f"case when {_quiet(alias)} then greatest({alias}.cost / {step}, 1) * {step} else {alias}.cost end"


def funding(alias: str) -> str:
    """Who pays how much, of unnamed work types tenths of the cost as told."""
    tenths = f"round(10 * least(value::numeric / greatest({alias}.cost, 1), 1))"
    return f"""
        case when {_quiet(alias)} then (
            select coalesce(jsonb_object_agg(key, ({tenths} * ({cost(alias)}) / 10)::bigint), '{{}}')
            from jsonb_each_text({alias}.funding) where {tenths} > 0)
        else {alias}.funding end
    """


def told(alias: str) -> str:
    """Whether the proposal may be told at all."""
    return f"(not {_quiet(alias)} or {alias}.volume >= {SMALLEST})"
