"""Numbers, lengths and moments read as people here write them, in both languages and in every sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from webgis.planning.sentences import PARTS, WORDS
from webgis.planning.sentences.messages import message
from webgis.planning.written import Metres, Points, SquareMetres, area, length, moment, number, plain, written


def test_numbers_follow_the_language() -> None:
    assert number(1234.5, "id", 1) == "1.234,5"
    assert number(1234.5, "en", 1) == "1,234.5"
    assert number(-5, "id") == "−5"
    assert number(-0.01, "id") == "0"
    assert number(None, "id") == "–"
    assert plain(10_000.5, "id") == "10.000,5"
    assert (plain(-0.004, "id"), plain(-0.0, "en"), plain(-0.006, "en")) == ("0", "0", "−0.01")


@pytest.mark.parametrize(
    ("metres", "indonesian", "english"),
    [(3.46, "3,5 m", "3.5 m"), (38, "38 m", "38 m"), (999.4, "999 m", "999 m"), (999.7, "1,0 km", "1.0 km"),
     (10_639, "10,6 km", "10.6 km"), (1_234_567, "1.234,6 km", "1,234.6 km")],
)  # fmt: skip
def test_lengths_are_told_in_the_unit_one_would_say(metres: float, indonesian: str, english: str) -> None:
    assert length(metres, "id") == indonesian
    assert length(metres, "en") == english


def test_quantities_know_their_unit() -> None:
    assert written(Metres(10_639), "id") == "10,6 km"
    assert written(SquareMetres(340.4), "id") == "340 m²"
    assert area(12_345, "en") == "1.2 ha"
    assert (written(Points(1), "en"), written(Points(2), "en"), written(Points(2), "id")) == (
        "1 point", "2 points", "2 titik",
    )  # fmt: skip
    assert (written(True, "id"), written("1000", "id"), written(0.3, "id")) == (True, "1000", "0,3")


def test_a_moment_is_told_with_its_day_unless_it_is_today() -> None:
    now = dt.datetime.now(dt.UTC)
    assert moment(now, "id").count(" ") == 1
    past = dt.datetime(2026, 3, 4, 20, 5, tzinfo=dt.UTC)
    assert moment(past, "id") == "5 Maret 2026 03.05 WIB"
    assert moment(past, "en") == "5 March 2026 03:05 WIB"


def test_sentences_write_every_number_of_theirs() -> None:
    assert "1.000.000" in message("volume_out_of_range", {"largest": 1_000_000})
    assert "1,000,000" in message("volume_out_of_range", {"largest": 1_000_000}, "en")
    assert "lebih dari 0,3 m" in message("warn_flood", {"percent": 40, "depth": 0.3})
    assert "14 m dari" in message("warn_downstream", {"distance": Metres(14)})


def test_no_code_stands_twice() -> None:
    assert sum(len(part) for part in PARTS) == len(WORDS)


def test_a_variant_is_another_sentence_of_the_same_code() -> None:
    for code in (key for key in WORDS if ":" in key):
        plain_code, variant = code.split(":")
        assert plain_code in WORDS
        assert message(plain_code, {"variant": variant}) != message(plain_code)
