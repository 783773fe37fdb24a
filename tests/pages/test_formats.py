"""Numbers, money and dates read as people here write them, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from webgis.pages.wording import formats

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("rupiah", "indonesian", "english"),
    [
        (96_300_000, "Rp 96,3 juta", "Rp 96.3 million"),
        (3_200_000_000, "Rp 3,2 miliar", "Rp 3.2 billion"),
        (16_000_000, "Rp 16 juta", "Rp 16 million"),
        (327_500_000, "Rp 328 juta", "Rp 328 million"),
        (999_999_999, "Rp 1 miliar", "Rp 1 billion"),
        (750_000, "Rp 750.000", "Rp 750,000"),
        (0, "Rp 0", "Rp 0"),
    ],
)
def test_money_is_short_as_it_is_spoken(rupiah: int, indonesian: str, english: str) -> None:
    assert formats.short_money(rupiah, "id").replace(NB, " ") == indonesian
    assert formats.short_money(rupiah, "en").replace(NB, " ") == english


def test_numbers_follow_the_language() -> None:
    assert formats.signed(3, "id") == "+3"
    assert formats.percent(0.683, "id").replace(NB, " ") == "68 %"
    assert formats.percent(0.683, "en") == "68%"


def test_volumes_carry_their_unit_in_words() -> None:
    assert formats.quantity(128, "m", "id").replace(NB, " ") == "128 m"
    assert formats.quantity(82.9, "m", "id").replace(NB, " ") == "82,9 m"
    assert formats.quantity(1, "unit", "en").replace(NB, " ") == "1 unit"
    assert formats.quantity(47, "KK", "en").replace(NB, " ") == "47 households"


def test_dates_are_words_in_the_time_of_jakarta() -> None:
    evening = dt.datetime(2026, 3, 4, 20, 0, tzinfo=dt.UTC)
    assert formats.day(evening, "id") == "5 Maret 2026"
    assert formats.day(evening, "en") == "5 March 2026"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "di bawah 5 KK"), (4, "di bawah 5 KK"), (5, "5–9 KK"), (50, "50 KK atau lebih")]
)
def test_bands_hide_the_count(count: int, text: str) -> None:
    assert formats.band(count, "id").replace(NB, " ") == text
