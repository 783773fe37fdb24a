"""The poor share of a work is judged by that of its kelurahan, and a run names the points it was judged by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gis_core.households import Points
from tests.planning.conftest import KELURAHAN, actor
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.judging import references, scoring
from webgis.planning.judging.desk import Desk, open_scene
from webgis.planning.judging.facts import Facts
from webgis.planning.ranking.explanation import explain
from webgis.planning.ranking.ranking import get_ranking, rank_kelurahan
from webgis.store.database import Database


@pytest.fixture(scope="module")
def facts(shared_db: Database, desk: Desk) -> Facts:
    with shared_db.transaction() as session:
        return open_scene(session, desk, KELURAHAN, OPEN_STATES, exactly=True).facts


def test_the_share_of_the_kelurahan_is_worth_the_middle_point(facts: Facts) -> None:
    own = references.of_kelurahan(scoring.criteria(None), facts)
    value = next(item.value for item in own if item.id == "poor_share")
    assert facts.poor_share is not None and abs(facts.poor_share - 0.4) > 0.02
    assert float(value(round(facts.poor_share, 2))) == pytest.approx(0.4)
    others = [item for item in own if item.id != "poor_share"]
    assert others == [item for item in scoring.criteria(None) if item.id != "poor_share"]


def test_a_share_unknown_or_at_an_end_leaves_points_that_rise(facts: Facts) -> None:
    nobody = replace(facts, homes=Points(np.zeros((0, 2)), np.zeros(0), np.zeros(0, dtype=np.int64)))
    few = replace(facts, homes=Points([[0, 0]], [1.0], [0]))
    crowd = len(facts.zones.households) * 100_000
    all_poor = replace(
        facts, homes=Points(np.zeros((crowd, 2)), np.ones(crowd), np.zeros(crowd, dtype=np.int64))
    )
    for other, point in ((nobody, 0.4), (few, 0.01), (all_poor, 0.79)):
        own = references.own(references.of_kelurahan(scoring.criteria(None), other))
        assert own == {"poor_share": [[0, 0], [pytest.approx(point), 0.4], [0.8, 1]]}


def test_a_run_names_its_own_points_to_those_who_may_know_them(
    db: Database, desk: Desk, facts: Facts
) -> None:
    planner, reviewer = actor(db, "planner"), actor(db, "reviewer", "99.01")
    run = rank_kelurahan(db, desk, planner, KELURAHAN)
    assert facts.poor_share is not None
    assert run["own_points"] == {"poor_share": [[0, 0], [round(facts.poor_share, 2), 0.4], [0.8, 1]]}
    assert get_ranking(db, reviewer, run["id"])["own_points"] == {}
    found = explain(db, desk, planner, run["ranking"][0]["id"])
    step = next(step for step in found.steps if step.criterion.id == "poor_share")
    assert [list(point) for point in step.criterion.core.value.points] == run["own_points"]["poor_share"]
    assert step.points == pytest.approx(run["ranking"][0]["contributions"]["poor_share"])
