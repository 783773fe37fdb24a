"""City programmes of the sample: of known kinds, in their kelurahan, and some in the way of works under review."""

from __future__ import annotations

from tests.sample.conftest import SampleCity, catalogue, metric


def test_programmes_are_of_known_kinds_and_lie_in_their_kelurahan(city: SampleCity) -> None:
    kinds, places = catalogue("asset_kinds"), city.regions("kelurahan")
    assert {row["kelurahan"] for row in city["city_programmes"]} == set(places)
    for row in city["city_programmes"]:
        assert row["kind"] in kinds
        home = metric(places[row["kelurahan"]]["geom"])
        inside = {code for code, one in places.items() if metric(one["geom"]).intersects(metric(row["geom"]))}
        assert row["kelurahan"] in inside
        assert home.distance(metric(row["geom"]).representative_point()) < 60
        assert row["source_on"] < f"{row['year'] + 1}-01-01"
    assert {True, False} == {row["public"] for row in city["city_programmes"]}


def test_reviewers_find_programmes_of_the_same_purpose_of_another_and_none(city: SampleCity) -> None:
    types = catalogue("work_types")
    reach = catalogue("gates")["city_programmes"]["within_m"]
    near: dict[str, set[bool]] = {}
    for work in city["proposals"]:
        if work["state"] == "under_review":
            there = [
                one for one in city["city_programmes"]
                if metric(one["geom"]).distance(metric(work["geom"])) <= reach
            ]  # fmt: skip
            near[work["id"]] = {one["kind"] in types[work["work_type"]]["served_by"] for one in there}
    assert {True} in near.values()
    assert {False} in near.values()
    assert set() in near.values()
