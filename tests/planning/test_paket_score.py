"""PAKET's own score: the numbers of its file, parts that sum to the score, and what is told to whom."""

from __future__ import annotations

from typing import Any

import pytest

from gis_core.ranking import shown_score
from tests.planning.conftest import actor
from webgis.planning.catalogues.catalogue import read_table
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.household_counts import OF_HOUSEHOLDS
from webgis.planning.review import paket_score, review_queue
from webgis.planning.review.paket_score import paket_rules
from webgis.planning.review.review_queue import Entry, Wish
from webgis.store.database import Database

CITY = "99.01"


@pytest.fixture(scope="module")
def queue(shared_db: Database, desk: Desk) -> dict[str, tuple[Entry, ...]]:
    """The queue as a reviewer and as a facilitator see it."""
    return {
        role: review_queue.look(shared_db, desk, actor(shared_db, role, CITY), Wish(sort="score"))
        for role in ("reviewer", "facilitator")
    }


def test_the_file_says_what_the_handbook_says() -> None:
    rules = paket_rules()
    assert {one.id: round(100 * one.weight) for one in rules.criteria} == {
        "poverty": 30, "urgency": 20, "technical": 20, "co_funding": 15, "sustainability": 15,
    }  # fmt: skip
    assert rules.minimum == 60
    assert rules.version and all(rules.sources)
    measures = [one for criterion in rules.criteria for one in criterion.measures]
    assert sum(one.core.weight for one in measures) == pytest.approx(1)


def test_parts_sum_to_the_score_as_they_are_shown(queue: dict[str, tuple[Entry, ...]]) -> None:
    scored = [entry.judged.paket for entry in queue["reviewer"] if entry.judged]
    assert len(scored) > 3
    for score in scored:
        assert sum(part.points for part in score.parts) == pytest.approx(shown_score(score.total))
        assert score.low <= score.total <= score.high
        for part in score.parts:
            assert sum(one.points for one in part.measures) == pytest.approx(part.points)
            assert 0 <= part.points <= part.most + 0.1
    assert len({round(score.total, 6) for score in scored}) > 1


def test_places_follow_the_score_among_those_that_meet_the_conditions(
    queue: dict[str, tuple[Entry, ...]],
) -> None:
    found = [entry.judged for entry in queue["reviewer"] if entry.judged]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    through = [one.rank for one in found if not one.failed]
    assert through == list(range(1, len(through) + 1))
    assert all(one.rank is None for one in found if one.failed)


def test_one_work_is_scored_as_on_paper(queue: dict[str, tuple[Entry, ...]]) -> None:
    entry = queue["reviewer"][0]
    assert entry.judged
    part = next(one for one in entry.judged.paket.parts if one.id == "co_funding")
    others = entry.money.others / entry.money.total
    value = min(others / 0.33 * 0.5, 0.5) if others <= 0.33 else min(0.5 + (others - 0.33) / 0.27 * 0.5, 1)
    told = next(one for one in part.measures if one.id == "others")
    assert told.raw == pytest.approx(others)
    assert told.points == pytest.approx(100 * 0.15 * 0.4 * value, abs=0.1)


def test_counts_stand_beside_points_only_for_those_who_see_households(
    queue: dict[str, tuple[Entry, ...]],
) -> None:
    def raws(role: str) -> list[float | None]:
        return [
            one.raw
            for entry in queue[role] if entry.judged
            for part in entry.judged.paket.parts
            for one in part.measures if one.id in OF_HOUSEHOLDS
        ]  # fmt: skip

    assert raws("reviewer") and all(raw is None for raw in raws("reviewer"))
    assert any(raw is not None for raw in raws("facilitator"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table["criteria"]["poverty"].update(weight=0.4), "weights must sum to 1"),
        (lambda table: table["criteria"]["urgency"]["parts"].pop("slum_severity"), "shares of urgency"),
        (
            lambda table: table["criteria"]["technical"]["parts"].update(
                beauty=table["criteria"]["technical"]["parts"].pop("land")
            ),
            "unknown measure beauty",
        ),
    ],
)
def test_a_file_that_cannot_be_is_refused(monkeypatch: Any, change: Any, message: str) -> None:
    table = read_table("paket")
    change(table)
    monkeypatch.setattr(paket_score, "read_table", lambda name: table)
    with pytest.raises(ValueError, match=message):
        paket_rules.__wrapped__()


def test_works_side_by_side_are_those_asked_for_that_wait(
    shared_db: Database, desk: Desk, queue: dict[str, tuple[Entry, ...]]
) -> None:
    reviewer = actor(shared_db, "reviewer", CITY)
    keys = [entry.proposal.id for entry in queue["reviewer"][:3]]
    asked = [keys[2], keys[0], "nonsense", keys[2]]
    found = review_queue.side_by_side(shared_db, desk, reviewer, asked)
    assert [entry.proposal.id for entry in found] == [keys[2], keys[0]]
    assert found[1].judged == queue["reviewer"][0].judged
