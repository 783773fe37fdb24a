"""Which relations between proposals hold: those that rules find, as people confirmed or dismissed them (method 2.8).

It knows nothing about rights or how relations are found. What a person saw and no rule found counts like the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from sqlalchemy import RowMapping

from gis_core.relations import Kind, Relation

Outcome = Literal["confirmed", "dismissed", "open"]
Role = Literal["duplicate", "conflict", "synergy", "before", "after"]
"""What the other proposal is to one; before: it has to come first."""
EXCLUSIVE: Final = ("duplicate", "conflict")
"""Kinds of which one at most of the two is built."""


@dataclass(frozen=True)
class Verdict:
    """What a person said of a relation, and when; open: that nothing is to be held of it any more."""

    id: str
    kind: Kind
    first: str
    then: str
    outcome: Outcome
    reason: str
    author: str
    at: dt.datetime
    version: int


@dataclass(frozen=True)
class Link:
    """A relation of two proposals by id (dependency: first before or with then), with what was said of it.

    measure: how strongly a rule holds, None where none finds it; verdict: None where nobody said anything.
    """

    kind: Kind
    first: str
    then: str
    measure: float | None
    verdict: Verdict | None = None

    @property
    def outcome(self) -> Outcome:
        """What was last said of it."""
        return "open" if self.verdict is None else self.verdict.outcome

    @property
    def holds(self) -> bool:
        """Whether it counts: found or said, and not dismissed."""
        return self.outcome == "confirmed" or (self.outcome == "open" and self.measure is not None)

    def other(self, name: str) -> str:
        """The proposal at the other end."""
        return self.then if self.first == name else self.first

    def role(self, name: str) -> Role:
        """What the other proposal is to this one."""
        if self.kind == "dependency":
            return "after" if self.first == name else "before"
        return self.kind


def ends(name: str, other: str, role: Role) -> tuple[Kind, str, str]:
    """Kind, first and then of a relation by what the other is to one, as `Link` and the store have it."""
    if role == "before":
        return "dependency", other, name
    if role == "after":
        return "dependency", name, other
    return role, min(name, other), max(name, other)


def read(rows: Sequence[RowMapping]) -> tuple[Verdict, ...]:
    """The verdicts of rows of the store."""
    return tuple(Verdict(**row) for row in rows)


def renamed(verdicts: Sequence[Verdict], old: str | None, new: str) -> tuple[Verdict, ...]:
    """The same of a proposal that goes by another id for now, as one that is being drawn does."""
    return tuple(
        replace(
            one,
            first=new if one.first == old else one.first,
            then=new if one.then == old else one.then,
        )
        for one in verdicts
    )


def links(found: Sequence[Relation], verdicts: Sequence[Verdict], among: Collection[str]) -> tuple[Link, ...]:
    """What rules found with what was said of it, then what only people say of the proposals `among`."""
    said = {_key(one.kind, one.first, one.then): one for one in verdicts}
    by_rule = [
        Link(one.kind, one.first, one.then, one.measure, said.pop(_key(one.kind, one.first, one.then), None))
        for one in found
    ]
    by_people = [
        Link(one.kind, one.first, one.then, None, one)
        for one in said.values()
        if one.outcome != "open" and one.first in among and one.then in among
    ]
    return (*by_rule, *by_people)


def _key(kind: str, first: str, then: str) -> tuple[str, str, str]:
    return (kind, first, then) if kind == "dependency" else (kind, min(first, then), max(first, then))
