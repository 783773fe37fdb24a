"""Slum areas as everybody may read them together: no number from which a group of fewer than five can be told.

It knows nothing about how a form is stored. A volume below five households or buildings is hidden, zero as well,
since hiding only one to four would tell that there are some; so is one that leaves fewer than five of its base out.
With it go its share and the means it enters, from which it could be worked out. Points, total and grade stay: they are
the regulation's published result and tell a band of shares only. Where the base is below twenty a band is narrower than
five homes, so such a base is hidden with all its lines, and their points. A kawasan counts RT together: beside their
forms its own tells of homes only the points that follow from them (`slum_sums`; contracts, Privacy; decisions 24, 44
and 52).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from gis_core import slum
from webgis.planning.access import Actor, may
from webgis.planning.mapping import slums
from webgis.planning.mapping.doubt_reasons import without_reason
from webgis.planning.mapping.home_counts import untold
from webgis.planning.mapping.slum_sums import OF_HOMES, PEOPLE, Kept, Line, kept
from webgis.planning.mapping.slum_treatment import Treatment
from webgis.planning.mapping.slums import Criterion, Form, Grade, Profile, Row, SlumArea, Standing
from webgis.store import regions
from webgis.store import slums as table
from webgis.store.database import Database

NOTHING: Final = Kept(frozenset(), False, False, False)


def shown_to(db: Database, actor: Actor, area: Profile) -> Profile:
    """An area with its forms as one caller may read them: whole for those who see the workspace of its kelurahan."""
    if _sees(actor, area.kelurahan):
        return area
    with db.transaction() as session:
        back = withheld(session, table.area_forms(session, area.id))
        above = area.level != "rt" and _told_elsewhere(session, area.kelurahan)
    forms = (for_the_public(form, back.get(form.id, NOTHING), above=above) for form in area.forms)
    return replace(area, forms=tuple(forms))


def areas_shown_to(
    db: Database, actor: Actor, kelurahan: str | None = None, year: int | None = None
) -> tuple[SlumArea, ...]:
    """`slums.slum_areas` as one caller may read them; those whose total is kept back come last, by code."""
    areas = slums.slum_areas(db, kelurahan, year)
    with db.transaction() as session:
        rows = table.forms(session, kelurahan, year)
        back = _by_code(session, rows)
    told = [
        area
        if area.code not in back or _sees(actor, area.kelurahan)
        else replace(
            area,
            outcome=outcome(area.outcome, back[area.code]),
            treatment=_treatment(area.treatment, back[area.code]),
        )
        for area in areas
    ]
    return tuple(
        sorted(told, key=lambda area: (area.outcome.total is None, -(area.outcome.total or 0), area.code))
    )


def standings_shown_to(session: Session, actor: Actor) -> dict[str, Standing]:
    """`slums.standings` as one caller may read them."""
    rows = table.forms(session)
    found, home = slums.standings(session), {row["code"]: row["kelurahan"] for row in rows}
    for code, back in _by_code(session, rows).items():
        if not _sees(actor, home[code]):
            one = found[code]
            found[code] = Standing(
                outcome(one.outcome, back), None if back.out else one.out, _treatment(one.treatment, back)
            )
    return found


def _told_elsewhere(session: Session, kelurahan: str | None) -> bool:
    """Whether what a kawasan counts could be taken apart: by the forms of its RT, or by the counts of regions of which
    one is not told.
    """
    return table.has_rt_forms(session, kelurahan) or kelurahan in untold(regions.counts(session))


def withheld(session: Session, rows: Sequence[Row]) -> dict[str, Kept]:
    """Id of a form -> what of its outcome is not for the public; forms told whole are left out."""
    areas = [row for row in rows if row["level"] != "rt"]
    inside = {row["kawasan"]: row for row in table.rt_inside(session, [row["code"] for row in areas])}
    found: dict[str, Kept] = {}
    for year in sorted({int(row["year"]) for row in areas}):
        mine = [row for row in areas if row["year"] == year]
        wanted = {rt for row in mine for rt in inside[row["code"]]["rt"]}
        forms = {row["code"]: row for row in table.rt_forms_near(session, sorted(wanted), year)}
        members: dict[str, Sequence[Row] | None] = {
            row["code"]: [forms[rt] for rt in inside[row["code"]]["rt"] if rt in forms] for row in mine
        }
        unknown = [row for row in mine if not inside[row["code"]]["outlined"]]
        members |= {row["code"]: None for row in unknown if table.has_rt_forms(session, row["kelurahan"])}
        found |= kept(mine, members)
    return found | kept([row for row in rows if row["level"] == "rt"], {})


def _by_code(session: Session, rows: Sequence[Row]) -> dict[str, Kept]:
    """The same by code of the area, where each has one form."""
    codes = {str(row["form_id"]): str(row["code"]) for row in rows}
    return {codes[form]: found for form, found in withheld(session, rows).items()}


def outcome(found: Grade, back: Kept) -> Grade:
    """An outcome without what is kept back of it."""
    return Grade(None if back.grade else found.grade, None if back.total else found.total, found.year)


def for_the_public(form: Form, back: Kept = NOTHING, *, above: bool = False) -> Form:
    """The form without people's own words and without what tells of a small group (None).

    back: what is kept back of its outcome. above: it counts RT together whose forms are published, so that it tells of
    homes nothing but points.
    """
    form = replace(form, doubts=tuple(without_reason(doubt) for doubt in form.doubts))
    hidden = {line.code for line in form.lines if above and line.code in OF_HOMES or _tells(line)}
    hidden |= back.scores
    few = {name for name in (*PEOPLE, "persons") if Line(None, form.quantities.get(name)).narrow}
    few |= set(PEOPLE) if above else set()
    if not hidden and not few:
        return form
    silent = hidden | ({""} if back.total else set())
    return replace(
        form,
        lines=tuple(_hide(line, few, back) if line.code in hidden else line for line in form.lines),
        aspects={
            aspect: None if hidden & set(codes) else form.aspects[aspect]
            for aspect, codes in slum.ASPECTS.items()
        },
        mean=None if hidden else form.mean,
        total=None if back.total else form.total,
        grade=None if back.grade else form.grade,
        out=None if back.out else form.out,
        treatment=_treatment(form.treatment, back),
        doubts=tuple(doubt for doubt in form.doubts if doubt.get("criterion") not in silent),
        quantities={
            name: None if name in few or (few and name == "persons") else amount
            for name, amount in form.quantities.items()
        },
    )


def _sees(actor: Actor, kelurahan: str | None) -> bool:
    return kelurahan is not None and may(actor, "see_workspace", kelurahan)


def _treatment(found: Treatment, back: Kept) -> Treatment:
    """Order, class and pattern of treatment follow from the grade, and would tell it."""
    return replace(found, order=None, classification=None, pattern=None) if back.grade else found


def _hide(line: Criterion, few: Collection[str], back: Kept) -> Criterion:
    base = None if slum.BASES[line.code] in few else line.base
    score = None if line.code in back.scores else line.score
    return replace(line, volume=None, share=None, base=base, score=score)


def _tells(line: Criterion) -> bool:
    """Whether a line could tell of a group of 1 to 4, or of all but 1 to 4."""
    return line.code in OF_HOMES and Line(line.volume, line.base).is_small
