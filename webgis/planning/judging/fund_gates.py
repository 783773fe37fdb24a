"""Gates of a fund that the work alone cannot tell: what it gave to others, and what the BKM has agreed on.

It knows nothing about the rules themselves: `ceilings` has those of money, `pjm` that of the agreed plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from webgis.planning.judging import ceilings, pjm
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.pjm import Agreed
from webgis.planning.judging.scoring import Judged

NAMES: Final = (ceilings.NAME, pjm.NAME)


@dataclass(frozen=True)
class Around:
    """What stands around the works of a kelurahan: the plan its BKM agreed on, and what funds gave in the city."""

    agreed: Agreed | None
    in_city: Mapping[str, int]


def read(session: Session, kelurahan: str, agreed: Agreed | None) -> Around:
    """What stands around the works of a kelurahan now."""
    return Around(agreed, ceilings.given_in_city(session, kelurahan))


def of_work(
    mine: Judged, others: Sequence[Judged], around: Around, name: str | None = None, due: bool | None = None
) -> tuple[Gate, ...]:
    """These gates of one work among the others of its kelurahan.

    name: the id by which the plan knows it, its own by default; due: whether it has to stand in the plan by now, by
    default where it is under review.
    """
    work = mine.work
    agreed = pjm.of_work(name or work.id, work.funding, work.is_paket, mine.state, around.agreed, due=due)
    return (*ceilings.of_work(mine, others, around.in_city), *agreed)


def added(
    known: Mapping[str, tuple[Gate, ...]], works: Sequence[Judged], around: Around
) -> dict[str, tuple[Gate, ...]]:
    """Gates of works by id with these behind them; works: all of the kelurahan."""
    by_id = {item.work.id: item for item in works}
    return {name: (*found, *of_work(by_id[name], works, around)) for name, found in known.items()}


def among(known: Sequence[Gate]) -> tuple[Gate, ...]:
    """These gates among those of a work."""
    return tuple(gate for gate in known if gate.name in NAMES)
