"""Poor households of the sample city: as many as in Bandung, in their RT, and nobody is named."""

from __future__ import annotations

import json

import pytest
import shapely

from tests.sample.conftest import SampleCity


def test_there_are_about_six_thousand_poor_households(city: SampleCity) -> None:
    assert 5_500 <= len(city["households"]) <= 6_500


def test_a_household_lies_inside_its_rt(city: SampleCity) -> None:
    rts = city.regions("rt")
    for row in rts.values():
        shapely.prepare(row["geom"])
    assert all(rts[row["rt"]]["geom"].contains(row["geom"]) for row in city["households"])


def test_households_carry_no_name_and_no_identity_number(city: SampleCity) -> None:
    allowed = {
        "id", "rt", "members", "elderly", "under_five", "disabled", "female_headed", "decile", "register",
        "register_date", "geom",
    }  # fmt: skip
    assert {key for row in city["households"] for key in row} == allowed
    text = json.dumps(
        [{k: v for k, v in row.items() if k not in ("geom", "id")} for row in city["households"]]
    )
    assert "nama" not in text.lower()
    assert "nik" not in text.lower()


def test_members_of_a_household_add_up(city: SampleCity) -> None:
    for row in city["households"]:
        assert 1 <= row["members"] <= 9
        assert row["elderly"] <= row["members"]
        assert row["under_five"] <= max(row["members"] - 1, 0)
        assert 1 <= row["decile"] <= 4


def test_share_of_poor_families_is_like_bandungs(city: SampleCity) -> None:
    assert len(city["households"]) / city.regions("kota")["99.01"]["households"] == pytest.approx(
        0.40, abs=0.03
    )
