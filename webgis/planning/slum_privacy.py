"""A slum form as the public may read it: no number from which a group of fewer than five households can be told.

It knows nothing about how a form is stored. A volume of 1 to 4 households or buildings is hidden, and so is one that
leaves 1 to 4 of its base out; with it go its share and the means it enters, from which it could be worked out. Scores,
total and grade stay: they are the regulation's published result and tell a band of shares only (contracts, Privacy).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gis_core import slum
from webgis.planning.access import Actor, may
from webgis.planning.slums import Criterion, Form

SMALLEST: Final = 5
PEOPLE: Final = ("households", "buildings")
"""Bases that count people's homes; metres and hectares tell of nobody."""


def shown_to(actor: Actor, kelurahan: str | None, form: Form) -> Form:
    """The form as one caller may read it: whole for those who see the workspace of its kelurahan."""
    knows = kelurahan is not None and may(actor, "see_workspace", kelurahan)
    return form if knows else for_the_public(form)


def for_the_public(form: Form) -> Form:
    """The form with what tells of a small group left out (None)."""
    hidden = {line.code for line in form.lines if _tells(line)}
    if not hidden:
        return form
    few = {name for name in PEOPLE if _is_few(form.quantities.get(name))}
    return replace(
        form,
        lines=tuple(_hide(line, few) if line.code in hidden else line for line in form.lines),
        aspects={
            aspect: None if hidden & set(codes) else form.aspects[aspect]
            for aspect, codes in slum.ASPECTS.items()
        },
        mean=None,
        doubts=tuple(doubt for doubt in form.doubts if doubt.get("criterion") not in hidden),
        quantities={
            name: None if name in few or (few and name == "persons") else amount
            for name, amount in form.quantities.items()
        },
    )


def _hide(line: Criterion, few: set[str]) -> Criterion:
    base = None if slum.BASES[line.code] in few else line.base
    return replace(line, volume=None, share=None, base=base)


def _tells(line: Criterion) -> bool:
    """Whether a line tells of a group of 1 to 4, or of all but 1 to 4."""
    if slum.BASES[line.code] not in PEOPLE:
        return False
    rest = None if line.base is None or line.volume is None else line.base - line.volume
    return _is_few(line.volume) or _is_few(line.base) or _is_few(rest)


def _is_few(amount: float | None) -> bool:
    return amount is not None and 0 < amount < SMALLEST
