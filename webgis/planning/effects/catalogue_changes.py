"""What a city changes of the catalogue: a work type, the weights, or back to how an earlier change left both.

It knows nothing about pages. Files stay the default (decision 4); a change is kept whole, with reason and source. Every
ranking and plan names it by its number and keeps the weights it used, so that old ones can be repeated (decision 33).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sqlalchemy.orm import Session

from webgis.planning.access import Actor, may, require
from webgis.planning.catalogues import catalogue as known
from webgis.planning.catalogues.catalogue import Catalogue, of_files
from webgis.planning.errors import BadDocument, Conflict, NotFound, Problem
from webgis.planning.fields import check_day, check_text
from webgis.store import catalogue_changes as table
from webgis.store import regions
from webgis.store.database import Database

RIGHT: Final = "set_catalogue"
MOST_RP: Final = 1_000_000_000_000
LONGEST_REASON: Final = 500
LONGEST_SOURCE: Final = 200
SHOWN: Final = 50


@dataclass(frozen=True)
class Values:
    """What differs from the files: work type -> {cost, source, offered}, and all weights or None."""

    work_types: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    weights: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Change:
    """A kept change: its number, what differed after it, the one it went back to (None: none), why and by whom."""

    number: int
    values: Values
    back_to: int | None
    reason: str
    source: str
    source_on: dt.date
    at: dt.datetime
    author: str


@dataclass(frozen=True)
class Wish:
    """What somebody typed: prices (rupiah), weights (percent), or the change to go back to; seen: the last they saw.

    not_offered: those of the types with a price here that shall not be proposed any more.
    """

    prices: Mapping[str, str] = field(default_factory=dict)
    not_offered: frozenset[str] = frozenset()
    weights: Mapping[str, str] | None = None
    back_to: int | None = None
    reason: str = ""
    source: str = ""
    source_on: dt.date | None = None
    seen: int = 0


@contextmanager
def in_force(db: Database) -> Iterator[None]:
    """The catalogue with the city's changes, for what is done inside."""
    before = known.catalogue()
    known.put_in_force(read(db))
    try:
        yield
    finally:
        known.put_in_force(before if before.change else None)


def read(db: Database) -> Catalogue | None:
    """The catalogue with the city's changes; None where there are none."""
    with db.transaction() as session:
        row = table.newest(session)
    return None if row is None else known.changed(row["number"], row["work_types"], row["weights"])


def may_read(actor: Actor) -> bool:
    """Whether somebody may look at the page: whoever holds the right anywhere."""
    return any(may(actor, RIGHT, role.region) for role in actor.roles)


def may_change(db: Database, actor: Actor) -> bool:
    """Whether somebody may change what holds for the whole installation: who holds the right in every city of it."""
    with db.transaction() as session:
        return all(may(actor, RIGHT, code) for code in _cities(session))


def require_changer(db: Database, actor: Actor) -> None:
    """Raise SignInNeeded or NotAllowed unless `may_change` says yes."""
    with db.transaction() as session:
        _require(session, actor)


def require_reader(actor: Actor) -> None:
    """Raise SignInNeeded or NotAllowed unless `may_read` says yes."""
    if not may_read(actor):
        require(actor, RIGHT, "-")


def list_changes(db: Database, actor: Actor) -> tuple[Change, ...]:
    """The last changes, newest first. Raises SignInNeeded, NotAllowed."""
    require_reader(actor)
    with db.transaction() as session:
        return tuple(_change(dict(row)) for row in table.select(session, SHOWN))


def checked(db: Database, actor: Actor, wish: Wish) -> Values:
    """What would differ from the files then. Raises SignInNeeded, NotAllowed, NotFound, BadDocument, Conflict."""
    with db.transaction() as session:
        return _checked(session, actor, wish, worded=False)


def change(db: Database, actor: Actor, wish: Wish) -> int:
    """Keep a change; its number. Raises as `checked`, BadDocument also for a missing reason, source or day."""
    with db.transaction(actor.account_id, wish.reason.strip()) as session:
        values = _checked(session, actor, wish, worded=True)
        number = table.insert(
            session,
            wish.seen,
            {
                "work_types": values.work_types, "weights": values.weights, "back_to": wish.back_to,
                "reason": wish.reason.strip(), "source": wish.source.strip(), "source_on": wish.source_on,
                "account_id": actor.account_id,
            },
        )  # fmt: skip
        if number is None:
            raise Conflict("catalogue_moved")
    return number


def _checked(session: Session, actor: Actor, wish: Wish, *, worded: bool) -> Values:
    _require(session, actor)
    now = table.newest(session)
    if (now["number"] if now else 0) != wish.seen:
        raise Conflict("catalogue_moved")
    before = Values(now["work_types"], now["weights"]) if now else Values()
    problems: list[Problem] = []
    if wish.back_to is not None:
        after = _as_after(session, wish.back_to)
    else:
        after, problems = _after(before, wish)
    if worded:
        problems += _words(wish)
    if not problems and after == before:
        problems.append(Problem("/change", "nothing_changes"))
    if problems:
        raise BadDocument(problems)
    return after


def _require(session: Session, actor: Actor) -> None:
    for code in _cities(session):
        require(actor, RIGHT, code)


def _after(before: Values, wish: Wish) -> tuple[Values, list[Problem]]:
    problems: list[Problem] = []
    works = dict(before.work_types)
    for key, typed in wish.prices.items():
        now = known.changed(0, before.work_types, None).work_types.get(key)
        if now is None:
            raise NotFound("no_work_type")
        cost, offered = _rupiah(typed), key not in wish.not_offered
        if cost is None:
            problems.append(Problem(f"/prices/{key}", "price_impossible", {"given": typed.strip()}))
        elif cost != now.unit_cost or offered != now.offered or wish.source.strip():
            # Who only takes a type out of use says nothing about its price.
            told = (
                now.price_source if cost == now.unit_cost and offered != now.offered else _told_source(wish)
            )
            works[key] = {"cost": cost, "source": told, "offered": offered}
    weights = before.weights
    if wish.weights is not None:
        weights, found = _weights(wish.weights)
        problems += found
    return Values(works, weights), problems


def _told_source(wish: Wish) -> str:
    day = f" ({wish.source_on.isoformat()})" if wish.source_on else ""
    return f"{wish.source.strip()}{day}"


def _weights(typed: Mapping[str, str]) -> tuple[dict[str, float] | None, list[Problem]]:
    """Percent of each criterion as weights that sum to 1, exactly as decimals."""
    problems, percent = [], {}
    for item in of_files().criteria:
        given = typed.get(item.id, "")
        try:
            value = Decimal(given.strip().replace(",", "."))
        except InvalidOperation:
            value = Decimal(-1)
        if not (value.is_finite() and 0 <= value <= 100):
            problems.append(Problem(f"/weights/{item.id}", "percent_impossible", {"given": given.strip()}))
        percent[item.id] = value
    if problems:
        return None, problems
    if (total := sum(percent.values(), Decimal(0))) != 100:
        return None, [Problem("/weights", "percents_not_100", {"total": f"{total.normalize():f}"})]
    weights = {key: float(value / 100) for key, value in percent.items()}
    usual = {item.id: item.core.weight for item in of_files().criteria}
    return (None if weights == usual else weights), []


def _as_after(session: Session, number: int) -> Values:
    """How a change left both; 0: as the files have it."""
    if number == 0:
        return Values()
    row = table.find(session, number)
    if row is None:
        raise NotFound("no_catalogue_change")
    return Values(row["work_types"], row["weights"])


def _words(wish: Wish) -> list[Problem]:
    found = check_text("/reason", wish.reason, LONGEST_REASON)
    found += check_text("/source", wish.source, LONGEST_SOURCE - len(" (2026-01-01)"))
    found += check_day("/source_on", wish.source_on)
    for name, missing in (
        ("reason", not wish.reason.strip()), ("source", not wish.source.strip()),
        ("source_on", wish.source_on is None),
    ):  # fmt: skip
        if missing:
            found.append(Problem(f"/{name}", f"change_{name}_missing"))
    return found


def _rupiah(typed: str) -> int | None:
    """Whole rupiah as people write them: 1.250.000, Rp 1,250,000; None for anything else."""
    digits = "".join(typed.replace("Rp", "").split())
    parts = digits.replace(",", ".").split(".")
    grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3
    whole = "".join(parts)
    if not (whole.isascii() and whole.isdecimal() and len(whole) <= 13 and (grouped or len(parts) == 1)):
        return None
    return int(whole) if 0 < int(whole) <= MOST_RP else None


def _cities(session: Session) -> list[str]:
    return [row["code"] for row in regions.list_regions(session, "kota")]


def _change(row: Mapping[str, Any]) -> Change:
    return Change(
        row["number"], Values(row["work_types"], row["weights"]), row["back_to"], row["reason"], row["source"],
        row["source_on"], row["at"], row["author"],
    )  # fmt: skip
