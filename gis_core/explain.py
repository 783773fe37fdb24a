"""Scores, differences and swaps of places as data and as sentences in Indonesian and English.

It knows nothing about where names come from or how they are shown. What is shown adds up: parts to the score, and
differences of parts to the difference of the scores (method 3.3, 4.3, 4.5).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from numpy.typing import ArrayLike

from gis_core import sensitivity
from gis_core.ranking import display_parts, shown_score
from gis_core.wording import WordTable, and_others, inward, number, percent, say

Names = Mapping[str, str]

_HAIR: Final = 1e-9
"""Weights as near to 0 or 1 are 0 or 1."""

WORDS: Final[WordTable] = {
    "score": ("Nilai {score} dari 100: {parts}.", "Score {score} of 100: {parts}."),
    "nothing": ("tidak ada kriteria yang memberi nilai", "no criterion gives points"),
    "part": ("{name} {points}", "{name} {points}"),
    "open": (
        "Masih ada yang belum diketahui: nilainya bisa {low} sampai {high}.",
        "Something is not known yet: the score may be anything from {low} to {high}.",
    ),
    "gains": ("Yang bisa menaikkan nilainya: {parts}.", "What would raise it: {parts}."),
    "lead": ("{first} unggul {lead} atas {second}: {parts}.", "{first} leads {second} by {lead}: {parts}."),
    "level": ("{first} dan {second} bernilai sama.", "{first} and {second} have the same score."),
    "narrow": (
        "{first} unggul kurang dari 0,1 atas {second}: {parts}.",
        "{first} leads {second} by less than 0.1: {parts}.",
    ),
    "at_least": (
        "{behind} naik di atas {ahead} bila bobot {name} ≥ {at} (sekarang {now}).",
        "{behind} moves above {ahead} once the weight of {name} is ≥ {at} (now {now}).",
    ),
    "at_most": (
        "{behind} naik di atas {ahead} bila bobot {name} ≤ {at} (sekarang {now}).",
        "{behind} moves above {ahead} once the weight of {name} is ≤ {at} (now {now}).",
    ),
    "never": (
        "Tidak ada satu bobot yang, digeser sendiri, menaikkan {behind} di atas {ahead}.",
        "No single weight, moved alone, lifts {behind} above {ahead}.",
    ),
    "dominated": (
        "{behind} tidak lebih baik di kriteria mana pun, jadi bobot apa pun tidak menaikkannya di atas {ahead}.",
        "{behind} is better on no criterion, so no weights lift it above {ahead}.",
    ),
    "stays": (
        "{first} tetap sama selama bobot “{name}” {span} (sekarang {now}).",
        "{first} the same while the weight of “{name}” is {span} (now {now}).",
    ),
    "top": ("{top} besar", "The top {top} stay"),
    "top_one": ("Tempat pertama", "First place stays"),
    "between": ("antara {low} dan {high}", "between {low} and {high}"),
    "from": ("paling sedikit {low}", "at least {low}"),
    "up_to": ("paling banyak {high}", "at most {high}"),
    "stays_always": (
        "{first} tetap sama, ke mana pun satu bobot digeser sendiri.",
        "{first} the same wherever a single weight is moved, alone.",
    ),
    "line_turns": (
        "Tempat {place} dan {next}: “{last}” dan “{then}” bertukar bila {moved} dari seluruh bobot dipindahkan ke "
        "kriteria lain.",
        "Places {place} and {next}: “{last}” and “{then}” swap once {moved} of all weight is moved to other criteria.",
    ),
    "line_level": (
        "Tempat {place} dan {next}: “{last}” dan “{then}” bernilai sama.",
        "Places {place} and {next}: “{last}” and “{then}” have the same score.",
    ),
    "line_never": (
        "Tempat {place} dan {next}: bobot apa pun tidak menaikkan “{then}” di atas “{last}”.",
        "Places {place} and {next}: no weights lift “{then}” above “{last}”.",
    ),
    "moved": (
        "Dengan menggeser beberapa bobot sekaligus: cukup {moved} dari seluruh bobot dipindahkan.",
        "Moving several weights at once: {moved} of all weight is enough.",
    ),
    "behind_first": (
        "Untuk tempat pertama kurang {points} nilai.",
        "It is {points} points short of first place.",
    ),
    "first_with": (
        "Menjadi yang pertama bila bobot “{name}” {span} (sekarang {now}).",
        "It would be first with a weight of “{name}” of {span} (now {now}).",
    ),
    "first_never": (
        "Tidak ada satu bobot yang, digeser sendiri, menjadikannya yang pertama.",
        "No single weight, moved alone, makes it the first.",
    ),
}


class Part(NamedTuple):
    """Points of a criterion, or by how many they differ, as shown: one decimal."""

    criterion: str
    points: float


class Shown(NamedTuple):
    """A score or a difference of two as shown; parts, largest in size first, add up to the total."""

    total: float
    parts: tuple[Part, ...]


class Span(NamedTuple):
    """A criterion, its weight now, and the weights for which something holds, as shares of 1."""

    criterion: str
    now: float
    low: float
    high: float


class Swap(NamedTuple):
    """A criterion and the share of weight, now and at which two proposals change places, on 0..1."""

    criterion: str
    now: float
    at: float


def shown(contributions: Mapping[str, float], score: float) -> Shown:
    """A score of 0..100 with its contributions by criterion, rounded so that the parts add up."""
    parts = display_parts([float(part) for part in contributions.values()], score)
    return _ordered(shown_score(score), zip(contributions, parts, strict=True))


def difference(first: Shown, second: Shown) -> Shown:
    """By how much the first leads (negative: trails), and where from, of two scores of the same criteria."""
    theirs = dict(second.parts)
    parts = [(name, round(points - theirs[name], 1)) for name, points in first.parts]
    return _ordered(round(first.total - second.total, 1), parts)


def gains(
    weights: Mapping[str, float], contributions: Mapping[str, float], among: Sequence[str]
) -> tuple[Part, ...]:
    """What each criterion of `among` could still add, 100 w (1 - v), largest first, nothings left out."""
    left = [(name, round(100.0 * weights[name] - contributions[name], 1)) for name in among]
    return tuple(part for part in _ordered(0.0, left).parts if part.points > 0)


def swaps(criteria: Sequence[str], weights: Sequence[float], lead: ArrayLike) -> tuple[Swap, ...]:
    """The weights at which the proposal that trails draws level, nearest to the present weight first.

    weights, lead: (m,) weights and differences of values in -1..1, of `criteria`; method 4.3. Empty if none
    does, and where there is no lead. At 0 and 1 they are level, and no weight beyond turns them round: no swap. Raises
    BadInput as `sensitivity` does.
    """
    if sensitivity.lead(weights, lead) == 0:
        return ()
    ends = sensitivity.single_weight_at_swap(weights, lead)
    found = [
        Swap(name, now, at)
        for name, now, at in zip(criteria, weights, ends, strict=True)
        if at is not None and _HAIR < at < 1 - _HAIR
    ]
    return tuple(sorted(found, key=lambda swap: abs(swap.at - swap.now)))


def say_score(
    score: Shown, names: Names, lang: str, low: float | None = None, high: float | None = None
) -> str:
    """A score with its largest parts, and the interval where something is unknown."""
    parts = [part for part in score.parts if part.points > 0]
    listed = _listed(parts, names, lang) if parts else say(WORDS, "nothing", lang)
    told = say(WORDS, "score", lang, score=number(score.total, lang), parts=listed)
    if low is None or high is None or shown_score(low) == shown_score(high):
        return told
    ends = {"low": number(shown_score(low), lang), "high": number(shown_score(high), lang)}
    return f"{told} {say(WORDS, 'open', lang, **ends)}"


def say_gains(found: Sequence[Part], names: Names, lang: str) -> str:
    """What would raise a score; nothing to say if nothing would."""
    return say(WORDS, "gains", lang, parts=_listed(found, names, lang, signed=True)) if found else ""


def say_difference(first: str, second: str, found: Shown, lead: float, names: Names, lang: str) -> str:
    """Who leads by how much and what makes it, the leader's advantages with a plus.

    lead: as it is before rounding, below 0 if the first trails; one that rounds to nothing is a lead all the same.
    """
    if lead < 0:
        turned = Shown(-found.total, tuple(Part(name, -points) for name, points in found.parts))
        return say_difference(second, first, turned, -lead, names, lang)
    if lead == 0:
        return say(WORDS, "level", lang, first=first, second=second)
    parts = _listed([part for part in found.parts if part.points], names, lang, signed=True)
    told = {"first": first, "second": second, "parts": parts}
    if found.total <= 0:
        return say(WORDS, "narrow", lang, **told)
    return say(WORDS, "lead", lang, lead=number(found.total, lang), **told)


def say_swap(ahead: str, behind: str, swap: Swap, names: Names, lang: str) -> str:
    """At which weight the one behind comes out ahead, in the first whole percent where it does."""
    up = swap.at >= swap.now
    at = math.floor(swap.at * 100 + 1e-9) + 1 if up else math.ceil(swap.at * 100 - 1e-9) - 1
    numbers = {"at": percent(at, lang), "now": percent(swap.now * 100, lang, 1)}
    key = "at_least" if up else "at_most"
    return say(WORDS, key, lang, ahead=ahead, behind=behind, name=names[swap.criterion], **numbers)


def say_no_swap(ahead: str, behind: str, lang: str, dominated: bool) -> str:
    """That no single weight turns two proposals round, or that no weights at all do."""
    return say(WORDS, "dominated" if dominated else "never", lang, ahead=ahead, behind=behind)


def say_stays(top: int, span: Span, names: Names, lang: str) -> str:
    """The weights of a criterion for which the first `top` stay, rounded to where they surely do."""
    told = {"name": names[span.criterion], "now": percent(span.now * 100, lang, 1)}
    return say(WORDS, "stays", lang, first=_first(top, lang), span=_spanned(span, lang), **told)


def say_stays_always(top: int, lang: str) -> str:
    """That no single weight changes the first `top`."""
    return say(WORDS, "stays_always", lang, first=_first(top, lang))


def say_line(place: int, last: str, then: str, moved: float | None, lang: str) -> str:
    """What turns a place and the next round: the share of weight that must at least move, None if no weights do."""
    key = "line_never" if moved is None else "line_turns" if moved > 0 else "line_level"
    told = {"place": place, "next": place + 1, "last": last, "then": then}
    return say(WORDS, key, lang, moved=inward(moved or 0.0, lang, up=True), **told)


def say_moved(moved: float, lang: str) -> str:
    """The least weight that must move between criteria for two proposals to be level."""
    return say(WORDS, "moved", lang, moved=inward(moved, lang, up=True))


def say_to_first(points: float, span: Span | None, names: Names, lang: str) -> str:
    """What separates a proposal from first place: points, and the nearest single weight that would put it there.

    span: the weights for which it is first, None if there are none.
    """
    behind = say(WORDS, "behind_first", lang, points=number(max(shown_score(points), 0.1), lang))
    if span is None:
        return f"{behind} {say(WORDS, 'first_never', lang)}"
    told = {"name": names[span.criterion], "now": percent(span.now * 100, lang, 1)}
    return f"{behind} {say(WORDS, 'first_with', lang, span=_spanned(span, lang), **told)}"


def _first(top: int, lang: str) -> str:
    return say(WORDS, "top_one" if top == 1 else "top", lang, top=top)


def _spanned(span: Span, lang: str) -> str:
    """A range of weights in words; an end of 0 or 1 is no limit."""
    key = "from" if span.high >= 1 else "up_to" if span.low <= 0 else "between"
    return say(WORDS, key, lang, low=inward(span.low, lang, up=True), high=inward(span.high, lang, up=False))


def _ordered(total: float, parts: Iterable[tuple[str, float]]) -> Shown:
    found = [Part(name, points + 0.0) for name, points in parts]
    return Shown(total, tuple(sorted(found, key=lambda part: -abs(part.points))))


def _listed(parts: Sequence[Part], names: Names, lang: str, signed: bool = False, most: int = 3) -> str:
    """The largest parts in words."""
    told = [
        say(WORDS, "part", lang, name=names[part.criterion], points=number(part.points, lang, signed))
        for part in parts[:most]
    ]
    return and_others(", ".join(told), lang) if len(parts) > most else ", ".join(told)
