"""What a proposal lacks before a step: told on submitting, noted on verifying, refused where nobody could build."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.conftest import actor
from tests.planning.test_proposals import a_draft
from webgis.planning.errors import BadDocument
from webgis.planning.proposals import completeness, proposals
from webgis.planning.review.transitions import transition
from webgis.store.database import Database


def codes(gaps: tuple[completeness.Gap, ...]) -> list[str]:
    return [gap.code for gap in gaps]


def test_words_and_money_are_missed_before_submitting() -> None:
    assert codes(completeness.for_submitting("", 100, {})) == ["gap_description", "gap_funding"]
    assert codes(completeness.for_submitting("Banjir tiap tahun", 100, {"blm": 99})) == ["gap_funding"]
    assert completeness.for_submitting("Banjir tiap tahun", 100, {"blm": 60, "swadaya": 40}) == ()


def test_papers_are_missed_before_verifying() -> None:
    assert len(completeness.for_verifying({})) == 4
    whole = {"survey": True, "drawing": True, "cost_estimate": True, "land": "verbal"}
    assert completeness.for_verifying(whole) == ()
    assert codes(completeness.for_verifying(whole | {"drawing": False})) == ["gap_drawing"]


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ([(0, 0), (1, 0), (2, 1)], None),
        ([(0, 0), (1, 0), (1, 1), (0, 0)], None),
        ([(0, 0), (2, 0), (2, 2), (1, -1)], 3),
        ([(0, 0), (1, 0), (0, 0)], 1),
    ],
)
def test_where_a_line_crosses_itself(line: list[tuple[float, float]], at: int | None) -> None:
    assert completeness.crossing(shapely.LineString(line)) == at


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=7, unique=True))
def test_a_crossing_is_found_exactly_where_there_is_one(points: list[tuple[int, int]]) -> None:
    line = shapely.LineString(points)
    found = completeness.crossing(line)
    assert (found is None) == line.is_simple
    if found is not None:
        assert 1 <= found < len(points)


def test_a_crossing_line_is_kept_as_draft_and_not_submitted(db: Database) -> None:
    planner = actor(db, "planner")
    draft = a_draft(db)
    first, last = draft.geometry["coordinates"][0], draft.geometry["coordinates"][-1]
    dx, dy = (last[0] - first[0]) / 4, (last[1] - first[1]) / 4
    loop = [first, [first[0] + 2 * dx, first[1] + 2 * dy], [first[0] + 2 * dx - dy, first[1] + 2 * dy + dx],
            [first[0] + dx + dy, first[1] + dy - dx]]  # fmt: skip
    made = proposals.create_proposal(
        db, planner, replace(draft, geometry={"type": "LineString", "coordinates": loop})
    )
    with pytest.raises(BadDocument, match="line_crosses_itself"):
        transition(db, planner, made.id, "submit")
    assert proposals.get_proposal(db, planner, made.id).state == "draft"


def test_verifying_without_papers_needs_a_note_that_says_why(db: Database) -> None:
    planner, facilitator = actor(db, "planner"), actor(db, "facilitator")
    made = proposals.create_proposal(db, planner, replace(a_draft(db), readiness={"survey": True}))
    transition(db, planner, made.id, "submit")
    with pytest.raises(BadDocument) as caught:
        transition(db, facilitator, made.id, "verify")
    assert caught.value.problems[0].params["gaps"] == "gap_drawing, gap_cost_estimate, gap_land"
    assert transition(db, facilitator, made.id, "verify", "Gambar menyusul.").state == "verified"
