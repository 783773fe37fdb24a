"""The order a meeting agreed on: kept with its weights, and what has moved since."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from webgis.planning.access import PUBLIC
from webgis.planning.errors import BadDocument, NotAllowed, SignInNeeded
from webgis.planning.judging.desk import Desk
from webgis.planning.ranking.agreed import AgreedOrder, Move, keep_weight_set, last_order
from webgis.planning.ranking.ranking import get_ranking, list_rankings, rank_kelurahan
from webgis.planning.ranking.weight_sets import WeightSetDraft
from webgis.store.database import Database

AGREED = WeightSetDraft(
    KELURAHAN, "Rembuk warga 2026", "swing", {"points": {"poor_served": 100, "land": 50}}, None,
    dt.date(2026, 3, 5), "Balai RW 05", 14, 17,
)  # fmt: skip


def test_what_a_meeting_agrees_on_keeps_the_order_by_its_weights(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    assert last_order(db, planner, KELURAHAN) is None
    kept = keep_weight_set(db, desk, planner, AGREED)
    order = last_order(db, planner, KELURAHAN)
    assert order is not None
    assert (order.set_id, order.name, order.met_on) == (kept["id"], AGREED.name, AGREED.met_on)
    now = rank_kelurahan(db, desk, planner, KELURAHAN, weight_set=kept["id"], keep=False)["ranking"]
    assert order.ranks == {row["id"]: row["rank"] for row in now if row["rank"] is not None}
    assert {order.move(row["id"], row["rank"]) for row in now} == {Move("same"), None}
    stored = get_ranking(db, planner, order.run_id)
    assert (stored["agreed"], stored["weight_set"], stored["weights"]) == (True, kept["id"], kept["weights"])
    assert [run["agreed"] for run in list_rankings(db, planner, KELURAHAN)] == [True]


def test_one_participant_agrees_on_no_order_and_a_later_meeting_replaces_it(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    alone = replace(AGREED, participant="Ibu Sari", judgements={"points": {"flood": 1}})
    keep_weight_set(db, desk, planner, alone)
    assert last_order(db, planner, KELURAHAN) is None and list_rankings(db, planner, KELURAHAN) == []
    keep_weight_set(db, desk, planner, AGREED)
    later = keep_weight_set(db, desk, planner, replace(AGREED, name="Rembuk kedua"))
    # That somebody ranks by the first set again, or alone, is no meeting.
    rank_kelurahan(db, desk, planner, KELURAHAN, weight_set=later["id"])
    order = last_order(db, planner, KELURAHAN)
    assert order is not None and (order.name, order.set_id) == ("Rembuk kedua", later["id"])
    assert get_ranking(db, planner, order.run_id)["agreed"] is True


def test_a_refused_set_keeps_neither_weights_nor_order(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    with pytest.raises(BadDocument):
        keep_weight_set(db, desk, planner, replace(AGREED, met_on=None))

    def fails(*_: object) -> None:
        raise RuntimeError("the answer could not be kept")

    with pytest.raises(RuntimeError):
        keep_weight_set(db, desk, planner, AGREED, fails)
    with db.transaction() as session:
        for table in ("weight_set", "ranking_run"):
            assert session.execute(text(f"select count(*) from {table}")).scalar_one() == 0, table
    with pytest.raises(NotAllowed):
        last_order(db, actor(db, "partner"), KELURAHAN)
    with pytest.raises(SignInNeeded):
        last_order(db, PUBLIC, NEXT_DOOR)


def test_moves_are_counted_in_places() -> None:
    order = AgreedOrder("", "", "", dt.date(2026, 3, 5), "", {"a": 1, "b": 2, "c": 3})
    assert order.move("a", 3) == Move("down", 2)
    assert order.move("c", 1) == Move("up", 2)
    assert order.move("b", 2) == Move("same")
    assert order.move("d", 1) == Move("new")
    assert order.move("a", None) is None
