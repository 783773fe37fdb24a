"""What a draft must be: every fault named with its place and a sentence in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from webgis.planning.errors import BadDocument
from webgis.planning.proposals.drafts import ProposalDraft, check
from webgis.planning.sentences.messages import message

LINE = {"type": "LineString", "coordinates": [[107.7, -5.6], [107.701, -5.6]]}
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[107.7, -5.6], [107.701, -5.601], [107.701, -5.6], [107.7, -5.601], [107.7, -5.6]]],
}


def draft(**changes: Any) -> ProposalDraft:
    return ProposalDraft(**({"title": "Drainase", "work_type": "drain_new", "geometry": LINE} | changes))


def faults(**changes: Any) -> dict[str, str]:
    with pytest.raises(BadDocument) as caught:
        check(draft(**changes))
    for problem in caught.value.problems:
        for lang in ("id", "en"):
            words = message(problem.code, problem.params, lang)
            assert words != problem.code and "…" not in words
    return {problem.pointer: problem.code for problem in caught.value.problems}


def test_volume_and_cost_follow_from_the_line() -> None:
    made = check(draft())
    assert made.volume == pytest.approx(110.8, abs=0.2)  # 0.001 degrees of longitude at 5.6 S
    assert made.cost == round(made.volume * 750_000)


def test_a_typed_volume_and_cost_stay() -> None:
    made = check(draft(volume=100.0, cost=80_000_000))
    assert (made.volume, made.cost) == (100.0, 80_000_000)


def test_points_count_as_units() -> None:
    made = check(draft(work_type="mck", geometry={"type": "Point", "coordinates": [107.7, -5.6]}))
    assert (made.volume, made.cost) == (1.0, made.type.unit_cost)


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"title": "  "}, "/properties/title", "title_missing"),
        ({"title": "x" * 201}, "/properties/title", "text_too_long"),
        ({"work_type": "drain_old"}, "/properties/work_type", "unknown_work_type"),
        ({"volume": 0.0}, "/properties/volume", "volume_out_of_range"),
        ({"volume": float("nan")}, "/properties/volume", "volume_out_of_range"),
        ({"cost": -5}, "/properties/cost", "cost_out_of_range"),
        ({"cost": 10**18}, "/properties/cost", "cost_out_of_range"),
        ({"funding": {"apbd": -1}}, "/properties/funding/apbd", "funding_out_of_range"),
        ({"funding": {"gold": 5}}, "/properties/funding/gold", "unknown_fund"),
        ({"funding": {"blm": 10**11}}, "/properties/funding", "funding_above_cost"),
        ({"readiness": {"land": "maybe"}}, "/properties/readiness/land", "unknown_land"),
        ({"readiness": {"prayer": True}}, "/properties/readiness/prayer", "unknown_paper"),
        ({"readiness": {"fee": "yes"}}, "/properties/readiness/fee", "paper_not_boolean"),
        ({"geometry": BOW_TIE, "work_type": "green_space"}, "/geometry", "polygon_crosses_itself"),
        ({"geometry": {"type": "LineString", "coordinates": [[107.7, -5.6], [107.7, -5.6]]}}, "/geometry",
         "line_without_length"),
        ({"geometry": {"type": "LineString", "coordinates": [[107.7, -5.6]]}}, "/geometry", "geometry_unreadable"),
        ({"geometry": {"type": "Point", "coordinates": [107.7, -5.6]}}, "/geometry/type", "geometry_kind"),
        ({"geometry": {"type": "LineString", "coordinates": [[788429, 9235409], [788500, 9235409]]}},
         "/geometry/coordinates", "coordinates_out_of_bounds"),
        ({"geometry": {"type": "GeometryCollection", "geometries": []}}, "/geometry", "geometry_empty"),
        ({"geometry": {"type": "LineString", "coordinates": [[107 + i / 1e5, -5.6] for i in range(6000)]}},
         "/geometry", "geometry_too_large"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(changes: dict[str, Any], pointer: str, code: str) -> None:
    assert faults(**changes).get(pointer) == code


def test_all_faults_are_named_at_once() -> None:
    assert len(faults(title="", work_type="?", cost=0, geometry={"type": "Point", "coordinates": []})) == 4


def test_the_place_of_a_crossing_is_said() -> None:
    with pytest.raises(BadDocument) as caught:
        check(draft(geometry=BOW_TIE, work_type="green_space"))
    assert caught.value.problems[0].params["lon"] == pytest.approx(107.7005, abs=1e-6)


def test_near_names_of_a_work_type_are_offered() -> None:
    with pytest.raises(BadDocument) as caught:
        check(draft(work_type="drain_nev"))
    assert "drain_new" in caught.value.problems[0].params["known"]


def test_keys_stand_in_sentences_as_words() -> None:
    params = {"work_type": "drain_new", "given": "point", "wanted": "line, polygon"}
    assert message("geometry_kind", params, "id").endswith("digambar sebagai garis, bidang, bukan titik.")
    assert "a line, an area, not as a point" in message("geometry_kind", params, "en")
    told = message(
        "no_transition", {"state": "draft", "action": "complete", "possible": "submit, withdraw"}, "id"
    )
    assert "“Konsep”" in told and "ajukan, tarik" in told
    assert message("stale_version", {"who": "", "when": "10.42 WIB"}, "id").startswith("Seseorang")
    assert message("unknown_work_type", {"given": "line", "known": "x"}, "id").count("line") == 1
