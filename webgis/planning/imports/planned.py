"""Proposals and poor households from a file.

It knows nothing about formats or SQL. A proposal always comes in as a draft, whatever the file says of its state;
a household comes without name, address or number of any kind.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

import shapely
from sqlalchemy.orm import Session

from webgis.planning.catalogues.vocabulary import FUNDS
from webgis.planning.errors import BadDocument
from webgis.planning.imports.layers import kind_of
from webgis.planning.imports.staging import NAMESPACE, Load, Staged, dumped, external_id, hexed
from webgis.planning.imports.tree import Tree, rt_rw
from webgis.planning.proposals.drafts import ProposalDraft, check, check_offered
from webgis.store import imports as store

_PROPOSAL = [
    "id", "title", "description", "work_type", "kelurahan", "volume", "volume_typed", "unit", "cost", "cost_typed",
    "funding", "is_paket", "geom", "source",
]  # fmt: skip
_HOUSEHOLD = [
    "id", "rt", "members", "elderly", "under_five", "disabled", "female_headed", "decile", "register",
    "register_date", "geom", "source",
]  # fmt: skip
_YES = ("1", "true", "ya", "y", "yes", "t", "p", "perempuan")


def proposals(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """Proposals checked by the same rules as those drawn on the map."""
    rows: list[tuple[int | None, str, list[Any]]] = []
    for i, shape in enumerate(load.shapes):
        if load.refused(i) or shape is None:
            continue
        given = load.get(i, "work_type") or ""
        key, near = kind_of("work_type", given)
        if key is None:
            load.report.refuse(
                i + 1, "work_type_unknown", "work_type", given=str(given)[:60] or "-", near=near
            )
            continue
        home = tree.at(shape)
        if home is None:
            load.report.refuse(i + 1, "outside_known_area", "geometry")
            continue
        if (row := _proposal(load, i, key, shape, home.code)) is not None:
            rows.append((i + 1, home.code, row))
    states = store.proposal_states(session, [row[2][0] for row in rows])
    for number, _, row in list(rows):
        if states.get(row[0], "draft") not in ("draft", "returned"):
            load.report.refuse(number or 0, "proposal_locked", None, state=states[row[0]])
    rows = [row for row in rows if not load.report.is_refused(row[0] or 0)]
    return [Staged("proposal", "id", _PROPOSAL, rows, fixed=("source",))]


def _proposal(load: Load, i: int, work_type: str, shape: Any, home: str) -> list[Any] | None:
    cost, volume = load.number(i, "cost", most=1e12), load.number(i, "volume", most=1e6)
    funding = {fund: int(v) for fund in FUNDS if (v := load.number(i, fund, most=1e12))}
    draft = ProposalDraft(
        title=load.text(i, "title") or "", work_type=work_type, geometry=json.loads(shapely.to_geojson(shape)),
        description=load.text(i, "description") or "", volume=volume or None, cost=int(cost) if cost else None,
        funding=funding, is_paket=str(load.get(i, "is_paket")).lower() in _YES,
    )  # fmt: skip
    try:
        done = check(draft)
        check_offered(done.type)
    except BadDocument as refused:
        for problem in refused.problems:
            load.report.refuse(i + 1, problem.code, problem.pointer.rsplit("/", 1)[-1], **problem.params)
        return None
    key = external_id(load, i)
    if key is None:
        return None
    if draft.cost is None:
        load.report.note("cost_from_catalogue", i + 1, "cost", cost=f"{done.cost:,}".replace(",", "."))
    own = load.text(i, "external_id") or ""
    identity = own if _is_uuid(own) else str(uuid.uuid5(NAMESPACE, f"proposal|{home}|{key}"))
    return [
        identity, draft.title, draft.description, work_type, home, done.volume, draft.volume is not None,
        done.type.unit, done.cost, draft.cost is not None, dumped(funding), draft.is_paket, hexed(shape), load.source,
    ]  # fmt: skip


def households(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """Poor households in RT that are known, by code or by place."""
    rows: list[tuple[int | None, str, list[Any]]] = []
    for i, shape in enumerate(load.shapes):
        if load.refused(i) or shape is None:
            continue
        rt = _rt(load, i, tree, shape)
        members = load.number(i, "members", 1, 30)
        if rt is None or members is None:
            if rt is not None:
                load.report.refuse(i + 1, "value_missing", "members", field="members")
            continue
        key = external_id(load, i)
        if key is None:
            continue
        counts = [int(load.number(i, n, 0, 30) or 0) for n in ("elderly", "under_five", "disabled")]
        decile = load.number(i, "decile", 1, 10)
        identity = str(uuid.uuid5(NAMESPACE, f"household|{rt}|{key}"))
        female = str(load.get(i, "female_headed")).lower() in _YES
        date = _date(load, i, "register_date")
        rows.append((i + 1, rt, [
            identity, rt, int(members), *counts, female, None if decile is None else int(decile),
            load.text(i, "register"), date,
            hexed(shape), load.source,
        ]))  # fmt: skip
    return [Staged("household", "id", _HOUSEHOLD, rows, fixed=("source",))]


def _rt(load: Load, i: int, tree: Tree, shape: Any) -> str | None:
    given = load.text(i, "rt") or ""
    if given in tree.by_code:
        return given
    home = tree.at(shape)
    pair = rt_rw(given)
    code = f"{home.code}-RW{pair[1]:03d}-RT{pair[0]:03d}" if home and pair else ""
    if code in tree.by_code:
        return code
    place = tree.rt_at(shape) if not given else None
    if place is None:
        load.report.refuse(i + 1, "rt_unknown", "rt", given=given or "-")
    return place.code if place else None


def _date(load: Load, i: int, name: str) -> str | None:
    """An ISO date; anything else is a doubt and left out."""
    given = load.text(i, name)
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given[:10]).isoformat()
    except ValueError:
        load.report.doubt(i + 1, "value_not_date", name, given=given[:40])
        return None


def _is_uuid(text: str) -> bool:
    try:
        return len(text) == 36 and bool(uuid.UUID(text))
    except ValueError:
        return False
