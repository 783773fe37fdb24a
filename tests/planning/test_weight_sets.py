"""Weight sets on the sample city: kept, named by rankings, drawn around, and refused with all faults at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from webgis.planning.access import PUBLIC
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, NotAllowed, NotFound, SignInNeeded
from webgis.planning.judging.desk import Desk
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.planning.ranking.robust import Asked
from webgis.planning.ranking.weighing import comparisons, pairs, weigh
from webgis.planning.ranking.weight_sets import (
    WeightSetDraft,
    add_weight_set,
    get_weight_set,
    list_weight_sets,
)
from webgis.store.database import Database

AGREED = WeightSetDraft(
    KELURAHAN, "Rembuk warga 2026", "swing", {"points": {"poor_served": 100, "land": 50}}, None,
    dt.date(2026, 3, 5), "Balai RW 05", 14, 17,
)  # fmt: skip


def of(person: str, first: str) -> WeightSetDraft:
    return WeightSetDraft(KELURAHAN, f"Bobot {person}", "direct", {"points": {first: 3, "land": 1}}, person)


def test_a_set_is_kept_with_its_meeting_and_left_in_the_audit(db: Database) -> None:
    planner = actor(db, "planner")
    made = add_weight_set(db, planner, AGREED)
    assert made["weights"]["poor_served"] == pytest.approx(2 / 3)
    assert (made["agreed"], made["met_on"], made["men"], made["women"]) == (True, dt.date(2026, 3, 5), 14, 17)
    assert get_weight_set(db, planner, made["id"]) == made
    assert list_weight_sets(db, actor(db, "reviewer", "99.01"), KELURAHAN) == [made]
    with db.transaction() as session:
        kept = session.execute(
            text("select account_id::text, reason from revision where table_name = 'weight_set'")
        )
        assert kept.one() == (planner.account_id, "bobot")


def test_every_fault_of_a_meeting_is_named_at_once(db: Database) -> None:
    planner = actor(db, "planner")
    bad = WeightSetDraft(KELURAHAN, " ", "swing", {"points": {"land": -1}}, men=-1)
    with pytest.raises(BadDocument) as caught:
        add_weight_set(db, planner, bad)
    assert {problem.pointer for problem in caught.value.problems} == {
        "/name", "/men", "/met_on", "/place", "/judgements/points/land",
    }  # fmt: skip
    for change, pointer in (
        ({"met_on": dt.date.today() + dt.timedelta(days=3)}, "/met_on"),
        ({"met_on": dt.date(1999, 1, 1)}, "/met_on"),
        ({"participant": "  "}, "/participant"),
        ({"place": "x" * 201}, "/place"),
        ({"name": "a\x00b"}, "/name"),
    ):
        with pytest.raises(BadDocument) as caught:
            add_weight_set(db, planner, replace(AGREED, **change))
        assert [problem.pointer for problem in caught.value.problems] == [pointer]
    assert list_weight_sets(db, planner, KELURAHAN) == []


def test_sets_are_for_those_of_the_place(db: Database) -> None:
    with pytest.raises(SignInNeeded):
        add_weight_set(db, PUBLIC, AGREED)
    with pytest.raises(NotAllowed):
        add_weight_set(db, actor(db, "planner", NEXT_DOOR), AGREED)
    with pytest.raises(NotAllowed):
        add_weight_set(db, actor(db, "reviewer", "99.01"), AGREED)
    made = add_weight_set(db, actor(db, "city", "99.01"), AGREED)
    with pytest.raises(NotAllowed):
        get_weight_set(db, actor(db, "partner", "99.01"), made["id"])
    with pytest.raises(NotFound):
        get_weight_set(db, actor(db, "planner"), "nonsense")
    with pytest.raises(NotFound):
        add_weight_set(db, actor(db, "admin", "99"), replace(AGREED, kelurahan="99.01.01.1009"))


def test_a_ranking_uses_the_set_it_names_and_no_other_kelurahans(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    made = add_weight_set(db, planner, AGREED)
    run = rank_kelurahan(db, desk, planner, KELURAHAN, weight_set=made["id"])
    assert run["weight_set"] == made["id"]
    assert run["weights"] == made["weights"]
    by_hand = rank_kelurahan(db, desk, planner, KELURAHAN, weights=made["weights"])
    assert by_hand["ranking"] == run["ranking"]
    for kelurahan, given in ((NEXT_DOOR, made["id"]), (KELURAHAN, "nonsense")):
        with pytest.raises(BadDocument, match="no_weight_set"):
            rank_kelurahan(db, desk, actor(db, "city", "99.01"), kelurahan, weight_set=given)
    with pytest.raises(BadDocument, match="weights_twice"):
        rank_kelurahan(db, desk, planner, KELURAHAN, weights=made["weights"], weight_set=made["id"])


def test_participants_newest_sets_are_the_spread_of_the_weights(db: Database, desk: Desk) -> None:
    planner, asked = actor(db, "planner"), Asked("participants", samples=500)

    def run() -> dict[str, Any]:
        return rank_kelurahan(db, desk, planner, KELURAHAN, robustness=asked)

    with pytest.raises(BadDocument, match="no_participants"):
        run()
    add_weight_set(db, planner, of("Sri", "flood"))
    sri = add_weight_set(db, planner, of("Sri", "poor_served"))
    alone = run()
    assert alone["robustness"]["participants"] == [sri["id"]]
    agus = add_weight_set(db, planner, of("Agus", "flood"))
    both = run()
    assert both["robustness"]["participants"] == [agus["id"], sri["id"]]
    assert [row["score"] for row in both["ranking"]] == [row["score"] for row in alone["ranking"]]
    spread = [
        [row["robustness"]["share"] for row in made["ranking"] if row["passes"]] for made in (alone, both)
    ]
    assert spread[0] != spread[1]


def test_a_set_of_older_criteria_is_not_used(
    db: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner = actor(db, "planner")
    made = add_weight_set(db, planner, AGREED)
    newer = replace(catalogue(), version="2027.1")
    monkeypatch.setattr("webgis.planning.ranking.weight_sets.catalogue", lambda: newer)
    with pytest.raises(BadDocument, match="weight_set_outdated"):
        rank_kelurahan(db, desk, planner, KELURAHAN, weight_set=made["id"])


def test_the_median_of_the_participants_ranks_and_names_whose_it_is(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    with pytest.raises(BadDocument) as caught:
        rank_kelurahan(db, desk, planner, KELURAHAN, weight_set="median")
    assert caught.value.problems[0].code == "no_participants"
    sets = [add_weight_set(db, planner, of(person, first)) for person, first in (
        ("Ibu Sari", "poor_served"), ("Pak Budi", "poor_served"), ("Ibu Ani", "flood"),
    )]  # fmt: skip
    run = rank_kelurahan(db, desk, planner, KELURAHAN, weight_set="median")
    assert run["weights"]["poor_served"] == pytest.approx(0.75)
    assert (run["weights"]["land"], run["weights"]["flood"]) == (pytest.approx(0.25), 0)
    assert sorted(run["median_of"]) == sorted(one["id"] for one in sets) and run["weight_set"] is None
    other = rank_kelurahan(db, desk, planner, KELURAHAN)
    assert other["median_of"] == []
    for person, only in (("Ibu Sari", "swadaya"), ("Pak Budi", "slope"), ("Ibu Ani", "flood")):
        add_weight_set(db, planner, replace(of(person, only), judgements={"points": {only: 1}}))
    with pytest.raises(BadDocument) as caught:
        rank_kelurahan(db, desk, planner, KELURAHAN, weight_set="median")
    assert caught.value.problems[0].code == "no_median"


def test_participants_who_all_judged_by_pairs_count_by_their_judgements(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    said = {person: _pairs(times) for person, times in (("Ibu Sari", 2), ("Pak Budi", 8))}
    for person, judgements in said.items():
        add_weight_set(db, planner, WeightSetDraft(KELURAHAN, person, "ahp", judgements, person))
    run = rank_kelurahan(db, desk, planner, KELURAHAN, weight_set="median")
    assert run["weights"] == pytest.approx(dict(weigh("ahp", _pairs(4)).weights))
    mixed = add_weight_set(db, planner, of("Ibu Ani", "flood"))
    run = rank_kelurahan(db, desk, planner, KELURAHAN, weight_set="median")
    assert run["weights"] != pytest.approx(dict(weigh("ahp", _pairs(4)).weights))
    assert mixed["id"] in run["median_of"]


def _pairs(times: float) -> dict[str, Any]:
    """Whatever is named first matters `times` as much."""
    return {
        "pairs": [
            {"a": a, "b": b, "times": times} for members in comparisons().values() for a, b in pairs(members)
        ]
    }
