"""The slum form of an area and a year as people fill it in: deficit volumes and base quantities.

It knows nothing about outlines. Scores are computed by gis_core and never stored; what is odd but possible is kept
with doubts that bear the importer's names (a share outside 0..1 with a reason only: doubt_reasons.py), what is
impossible is refused.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from sqlalchemy.orm import Session

from gis_core import slum
from webgis.planning import versions
from webgis.planning.access import Actor, require
from webgis.planning.errors import BadDocument, Conflict, NotFound, Problem
from webgis.planning.fields import check_number, check_origin, origin, today
from webgis.planning.mapping.doubt_reasons import check_reasons, reasoned, share_doubts, with_reason
from webgis.planning.mapping.slum_outlines import writable_area
from webgis.planning.mapping.slum_treatment import check_considerations
from webgis.planning.mapping.slums import Form, computed_form, stored_area
from webgis.planning.rows import Also
from webgis.store import versioned
from webgis.store.database import Database

LARGEST: Final = 1e9
YEARS: Final = (2000, 2100)


@dataclass(frozen=True)
class FormDraft:
    """Volumes by criterion and bases by quantity (or by criterion, as a form shows them); None: not known.

    considerations: points by item, tenure_clear and zoning_conform: land legality (gis_core.priority).
    doubt_reasons: criterion -> why its share is outside 0..1 and right all the same.
    """

    volumes: Mapping[str, float | None]
    bases: Mapping[str, float | None] = field(default_factory=dict)
    considerations: Mapping[str, int] = field(default_factory=dict)
    tenure_clear: bool | None = None
    zoning_conform: bool | None = None
    doubt_reasons: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    surveyed_on: dt.date | None = None


@dataclass(frozen=True)
class CheckedForm:
    """A form that can be stored: every criterion and every quantity, and what is odd about them."""

    volumes: dict[str, float | None]
    quantities: dict[str, float | None]
    shares: dict[str, float]
    doubts: list[dict[str, Any]]


def get_form(db: Database, area: str, year: int) -> Form:
    """The form of a year; area: id or code. Raises NotFound."""
    with db.transaction() as session:
        return _form(session, area, year)


def create_form(
    db: Database, actor: Actor, area: str, year: int, draft: FormDraft, also: Also[Form] | None = None
) -> Form:
    """The first form of an area for a year. also: what must be kept in the same transaction.

    Raises BadDocument, NotFound, SignInNeeded, NotAllowed, and Conflict if there is one already.
    """
    checked = check(draft, year)
    with db.transaction(actor.account_id, "formulir kumuh baru") as session:
        made = _insert(session, writable_area(session, actor, area).id, year, draft, checked)
        if made is None:
            raise Conflict("form_exists", year=str(year))
        if also is not None:
            also(session, made)
    return made


def put_form(
    db: Database, actor: Actor, area: str, year: int, draft: FormDraft, version: int | None
) -> tuple[Form, bool]:
    """Write the form of a year, and whether it is new; one that is there is changed at a version only.

    Raises what `create_form` does, VersionNeeded, StaleVersion, and NotFound for a version of no form.
    """
    checked = check(draft, year)
    with db.transaction(actor.account_id, "formulir kumuh diisi") as session:
        home = writable_area(session, actor, area)
        stored = home.form(year)
        if stored is None and version is not None:
            raise NotFound("no_assessment", year=str(year))
        if stored is None and (made := _insert(session, home.id, year, draft, checked)) is not None:
            return made, True
        stored = stored or _form(session, home.id, year)
        versions.check_version(session, actor, "slum_assessment", stored.id, stored, version)
        kept = reasoned(checked.doubts, checked.shares, draft.doubt_reasons, _once(session, stored))
        values = _values(draft, checked, kept, stored)
        if not versioned.replace(session, "slum_assessment", stored.id, stored.version, values):
            raise versions.stale(session, actor, "slum_assessment", stored.id, _form(session, home.id, year))
        return _form(session, home.id, year), False


def delete_form(db: Database, actor: Actor, area: str, year: int, version: int | None) -> None:
    """Delete the form of a year; its revisions stay. Raises as `put_form` does."""
    with db.transaction(actor.account_id, "formulir kumuh dihapus") as session:
        home = writable_area(session, actor, area)
        stored = _form(session, home.id, year)
        versions.check_version(session, actor, "slum_assessment", stored.id, stored, version)
        if not versioned.delete(session, "slum_assessment", stored.id, stored.version):
            raise versions.stale(session, actor, "slum_assessment", stored.id, _form(session, home.id, year))


def form_history(db: Database, actor: Actor, area: str, year: int) -> tuple[dict[str, Any], ...]:
    """Every version of the form of a year. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction() as session:
        home = stored_area(session, area)
        require(actor, "see_workspace", home.kelurahan or home.code)
        return versions.changes(
            versioned.history(session, "slum_assessment", _form(session, area, year).id), {"slum_area_id"}
        )


def preview_form(db: Database, actor: Actor, area: str, year: int, draft: FormDraft) -> Form:
    """What a form would say once it is saved; nothing is stored. Raises as `put_form` does."""
    checked = check(draft, year)
    with db.transaction() as session:
        stored = writable_area(session, actor, area).form(year)
    kept = stored.doubts if stored else ()
    doubts = [with_reason(doubt, draft.doubt_reasons, kept) for doubt in checked.doubts]
    values = {"id": "", "year": year, "version": 0, **_values(draft, checked, doubts)}
    return computed_form(values)


def check(draft: FormDraft, year: int) -> CheckedForm:
    """The form with its doubts. Raises BadDocument with every fault."""
    problems = check_number("/year", year, *YEARS)
    problems += check_origin(draft.source, draft.surveyed_on, "")
    for code, value in draft.volumes.items():
        if code not in slum.CRITERIA:
            params = {"given": code, "known": ", ".join(slum.CRITERIA)}
            problems.append(Problem(f"/volumes/{code}", "unknown_criterion", params))
        problems += check_number(f"/volumes/{code}", value, -LARGEST, LARGEST)
    if all(value is None for value in draft.volumes.values()):
        problems.append(Problem("/volumes", "form_empty"))
    quantities = _quantities(draft.bases, problems)
    problems += check_considerations(draft.considerations) + check_reasons(draft.doubt_reasons)
    if problems:
        raise BadDocument(problems)
    volumes = {code: draft.volumes.get(code) for code in slum.CRITERIA}
    shares = _shares(volumes, quantities)
    return CheckedForm(volumes, quantities, shares, doubts(volumes, quantities, shares))


def _once(session: Session, stored: Form) -> list[Mapping[str, Any]]:
    """The doubts that a form has or had, newest first: a step back asks nobody again."""
    rows = versioned.history(session, "slum_assessment", stored.id)[::-1]
    return [*stored.doubts, *(doubt for row in rows for doubt in (row["old"] or {}).get("doubts") or ())]


def _shares(volumes: Mapping[str, float | None], quantities: Mapping[str, float | None]) -> dict[str, float]:
    table, bases = _arrays(volumes, quantities)
    return dict(zip(slum.CRITERIA, slum.shares(table, bases)[0].tolist(), strict=True))


def doubts(
    volumes: Mapping[str, float | None], quantities: Mapping[str, float | None], shares: Mapping[str, float]
) -> list[dict[str, Any]]:
    """What is odd but possible, as stored: criterion, code and, for a share, its value.

    Only a criterion with a volume can be in doubt; what nobody surveyed is unknown and no more.
    """
    table, bases = _arrays(volumes, quantities)
    found: list[dict[str, Any]] = []
    for doubt in slum.doubts(table, bases):
        if volumes[doubt.criterion] is not None:
            found += share_doubts(doubt.criterion, shares[doubt.criterion]) if doubt.code.startswith("share_") else [
                {"criterion": doubt.criterion, "code": doubt.code}
            ]  # fmt: skip
    return found


def _arrays(
    volumes: Mapping[str, float | None], quantities: Mapping[str, float | None]
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], dict[str, list[float]]]:
    """The one row of a form as gis_core takes it."""
    table = np.array([[_number(volumes[code]) for code in slum.CRITERIA]])
    return table, {name: [_number(value)] for name, value in quantities.items()}


def _quantities(bases: Mapping[str, float | None], problems: list[Problem]) -> dict[str, float | None]:
    """The six base quantities from those given by name or by criterion; faults are added to the problems."""
    found: dict[str, float | None] = dict.fromkeys(slum.BASE_QUANTITIES)
    named: dict[str, str] = {}
    for key, value in bases.items():
        name, pointer = slum.BASES.get(key, key), f"/bases/{key}"
        if name not in found:
            params = {"given": key, "known": ", ".join(slum.BASE_QUANTITIES)}
            problems.append(Problem(pointer, "unknown_base", params))
        elif value is not None and value < 0:
            problems.append(Problem(pointer, "base_negative"))
        elif name in named and value != found[name]:
            params = {"given": key, "other": named[name], "base": name}
            problems.append(Problem(pointer, "bases_disagree", params))
        else:
            problems += check_number(pointer, value, 0, LARGEST)
            found[name], named[name] = value, key
    return found


def _insert(session: Session, area_id: str, year: int, draft: FormDraft, checked: CheckedForm) -> Form | None:
    """The new form, None if the area has one of this year."""
    doubts = reasoned(checked.doubts, checked.shares, draft.doubt_reasons)
    values = {"slum_area_id": area_id, "year": year, **_values(draft, checked, doubts)}
    if draft.surveyed_on is None and year != today().year:
        values["surveyed_on"] = None  # an old form was not surveyed today
    made = versioned.insert(session, "slum_assessment", values)
    return None if made is None else _form(session, area_id, year)


def _values(
    draft: FormDraft, checked: CheckedForm, doubts: list[dict[str, Any]], stored: Form | None = None
) -> dict[str, Any]:
    return {
        **{f"v{code}": value for code, value in checked.volumes.items()}, **checked.quantities,
        "considerations": dict(draft.considerations), "tenure_clear": draft.tenure_clear,
        "zoning_conform": draft.zoning_conform, "doubts": doubts,
        **origin(draft.source, draft.surveyed_on, stored),
    }  # fmt: skip


def _form(session: Session, area: str, year: int) -> Form:
    found = stored_area(session, area).form(year)
    if found is None:
        raise NotFound("no_assessment", year=str(year))
    return found


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
