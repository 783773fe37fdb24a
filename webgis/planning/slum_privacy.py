"""A slum form as the public may read it: no number from which a group of fewer than five households can be told.

It knows nothing about how a form is stored. A volume below five households or buildings is hidden, zero as well,
since hiding only one to four would tell that there are some; so is one that leaves fewer than five of its base out.
With it go its share and the means it enters, from which it could be worked out. Scores, total and grade stay: they are
the regulation's published result and tell a band of shares only. Where the base is below twenty a band is narrower than
five homes, so such a base is hidden with all its lines (contracts, Privacy; decision 24).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gis_core import slum
from webgis.planning.access import Actor, may
from webgis.planning.slums import Criterion, Form

SMALLEST: Final = 5
SMALLEST_BASE: Final = 20
"""Homes of which the narrowest band of shares, a quarter, is five."""
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
    few = {name for name in PEOPLE if _is_narrow(form.quantities.get(name))}
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
    """Whether a line could tell of a group of 1 to 4, or of all but 1 to 4."""
    if slum.BASES[line.code] not in PEOPLE:
        return False
    few = line.volume is not None and line.volume < SMALLEST
    left = None if line.base is None or line.volume is None else line.base - line.volume
    return few or (left is not None and left < SMALLEST) or _is_narrow(line.base)


def _is_narrow(base: float | None) -> bool:
    return base is not None and base < SMALLEST_BASE
