"""For whom a plan is made: poor households with what they lack, whom each work brings a service to, who has it already,
and what a household is worth.

It knows nothing about money or rules. `counted` takes the households that are on record. `standing_in` is for those who
may not know them: each work then serves households of its own, as many as its fives say (decision 49), so that whatever
such a plan is asked, nothing finer comes out than goes in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gis_core import slum
from gis_core.masterplan import Homes, Worth
from gis_core.ranking import Criterion
from webgis.planning.catalogues.catalogue import WorkType, catalogue
from webgis.planning.judging import works
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.scoring import Judged

Floats = NDArray[np.float64]
_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class People:
    """Households (n) of a plan; serves: work -> numbers of those it can serve and the part of it that each gets.

    before (n,): whether works under way serve them. spent (n,): rupiah of those works, each in equal parts on the homes
    it serves; on nobody: on none.
    """

    homes: Homes
    serves: Mapping[str, tuple[NDArray[np.intp], Floats]]
    before: NDArray[np.bool_]
    spent: Floats


def counted(
    facts: Facts, open_works: Sequence[Judged], decided: Sequence[Judged], chosen: Sequence[Criterion]
) -> People:
    """The households on record. What works under way give already is worth nothing a second time."""
    taken = taken_by(facts, decided)
    before, spent = np.zeros(len(facts.homes), dtype=np.bool_), np.zeros(len(facts.homes))
    for given in taken.values():
        before |= given > 0
    for item in decided:
        served = works.newly_served(facts, item.work).indices
        spent[served] += item.work.cost / max(len(served), 1)
    serves = {}
    for item in open_works:
        found, gives = works.in_reach(facts, item.work), item.work.type.service
        parts = found.weights - taken[gives][found.indices] if gives in taken else found.weights
        left = parts > _NOTHING
        serves[item.work.id] = found.indices[left], np.minimum(parts[left], 1.0)
    return People(homes_of(facts, open_works, chosen), serves, before, spent)


def standing_in(
    open_works: Sequence[Judged], decided: Sequence[Judged], chosen: Sequence[Criterion]
) -> People:
    """Households in place of those on record, from works told in fives (`household_counts.in_fives`).

    They live in the RW of their work, with the severity and the deficit of everybody in its reach, and belong to no
    other work: who is served twice would tell where families live.
    """
    items = [*open_works, *decided]
    sizes = [round(item.effect.served) for item in items]
    ends = np.cumsum([0, *sizes])
    total = int(ends[-1])
    severity, vulnerable, spent = np.zeros(total), np.zeros(total), np.zeros(total)
    before = np.zeros(total, dtype=np.bool_)
    deficit = {item.work.type.service: np.zeros(total) for item in items}
    zone: list[str | None] = []
    serves = {}
    value = {item.id: item.value for item in chosen}
    for k, (item, size) in enumerate(zip(items, sizes, strict=True)):
        mine, values = slice(ends[k], ends[k + 1]), item.effect.values
        zone += [item.rw] * size
        severity[mine] = float(value["slum_severity"](values["slum_severity"] or 0.0))
        deficit[item.work.type.service][mine] = float(
            value["service_deficit"](values["service_deficit"] or 0.0)
        )
        vulnerable[mine] = (values["vulnerable_served"] or 0.0) / max(size, 1)
        if k < len(open_works):
            serves[item.work.id] = np.arange(ends[k], ends[k + 1], dtype=np.intp), np.ones(size)
        else:
            before[mine] = True
            spent[mine] = item.work.cost / max(size, 1)
    return People(Homes(np.ones(total), zone, severity, deficit, vulnerable), serves, before, spent)


def taken_by(facts: Facts, decided: Sequence[Judged]) -> dict[str, NDArray[np.float64]]:
    """Service -> (n,) the part of it that works under way give each home."""
    taken: dict[str, NDArray[np.float64]] = {}
    for item in decided:
        served = works.newly_served(facts, item.work)
        given = taken.setdefault(item.work.type.service, np.zeros(len(facts.homes)))
        given[served.indices] = np.maximum(given[served.indices], served.weights)
    return taken


def homes_of(facts: Facts, open_works: Sequence[Judged], chosen: Sequence[Criterion]) -> Homes:
    """Poor households with their RW, the values of severity and deficit where they live, their vulnerable people."""
    zone = facts.homes.zone
    rws = [facts.zones.codes[z].rpartition("-")[0] if z >= 0 else None for z in zone.tolist()]
    totals = np.where(facts.assessed, facts.form.total, 0).astype(np.float64)
    severity = _at_homes(criterion_of(chosen, "slum_severity").value(totals), zone)
    deficits: dict[str, NDArray[np.float64]] = {}
    value = criterion_of(chosen, "service_deficit").value
    for kind in {item.work.type.key: item.work.type for item in open_works}.values():
        column = _at_homes(value(_deficit_by_zone(facts, kind)), zone)
        known = deficits.get(kind.service)
        deficits[kind.service] = column if known is None else np.maximum(known, column)
    return Homes(facts.homes.weight, rws, severity, deficits, facts.vulnerable)


def _deficit_by_zone(facts: Facts, kind: WorkType) -> NDArray[np.float64]:
    """Share of the service missing in each RT (z,), 0 where unknown: a plan does not build on what nobody surveyed."""
    if kind.improves:
        columns = np.stack([facts.shares[:, slum.CRITERIA.index(code)] for code in kind.improves])
        known = np.isfinite(columns)
        count = known.sum(axis=0)
        mean = np.where(known, np.clip(columns, 0.0, 1.0), 0.0).sum(axis=0) / np.maximum(count, 1)
        return np.asarray(mean)
    inside = facts.homes.zone >= 0
    zones, need = facts.homes.zone[inside], facts.need(kind)[inside]
    all_homes = np.bincount(zones, minlength=len(facts.zones.codes))
    lacking = np.bincount(zones, weights=need, minlength=len(facts.zones.codes))
    return np.asarray(lacking / np.maximum(all_homes, 1))


def _at_homes(by_zone: NDArray[np.float64], zone: NDArray[np.int64]) -> NDArray[np.float64]:
    """A column of the RT at the households, 0 where the RT is unknown."""
    if not len(by_zone):
        return np.zeros(len(zone))
    return np.asarray(np.where(zone >= 0, by_zone[np.maximum(zone, 0)], 0.0))


def criterion_of(chosen: Sequence[Criterion], name: str) -> Criterion:
    return next(item for item in chosen if item.id == name)


def worth_of(chosen: Sequence[Criterion]) -> Worth:
    """Points per household, for full severity and deficit, per kontribusi and per vulnerable person.

    100 x weight / last reference. The poor share of all who benefit is none: it is a share of a work, not something
    that a household gets (decision 10). With a service whose last reference is half that of all a household is worth
    twice as much (Href_a, method 5.2).
    """

    def slope(name: str) -> float:
        criterion = criterion_of(chosen, name)
        return 100.0 * criterion.weight / criterion.value.points[-1][0]

    counted = criterion_of(chosen, "poor_served")
    reference = counted.value.points[-1][0]
    types = catalogue().work_types
    return Worth(
        household=slope("poor_served"),
        severity=100.0 * criterion_of(chosen, "slum_severity").weight / reference,
        deficit=100.0 * criterion_of(chosen, "service_deficit").weight / reference,
        reduction=slope("slum_reduction"),
        vulnerable=slope("vulnerable_served"),
        of_service={types[kind].service: reference / own.points[-1][0] for kind, own in counted.own.items()},
    )
