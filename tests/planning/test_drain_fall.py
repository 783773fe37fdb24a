"""Whether the water of a drain runs off: levels that people enter, and heights that are too coarse to tell."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.planning.conftest import actor
from tests.planning.test_proposals import a_draft
from webgis.planning.effects.preview import preview
from webgis.planning.errors import BadDocument
from webgis.planning.judging.desk import Desk
from webgis.planning.proposals import proposals
from webgis.store.database import Database


def told(db: Database, desk: Desk, lang: str = "en", **changes: Any) -> dict[str, Any]:
    return preview(db, desk, actor(db, "planner"), a_draft(db, **changes), lang=lang)


def codes(answer: dict[str, Any]) -> set[str]:
    return {item["code"] for item in answer["warnings"]}


def test_the_height_map_of_the_city_says_nothing_of_a_short_drain(shared_db: Database, desk: Desk) -> None:
    answer = told(shared_db, desk)
    fall = answer["fall"]
    assert (fall["metres"], fall["source"], fall["enough"]) == (None, None, None)
    assert fall["needed"] == pytest.approx(0.003 * fall["length"])
    assert fall["length"] == pytest.approx(answer["length_m"], rel=2e-3)
    assert not codes(answer) & {"warn_flat", "warn_uphill"}, "what nobody knows is no fault"


def test_levels_say_whether_it_falls_enough(shared_db: Database, desk: Desk) -> None:
    needed = told(shared_db, desk)["fall"]["needed"]
    levels = {"upper_level": 712.4, "lower_level": round(712.4 - needed - 0.02, 3)}
    enough = told(shared_db, desk, readiness=levels)
    assert (enough["fall"]["source"], enough["fall"]["enough"]) == ("levels", True)
    assert enough["fall"]["metres"] == pytest.approx(needed + 0.02, abs=1e-3)
    flat = told(shared_db, desk, readiness={"upper_level": 712.4, "lower_level": 712.38})
    assert flat["fall"]["enough"] is False
    assert "warn_flat" in codes(flat)
    message = next(item["message"] for item in flat["warnings"] if item["code"] == "warn_flat")
    assert "falls 2 cm" in message
    up = told(shared_db, desk, readiness={"upper_level": 712.0, "lower_level": 712.4})
    assert "warn_uphill" in codes(up)
    assert enough["score"] == flat["score"] == up["score"], "it gives no points"


def test_a_fall_that_is_not_enough_is_not_told_to_be_what_is_needed(shared_db: Database, desk: Desk) -> None:
    needed = told(shared_db, desk)["fall"]["needed"]
    short = told(shared_db, desk, readiness={"upper_level": 712.0, "lower_level": 712.0 - needed + 0.0005})
    message = next(item["message"] for item in short["warnings"] if item["code"] == "warn_flat")
    falls, wanted = (int(number) for number in re.findall(r"(\d+) cm", message))
    assert falls < wanted
    assert wanted - 1 <= 100 * needed <= wanted + 0.01


def test_one_level_alone_tells_nothing_and_a_hydrant_has_no_fall(shared_db: Database, desk: Desk) -> None:
    assert told(shared_db, desk, readiness={"upper_level": 712.4})["fall"]["metres"] is None
    line = a_draft(shared_db).geometry
    end = {"type": "Point", "coordinates": line["coordinates"][0]}
    assert told(shared_db, desk, work_type="hydrant", geometry=end)["fall"] is None
    assert told(shared_db, desk, work_type="road_paving")["fall"] is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("712,4", "level_not_number"), (True, "level_not_number"), (9001, "number_out_of_range"),
        (float("nan"), "number_out_of_range"),
    ],
)  # fmt: skip
def test_what_is_no_level_is_refused_at_its_place(
    shared_db: Database, desk: Desk, given: Any, code: str
) -> None:
    with pytest.raises(BadDocument) as refused:
        told(shared_db, desk, readiness={"lower_level": given})
    assert [(p.pointer, p.code) for p in refused.value.problems] == [
        ("/properties/readiness/lower_level", code)
    ]


def test_levels_are_kept_with_the_proposal(db: Database) -> None:
    levels = {"upper_level": 12.4, "lower_level": 0.0}
    made = proposals.create_proposal(db, actor(db, "planner"), a_draft(db, readiness=levels))
    assert proposals.get_proposal(db, actor(db, "planner"), made.id).readiness == levels
