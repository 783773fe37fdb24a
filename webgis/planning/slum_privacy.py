"""Slum forms as the public may read them together: no number from which a group of fewer than five can be told.

It knows nothing about how a form is stored. A volume below five households or buildings is hidden, zero as well,
since hiding only one to four would tell that there are some; so is one that leaves fewer than five of its base out.
With it go its share and the means it enters, from which it could be worked out. Scores, total and grade stay: they are
the regulation's published result and tell a band of shares only. Where the base is below twenty a band is narrower than
five homes, so such a base is hidden with all its lines. A kawasan counts RT together: beside their forms its own tells
of homes only the scores, and where those or the kelurahan's would tell of a hidden RT, others are hidden with it
(`slum_sums`; contracts, Privacy; decisions 24 and 44).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from gis_core import slum
from webgis.planning.access import Actor, may
from webgis.planning.doubt_reasons import without_reason
from webgis.planning.slum_sums import Line, Sum, further
from webgis.planning.slums import Criterion, Form, Profile, Row, bases_of, shares_of, volumes_of
from webgis.store import slums as table
from webgis.store.database import Database

PEOPLE: Final = ("households", "buildings")
"""Bases that count people's homes; metres and hectares tell of nobody."""
OF_HOMES: Final = tuple(code for code, base in slum.BASES.items() if base in PEOPLE)
"""Criteria that count homes."""


def shown_to(db: Database, actor: Actor, area: Profile, forms: Sequence[Form]) -> tuple[Form, ...]:
    """Forms of an area as one caller may read them: whole for those who see the workspace of its kelurahan."""
    if area.kelurahan is not None and may(actor, "see_workspace", area.kelurahan):
        return tuple(forms)
    with db.transaction() as session:
        if area.level != "rt":
            above = table.has_rt_forms(session, area.kelurahan)
            return tuple(for_the_public(form, above=above) for form in forms)
        more = also_hidden(session, area.kelurahan or "")
    return tuple(for_the_public(form, more.get(form.id, ())) for form in forms)


def also_hidden(session: Session, kelurahan: str) -> Mapping[str, Collection[str]]:
    """Id of a form -> criteria hidden for the sake of other RT: by kawasan in each year, and by the kelurahan now."""
    inside = defaultdict(set)
    for row in table.rt_of_kawasan(session, kelurahan):
        inside[row["kawasan"]].add(row["rt"])
    found: dict[str, set[str]] = defaultdict(set)
    for year in (None, *table.form_years(session, kelurahan)):
        rows = table.forms(session, kelurahan, year)
        rts = [row for row in rows if row["level"] == "rt"]
        kawasan = (
            [] if year is None else [(row, inside[row["code"]]) for row in rows if row["code"] in inside]
        )
        for code, hidden in _together(rts, kawasan, whole=year is None).items():
            for i in hidden:
                found[rts[i]["form_id"]].add(code)
    return found


def _together(
    rts: Sequence[Row], kawasan: Sequence[tuple[Row, set[str]]], *, whole: bool
) -> dict[str, frozenset[int]]:
    """Criterion -> rows of RT to be hidden beside the small ones; whole: the kelurahan counts them together, too."""
    if not rts:
        return {}
    scores = slum.assess(shares_of(rts)).scores
    summed = slum.aggregate(volumes_of(rts), bases_of(rts), [0] * len(rts))
    of_all = slum.assess(slum.shares(summed.volumes, summed.bases)).scores[0]
    of_each = slum.assess(shares_of([row for row, _ in kawasan])).scores if kawasan else ()
    found = {}
    for code in OF_HOMES:
        j, base = slum.CRITERIA.index(code), slum.BASES[code]
        lines = [Line(row[f"v{code}"], row[base], int(scores[i, j])) for i, row in enumerate(rts)]
        sums = [
            Sum(
                tuple(i for i, row in enumerate(rts) if row["code"] in codes),
                int(of_each[k][j]),
                float(area[base]),
            )
            for k, (area, codes) in enumerate(kawasan)
            if area[base] and area[f"v{code}"] is not None
        ]
        if whole and summed.bases[base][0] > 0:
            sums.append(Sum(tuple(range(len(rts))), int(of_all[j]), float(summed.bases[base][0])))
        found[code] = further(lines, sums)
    return found


def for_the_public(form: Form, more: Collection[str] = (), *, above: bool = False) -> Form:
    """The form without people's own words, without what tells of a small group (None), and without other criteria.

    more: criteria hidden for the sake of others. above: it counts RT together whose forms are published, so that it
    tells of homes nothing but scores.
    """
    form = replace(form, doubts=tuple(without_reason(doubt) for doubt in form.doubts))
    hidden = {line.code for line in form.lines if above and line.code in OF_HOMES or _tells(line)} | {*more}
    if not hidden:
        return form
    few = {name for name in PEOPLE if above or _is_narrow(form.quantities.get(name))}
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
    return line.code in OF_HOMES and Line(line.volume, line.base, line.score).is_small


def _is_narrow(base: float | None) -> bool:
    return Line(None, base, 0).narrow
