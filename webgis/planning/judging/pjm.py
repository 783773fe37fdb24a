"""Whether a work stands in the plan that its BKM agreed on, the PJM, which PAKET asks for (domain handbook 2.7).

It knows nothing about how a plan is made or adopted (`masterplans`). A plan on paper is not on record, so without one
nobody can tell; and until a work is to be reviewed it may still come into the next plan (decision 45).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from webgis.planning.errors import Conflict
from webgis.planning.judging import gates
from webgis.planning.judging.ceilings import GIVEN
from webgis.planning.judging.gates import Gate
from webgis.planning.written import ZONE
from webgis.store import masterplans as table

NAME: Final = "in_pjm"
REVIEWED: Final = ("under_review",)
"""States in which a work has to stand in the plan."""


@dataclass(frozen=True)
class Agreed:
    """The plan that a meeting adopted last: its id, day of the meeting, last calendar year, ids of its works."""

    plan_id: str
    met_on: dt.date
    last_year: int
    works: frozenset[str]

    @property
    def key(self) -> tuple[str, bool]:
        """What tells it from another plan, and from itself when its time is up."""
        return self.plan_id, self.is_over

    @property
    def is_over(self) -> bool:
        """Whether all of its years are."""
        return self.last_year < dt.datetime.now(ZONE).year


def read(session: Session, kelurahan: str) -> Agreed | None:
    """The plan in force of a kelurahan; None if no meeting adopted one."""
    row = table.agreed(session, kelurahan)
    if row is None:
        return None
    return Agreed(row["plan_id"], row["met_on"], int(row["last_year"]), frozenset(row["works"]))


def of_work(
    name: str,
    money: Mapping[str, int],
    is_paket: bool,
    state: str,
    agreed: Agreed | None,
    *,
    due: bool | None = None,
) -> tuple[Gate, ...]:
    """The gate of one work by id; none where it asks no fund that wants it, or is decided already.

    due: whether it has to stand in the plan by now; by default where it is under review.
    """
    asked = {fund for fund, rupiah in money.items() if rupiah > 0} | ({gates.PAKET} if is_paket else set())
    rules = {fund: rule for fund in sorted(asked) if (rule := _rule(fund))}
    if not rules or state in GIVEN:
        return ()
    fund, rule = min(rules.items(), key=lambda item: item[1] != "must")
    params: dict[str, Any] = {"fund": fund}
    if agreed is None:
        return (Gate(NAME, None, "gate_pjm_none", params),)
    if agreed.is_over:
        return (Gate(NAME, None, "gate_pjm_over", params | {"year": str(agreed.last_year)}),)
    if name in agreed.works:
        return (Gate(NAME, True),)
    fails = rule == "must" and (state in REVIEWED if due is None else due)
    return (Gate(NAME, False if fails else None, "gate_pjm_out", params | {"day": agreed.met_on}),)


def check_reviewable(
    session: Session, name: str, kelurahan: str, money: Mapping[str, int], state: str
) -> None:
    """Raise Conflict where a PAKET work does not stand in the plan its BKM agreed on, so that it cannot be reviewed."""
    for gate in of_work(name, money, True, state, read(session, kelurahan), due=True):
        if gate.passed is False:
            raise Conflict("not_in_pjm", day=gate.params["day"])


def _rule(fund: str) -> str:
    """ "must", "ask" or nothing."""
    return str(gates.table()["funds"].get(fund, {}).get("pjm", ""))
