"""Proposals of the sample city: every state by an allowed path, money that adds up, papers, votes."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
import shapely

from sample_layers.generator import money
from tests.sample.conftest import DATA, SampleCity, catalogue, metric
from webgis.planning.review import transitions
from webgis.sample import read_layer

STATES = {
    "draft", "submitted", "verified", "under_review", "approved", "returned", "rejected", "funded",
    "under_construction", "completed", "withdrawn",
}  # fmt: skip
NEXT = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"verified", "withdrawn"},
    "verified": {"under_review", "approved", "returned", "rejected", "withdrawn"},
    "under_review": {"approved", "returned", "rejected", "withdrawn"},
    "returned": {"submitted", "withdrawn"},
    "approved": {"funded", "withdrawn"},
    "funded": {"under_construction"},
    "under_construction": {"completed"},
}
FUNDS = {"blm", "bdi", "paket", "apbd", "apbd_prov", "dak", "apbn", "hibah", "swasta", "swadaya", "lainnya"}


def family(geometry: shapely.Geometry) -> str:
    return {"Point": "point", "LineString": "line", "Polygon": "polygon"}[geometry.geom_type]


def test_every_state_occurs(city: SampleCity) -> None:
    assert {row["state"] for row in city["proposals"]} == STATES


def test_every_kelurahan_has_ten_proposals_and_the_slum_one_most(city: SampleCity) -> None:
    counts = Counter(row["kelurahan"] for row in city["proposals"])
    assert set(counts) == set(city.regions("kelurahan"))
    assert min(counts.values()) >= 10
    slums = Counter(row["kelurahan"] for row in city["slum_areas"])
    assert counts.most_common(1)[0][0] == slums.most_common(1)[0][0]


def test_a_proposal_lies_in_one_kelurahan_and_fits_its_work_type(city: SampleCity) -> None:
    types, kelurahan = catalogue("work_types"), city.regions("kelurahan")
    for row in city["proposals"]:
        kind = types[row["work_type"]]
        assert kelurahan[row["kelurahan"]]["geom"].contains(row["geom"])
        assert family(row["geom"]) in kind["geometry"]
        assert row["unit"] == kind["unit"]
        assert row["rw"] in city.regions("rw")
        assert row["rw"].startswith(row["kelurahan"])
    assert len({row["work_type"] for row in city["proposals"]}) >= 30


def test_funding_sums_to_the_cost(city: SampleCity) -> None:
    used: set[str] = set()
    for row in city["proposals"]:
        assert sum(row["funding"].values()) == row["cost"] > 0
        assert all(isinstance(amount, int) and amount > 0 for amount in row["funding"].values())
        used |= set(row["funding"])
    assert used == FUNDS


def test_cost_is_near_volume_times_unit_cost(city: SampleCity) -> None:
    types = money.catalogue()
    for row in city["proposals"]:
        usual = row["volume"] * float(str(types[row["work_type"]]["unit_cost"]))
        assert 0.6 * usual < row["cost"] < 1.6 * usual
        if not row["cost_typed"]:
            assert row["cost"] == round(usual)


def test_the_length_of_a_line_is_its_volume(city: SampleCity) -> None:
    for row in city["proposals"]:
        if row["unit"] == "m":
            assert row["volume"] == pytest.approx(metric(row["geom"]).length, rel=0.002, abs=0.1)


def test_reviews_tell_an_allowed_path_to_the_state(city: SampleCity) -> None:
    for row in city["proposals"]:
        now, last = "draft", datetime.fromisoformat(row["created_at"])
        for review in row["reviews"]:
            assert review["from_state"] == now
            assert review["to_state"] in NEXT[now]
            assert review["author"] and review["note"]
            assert datetime.fromisoformat(review["at"]) > last
            now, last = review["to_state"], datetime.fromisoformat(review["at"])
        assert now == row["state"]


def test_reviews_speak_of_steps_the_application_knows(city: SampleCity) -> None:
    for row in city["proposals"]:
        for review in row["reviews"]:
            ways = transitions.WAYS[review["action"]]
            assert (review["from_state"], review["to_state"]) in {(way.source, way.target) for way in ways}


def test_only_paket_proposals_are_under_review(city: SampleCity) -> None:
    for row in city["proposals"]:
        passed = {review["to_state"] for review in row["reviews"]}
        assert ("under_review" in passed) <= row["is_paket"]
        assert ("paket" in row["funding"]) == row["is_paket"]


def test_proposals_spread_over_two_years_and_residents_comment(city: SampleCity) -> None:
    years = Counter(row["created_at"][:4] for row in city["proposals"])
    assert set(years) == {"2025", "2026"}
    assert min(years.values()) >= 20
    comments = [c for row in city["proposals"] for c in row["comments"]]
    assert len(comments) >= 40
    assert all(c["author"].startswith("Warga RT") for c in comments)


def test_no_forum_counts_more_votes_than_voters(city: SampleCity) -> None:
    home = {row["id"]: row["kelurahan"] for row in city["proposals"] if row["state"] != "draft"}
    forums = [item["properties"] for item in read_layer(DATA, "forums")]
    assert len({forum["kelurahan"] for forum in forums}) == 6
    for forum in forums:
        assert {home[key] for key in forum["votes"]} == {forum["kelurahan"]}
        for given in forum["votes"].values():
            assert 0 <= given["men"] <= forum["men"] and 0 <= given["women"] <= forum["women"]


def test_readiness_has_every_paper(city: SampleCity) -> None:
    papers = {"survey", "drawing", "cost_estimate", "site_check", "operator", "fee", "schedule", "rules"}
    for row in city["proposals"]:
        assert row["readiness"].keys() == papers | {"land", "cofunding"}
        assert row["readiness"]["cofunding"] in {"none", "verbal", "letter"}
        assert row["readiness"]["land"] in {"none", "verbal", "signed", "certificate"}
