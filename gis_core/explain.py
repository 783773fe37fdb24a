"""Scores, differences, robustness and swaps of places as data and as sentences in Indonesian and English.

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
from gis_core.robustness import Standing, Verdict

Names = Mapping[str, str]

VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    "robust": ("kokoh", "robust"),
    "fairly_robust": ("cukup kokoh", "fairly robust"),
    "weight_sensitive": ("peka terhadap bobot", "sensitive to the weights"),
}
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "first": (
        "{word}: berada di tempat pertama pada {share} kemungkinan bobot.",
        "{word}: in first place for {share} of the possible weights.",
    ),
    "not_first": (
        "{word}: tetap di bawah tempat pertama pada {share} kemungkinan bobot.",
        "{word}: stays below first place for {share} of the possible weights.",
    ),
    "inside": (
        "{word}: berada di {top} besar pada {share} kemungkinan bobot.",
        "{word}: in the top {top} for {share} of the possible weights.",
    ),
    "outside": (
        "{word}: tetap di luar {top} besar pada {share} kemungkinan bobot.",
        "{word}: stays outside the top {top} for {share} of the possible weights.",
    ),
    "without": (
        "Tanpa “{name}” – {standing}",
        "Without “{name}” – {standing}",
    ),
    "together": (
        "“{first}” dan “{second}” naik turun bersama pada {count} usulan (ρ = {rho}): hal yang sama mungkin dihitung "
        "dua kali.",
        "“{first}” and “{second}” rise and fall together over {count} proposals (ρ = {rho}): the same thing may be "
        "counted twice.",
    ),
    "opposite": (
        "Bila “{first}” tinggi, “{second}” hampir selalu rendah pada {count} usulan (ρ = {rho}): keduanya mengukur hal "
        "yang sama dan saling meniadakan.",
        "Where “{first}” is high, “{second}” is nearly always low over {count} proposals (ρ = {rho}): both measure the "
        "same thing and cancel each other.",
    ),
    "apart": (
        "Tidak ada dua kriteria yang naik turun bersama sehingga dihitung dua kali.",
        "No two criteria run together so that something would be counted twice.",
    ),
    "overweight": (
        "{names} bersama berbobot {weight}, lebih dari {most}: tempat kumuh karena layanannya kurang, jadi hal yang "
        "sama dihitung dua kali.",
        "{names} weigh {weight} together, more than {most}: a place is slummy because the service is missing, so the "
        "same is counted twice.",
    ),
    "changed": ("“{title}” ({now} → {then})", "“{title}” ({now} → {then})"),
    "without_same": (
        "Tanpa “{name}”, yang tumpang tindih dengan kekurangan layanan, semua tempat tetap sama kokohnya.",
        "Without “{name}”, which overlaps with the deficit of the service, every place is as firm as before.",
    ),
    "without_changed": (
        "Tanpa “{name}”, yang tumpang tindih dengan kekurangan layanan, ini berubah: {changes}.",
        "Without “{name}”, which overlaps with the deficit of the service, this changes: {changes}.",
    ),
    "score": ("Nilai {score} dari 100: {parts}.", "Score {score} of 100: {parts}."),
    "nothing": ("tidak ada kriteria yang memberi nilai", "no criterion gives points"),
    "part": ("{name} {points}", "{name} {points}"),
    "and_others": ("{parts}, dan lainnya", "{parts}, and others"),
    "open": (
        "Masih ada yang belum diketahui: nilainya bisa {low} sampai {high}.",
        "Something is not known yet: the score may be anything from {low} to {high}.",
    ),
    "gains": ("Yang bisa menaikkan nilainya: {parts}.", "What would raise it: {parts}."),
    "lead": ("{first} unggul {lead} atas {second}: {parts}.", "{first} leads {second} by {lead}: {parts}."),
    "level": ("{first} dan {second} bernilai sama.", "{first} and {second} have the same score."),
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
    does, and where there is no lead. Raises BadInput as `sensitivity` does.
    """
    if sensitivity.lead(weights, lead) == 0:
        return ()
    ends = sensitivity.single_weight_at_swap(weights, lead)
    found = [
        Swap(name, now, at) for name, now, at in zip(criteria, weights, ends, strict=True) if at is not None
    ]
    return tuple(sorted(found, key=lambda swap: abs(swap.at - swap.now)))


def say_verdict(verdict: Verdict, lang: str) -> str:
    """Robustness in two words: kokoh, cukup kokoh, peka terhadap bobot."""
    return VERDICTS[verdict][lang == "en"]


def say_standing(standing: Standing, lang: str) -> str:
    """Robustness as a sentence. The share is rounded down, so that it never says more than the word."""
    names = ("first", "not_first") if standing.top == 1 else ("inside", "outside")
    share = _percent(math.floor(standing.share * 100 + 1e-9), lang)
    word = say_verdict(standing.verdict, lang).capitalize()
    return _say(names[not standing.inside], lang, word=word, top=standing.top, share=share)


def say_without(name: str, held: Standing, lang: str) -> str:
    """How the same line holds when a criterion is taken away."""
    told = say_standing(held, lang)
    return _say("without", lang, name=name, standing=told[0].lower() + told[1:])


def say_together(first: str, second: str, rho: float, count: int, lang: str) -> str:
    """That two criteria run together over so many proposals, or against each other (method 3.2)."""
    key = "together" if rho > 0 else "opposite"
    shown = _number(math.copysign(math.floor(abs(rho) * 100 + 1e-9) / 100, rho), lang, decimals=2)
    return _say(key, lang, first=first, second=second, rho=shown, count=count)


def say_apart(lang: str) -> str:
    """That no two criteria run together."""
    return _say("apart", lang)


def say_overweight(names: Sequence[str], weight: float, most: float, lang: str) -> str:
    """That criteria which overlap by their meaning weigh more than they should."""
    joined = (" and " if lang == "en" else " dan ").join(f"“{name}”" for name in names)
    ends = {"weight": _percent(weight * 100, lang, 1), "most": _percent(most * 100, lang, 1)}
    return _say("overweight", lang, names=joined, **ends)


def say_changed(name: str, changed: Sequence[tuple[str, Verdict, Verdict]], lang: str, most: int = 3) -> str:
    """Whose verdict changes, from which to which, when a criterion is taken away: (title, now, then)."""
    if not changed:
        return _say("without_same", lang, name=name)
    told = [
        _say("changed", lang, title=title, now=say_verdict(now, lang), then=say_verdict(then, lang))
        for title, now, then in changed[:most]
    ]
    listed = ", ".join(told)
    listed = _say("and_others", lang, parts=listed) if len(changed) > most else listed
    return _say("without_changed", lang, name=name, changes=listed)


def say_score(
    score: Shown, names: Names, lang: str, low: float | None = None, high: float | None = None
) -> str:
    """A score with its largest parts, and the interval where something is unknown."""
    parts = [part for part in score.parts if part.points > 0]
    listed = _listed(parts, names, lang) if parts else _say("nothing", lang)
    told = _say("score", lang, score=_number(score.total, lang), parts=listed)
    if low is None or high is None or shown_score(low) == shown_score(high):
        return told
    ends = {"low": _number(shown_score(low), lang), "high": _number(shown_score(high), lang)}
    return f"{told} {_say('open', lang, **ends)}"


def say_gains(found: Sequence[Part], names: Names, lang: str) -> str:
    """What would raise a score; nothing to say if nothing would."""
    return _say("gains", lang, parts=_listed(found, names, lang, signed=True)) if found else ""


def say_difference(first: str, second: str, found: Shown, names: Names, lang: str) -> str:
    """Who leads by how much and what makes it, the leader's advantages with a plus."""
    if found.total < 0:
        turned = Shown(-found.total, tuple(Part(name, -points) for name, points in found.parts))
        return say_difference(second, first, turned, names, lang)
    if found.total == 0:
        return _say("level", lang, first=first, second=second)
    parts = _listed([part for part in found.parts if part.points], names, lang, signed=True)
    return _say("lead", lang, first=first, second=second, lead=_number(found.total, lang), parts=parts)


def say_swap(ahead: str, behind: str, swap: Swap, names: Names, lang: str) -> str:
    """At which weight the one behind comes out ahead, rounded to where it surely does."""
    up = swap.at >= swap.now
    at = math.ceil(swap.at * 100 - 1e-9) if up else math.floor(swap.at * 100 + 1e-9)
    numbers = {"at": _percent(at, lang), "now": _percent(swap.now * 100, lang, 1)}
    key = "at_least" if up else "at_most"
    return _say(key, lang, ahead=ahead, behind=behind, name=names[swap.criterion], **numbers)


def say_no_swap(ahead: str, behind: str, lang: str, dominated: bool) -> str:
    """That no single weight turns two proposals round, or that no weights at all do."""
    return _say("dominated" if dominated else "never", lang, ahead=ahead, behind=behind)


def say_stays(top: int, span: Span, names: Names, lang: str) -> str:
    """The weights of a criterion for which the first `top` stay, rounded to where they surely do."""
    told = {"name": names[span.criterion], "now": _percent(span.now * 100, lang, 1)}
    return _say("stays", lang, first=_first(top, lang), span=_spanned(span, lang), **told)


def say_stays_always(top: int, lang: str) -> str:
    """That no single weight changes the first `top`."""
    return _say("stays_always", lang, first=_first(top, lang))


def say_line(place: int, last: str, then: str, moved: float | None, lang: str) -> str:
    """What turns a place and the next round: the share of weight that must at least move, None if no weights do."""
    key = "line_never" if moved is None else "line_turns" if moved > 0 else "line_level"
    told = {"place": place, "next": place + 1, "last": last, "then": then}
    return _say(key, lang, moved=_inward(moved or 0.0, lang, up=True), **told)


def say_moved(moved: float, lang: str) -> str:
    """The least weight that must move between criteria for two proposals to be level."""
    return _say("moved", lang, moved=_inward(moved, lang, up=True))


def say_to_first(points: float, span: Span | None, names: Names, lang: str) -> str:
    """What separates a proposal from first place: points, and the nearest single weight that would put it there.

    span: the weights for which it is first, None if there are none.
    """
    behind = _say("behind_first", lang, points=_number(max(shown_score(points), 0.1), lang))
    if span is None:
        return f"{behind} {_say('first_never', lang)}"
    told = {"name": names[span.criterion], "now": _percent(span.now * 100, lang, 1)}
    return f"{behind} {_say('first_with', lang, span=_spanned(span, lang), **told)}"


def _first(top: int, lang: str) -> str:
    return _say("top_one" if top == 1 else "top", lang, top=top)


def _spanned(span: Span, lang: str) -> str:
    """A range of weights in words; an end of 0 or 1 is no limit."""
    key = "from" if span.high >= 1 else "up_to" if span.low <= 0 else "between"
    return _say(key, lang, low=_inward(span.low, lang, up=True), high=_inward(span.high, lang, up=False))


def _inward(share: float, lang: str, up: bool) -> str:
    """A bound as a percent of one decimal, rounded to the side where the sentence holds."""
    tenths = math.ceil(share * 1000 - 1e-9) if up else math.floor(share * 1000 + 1e-9)
    return _percent(tenths / 10, lang, 1)


def _ordered(total: float, parts: Iterable[tuple[str, float]]) -> Shown:
    found = [Part(name, points + 0.0) for name, points in parts]
    return Shown(total, tuple(sorted(found, key=lambda part: -abs(part.points))))


def _listed(parts: Sequence[Part], names: Names, lang: str, signed: bool = False, most: int = 3) -> str:
    """The largest parts in words."""
    told = [
        _say("part", lang, name=names[part.criterion], points=_number(part.points, lang, signed))
        for part in parts[:most]
    ]
    return _say("and_others", lang, parts=", ".join(told)) if len(parts) > most else ", ".join(told)


def _say(key: str, lang: str, **values: object) -> str:
    return WORDS[key][lang == "en"].format_map(values)


def _number(value: float, lang: str, signed: bool = False, decimals: int = 1) -> str:
    """One decimal as written in the language, with a true minus sign."""
    text = f"{value + 0.0:{'+' if signed else ''}.{decimals}f}".replace("-", "−")
    return text if lang == "en" else text.replace(".", ",")


def _percent(value: float, lang: str, decimals: int = 0) -> str:
    number = _number(value, lang, decimals=decimals).removesuffix(",0").removesuffix(".0")
    return f"{number}%" if lang == "en" else f"{number}\N{NO-BREAK SPACE}%"
