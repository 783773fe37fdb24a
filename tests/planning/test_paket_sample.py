"""The PAKET works of the sample city: what a reviewer finds is neither all ready nor all hopeless."""

from __future__ import annotations

from tests.planning.conftest import actor
from webgis.planning.judging.desk import Desk
from webgis.planning.review import review_queue
from webgis.store.database import Database


def test_some_works_reach_the_minimum_and_some_do_not(shared_db: Database, desk: Desk) -> None:
    entries = review_queue.look(shared_db, desk, actor(shared_db, "reviewer", "99.01"), review_queue.Wish())
    below = [entry.judged.paket.below_minimum for entry in entries if entry.judged]
    assert len(below) == len(entries)
    assert below.count(False) >= 1
    assert below.count(True) >= 2
    assert {bool(entry.papers) for entry in entries} == {True, False}, "some papers are missing, not all"
