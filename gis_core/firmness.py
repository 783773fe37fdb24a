"""How firmly a place holds and what may be counted twice, as sentences in Indonesian and English.

It knows nothing about where names come from or how they are shown (method 3.2, 4.2, 4.4).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from gis_core.robustness import Standing, Verdict
from gis_core.wording import WordTable, and_others, number, percent, say

VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    "robust": ("kokoh", "robust"),
    "fairly_robust": ("cukup kokoh", "fairly robust"),
    "weight_sensitive": ("peka terhadap bobot", "sensitive to the weights"),
}
WORDS: Final[WordTable] = {
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
    "always": (
        "Dengan bobot mana pun {which}: selalu di atas {ahead} usulan dan di bawah {behind}, jadi tempatnya antara "
        "{best} dan {worst}.",
        "With any weights {which}: always ahead of {ahead} proposals and behind {behind}, so its place is between "
        "{best} and {worst}.",
    ),
    "always_ahead": (
        "Dengan bobot mana pun {which}: selalu di atas {ahead} usulan, jadi tempatnya antara {best} dan {worst}.",
        "With any weights {which}: always ahead of {ahead} proposals, so its place is between {best} and {worst}.",
    ),
    "always_behind": (
        "Dengan bobot mana pun {which}: selalu di bawah {behind} usulan, jadi tempatnya antara {best} dan {worst}.",
        "With any weights {which}: always behind {behind} proposals, so its place is between {best} and {worst}.",
    ),
    "anywhere": (
        "Dengan bobot {which} tempatnya bisa di mana saja antara {best} dan {worst}.",
        "With weights {which} its place may be anywhere between {best} and {worst}.",
    ),
    "in_order": ("yang menjaga urutan kepentingan", "that keep the order of importance"),
    "of_people": ("dari para peserta", "of the participants"),
    "pair_always": (
        "Dengan bobot mana pun {which}, {ahead} tetap di atas {behind}.",
        "With any weights {which}, {ahead} stays ahead of {behind}.",
    ),
    "suits": ("Paling sering menjadi yang pertama bila {parts}.", "It is first mostly where {parts}."),
    "suits_part": ("“{name}” berbobot {then} (sekarang {now})", "“{name}” weighs {then} (now {now})"),
    "suits_now": (
        "Paling sering menjadi yang pertama dengan bobot di sekitar yang sekarang.",
        "It is first mostly with weights near those in use.",
    ),
    "veto": (
        "“{ahead}” di tempat {place} jauh lebih lemah daripada “{behind}” pada “{name}”: jumlah nilai menutupinya.",
        "“{ahead}”, in place {place}, is much weaker than “{behind}” on “{name}”: the sum of points hides it.",
    ),
    "no_veto": (
        "Tidak satu pun dari yang teratas jauh lebih lemah pada satu kriteria daripada usulan di bawahnya.",
        "None of the first ones is much weaker on a criterion than a proposal behind it.",
    ),
    "without_same": (
        "Tanpa “{name}”, yang tumpang tindih dengan kekurangan layanan, semua tempat tetap sama kokohnya.",
        "Without “{name}”, which overlaps with the deficit of the service, every place is as firm as before.",
    ),
    "without_changed": (
        "Tanpa “{name}”, yang tumpang tindih dengan kekurangan layanan, ini berubah: {changes}.",
        "Without “{name}”, which overlaps with the deficit of the service, this changes: {changes}.",
    ),
}


def say_verdict(verdict: Verdict, lang: str) -> str:
    """Robustness in two words: kokoh, cukup kokoh, peka terhadap bobot."""
    return VERDICTS[verdict][lang == "en"]


def say_standing(standing: Standing, lang: str) -> str:
    """Robustness as a sentence. The share is rounded down, so that it never says more than the word."""
    names = ("first", "not_first") if standing.top == 1 else ("inside", "outside")
    share = percent(math.floor(standing.share * 100 + 1e-9), lang)
    word = say_verdict(standing.verdict, lang).capitalize()
    return say(WORDS, names[not standing.inside], lang, word=word, top=standing.top, share=share)


def say_without(name: str, held: Standing, lang: str) -> str:
    """How the same line holds when a criterion is taken away."""
    told = say_standing(held, lang)
    return say(WORDS, "without", lang, name=name, standing=told[0].lower() + told[1:])


def say_together(first: str, second: str, rho: float, count: int, lang: str) -> str:
    """That two criteria run together over so many proposals, or against each other (method 3.2)."""
    key = "together" if rho > 0 else "opposite"
    shown = number(math.copysign(math.floor(abs(rho) * 100 + 1e-9) / 100, rho), lang, decimals=2)
    return say(WORDS, key, lang, first=first, second=second, rho=shown, count=count)


def say_apart(lang: str) -> str:
    """That no two criteria run together."""
    return say(WORDS, "apart", lang)


def say_overweight(names: Sequence[str], weight: float, most: float, lang: str) -> str:
    """That criteria which overlap by their meaning weigh more than they should."""
    joined = (" and " if lang == "en" else " dan ").join(f"“{name}”" for name in names)
    ends = {"weight": percent(weight * 100, lang, 1), "most": percent(most * 100, lang, 1)}
    return say(WORDS, "overweight", lang, names=joined, **ends)


def say_changed(name: str, changed: Sequence[tuple[str, Verdict, Verdict]], lang: str, most: int = 3) -> str:
    """Whose verdict changes, from which to which, when a criterion is taken away: (title, now, then)."""
    if not changed:
        return say(WORDS, "without_same", lang, name=name)
    told = [
        say(WORDS, "changed", lang, title=title, now=say_verdict(now, lang), then=say_verdict(then, lang))
        for title, now, then in changed[:most]
    ]
    listed = ", ".join(told)
    listed = and_others(listed, lang) if len(changed) > most else listed
    return say(WORDS, "without_changed", lang, name=name, changes=listed)


def say_always(ahead: int, behind: int, proposals: int, of_people: bool, lang: str) -> str:
    """How many proposals one is ahead of and behind whatever the weights of a set, and which places that leaves.

    of_people: the set is that of participants, else of all weights in the order of importance.
    """
    places = {"best": behind + 1, "worst": proposals - ahead}
    key = ("always" if behind else "always_ahead") if ahead else "always_behind" if behind else "anywhere"
    return say(WORDS, key, lang, which=_which(of_people, lang), ahead=ahead, behind=behind, **places)


def say_pair_always(ahead: str, behind: str, of_people: bool, lang: str) -> str:
    """That one of two is ahead whatever the weights of a set."""
    return say(WORDS, "pair_always", lang, which=_which(of_people, lang), ahead=ahead, behind=behind)


def say_veto(ahead: str, place: int, behind: str, name: str, lang: str) -> str:
    """That one of the first is much weaker on a criterion than one behind it (method 3.7)."""
    return say(WORDS, "veto", lang, ahead=ahead, place=place, behind=behind, name=name)


def say_no_veto(lang: str) -> str:
    """That none of the first is."""
    return say(WORDS, "no_veto", lang)


def say_suits(
    central: Mapping[str, float], now: Mapping[str, float], names: Mapping[str, str], lang: str, most: int = 3
) -> str:
    """The weights with which a proposal is first as a rule: those that differ most from those in use (method 4.2).

    central, now: shares of 1 by criterion. Less than a percent apart is no difference.
    """
    apart = sorted(central, key=lambda name: -abs(central[name] - now[name]))
    parts = [
        say(WORDS, "suits_part", lang, name=names[name],
            then=percent(100 * central[name], lang), now=percent(100 * now[name], lang))
        for name in apart[:most]
        if abs(central[name] - now[name]) >= 0.01
    ]  # fmt: skip
    return say(WORDS, "suits", lang, parts=", ".join(parts)) if parts else say(WORDS, "suits_now", lang)


def _which(of_people: bool, lang: str) -> str:
    return say(WORDS, "of_people" if of_people else "in_order", lang)
