"""What a meeting fixed of works before a plan is made, in the form and in the answer: pins, years, either-or and order.

It knows nothing about money or how a plan is found. Years are ranges "first-last" from 1, "" where any will do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest
from typing import Any, Final

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from webgis.auth import current_language
from webgis.pages.wording import formats
from webgis.wording import words

EITHER: Final = "either"
BEFORE: Final = "before"
TOGETHER: Final = "together"
CHANCES: Final = ("0.9", "0.75", "0.5", "0.25")
"""Chances of delivery that the form offers."""
_PART: Final = re.compile(r"1|0?[.]\d*[1-9]\d*")


@dataclass(frozen=True)
class Tie:
    """Two works by id: one of them at most (either), the first before the second or in the same year (before), or both
    of more use together, and why.
    """

    first: str
    how: str
    second: str
    why: str = ""

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.first},{self.how},{self.second}"


@dataclass(frozen=True)
class Fixed:
    """What was fixed of a work or a pair, in words; kept: whether the plan does it; release: query that lets it go."""

    title: str
    said: str
    kept: bool
    release: str


def ties_of(wish: Mapping[str, Any]) -> tuple[Tie, ...]:
    """The ties of a wish; a group of several works, one at most, is the same as each two of them."""
    either = (Tie(a, EITHER, b) for group in wish["exclusive"] for a, b in combinations(group, 2))
    together = (Tie(a, TOGETHER, b, why) for a, b, why in wish.get("synergy", ()))
    return (*either, *(Tie(a, BEFORE, b) for a, b in wish["precedence"]), *together)


def read_ties(sent: MultiDict[str, str], errors: dict[str, str], lang: str) -> tuple[Tie, ...]:
    """The ties of the form that was sent; a row that nobody filled in is none, half a row is an error."""
    columns = [sent.getlist(f"tie.{part}") for part in ("first", "how", "second", "why")]
    rows = zip_longest(*columns, fillvalue="")
    ties = tuple(Tie(*row) for row in rows if row[0] or row[2])
    for k, tie in enumerate(ties):
        if not (tie.first and tie.second) or tie.first == tie.second:
            errors[f"tie.{k}"] = words("group_of_one", {}, lang)
        elif tie.how == TOGETHER and not tie.why.strip():
            errors[f"tie.{k}"] = words("synergy_why", {}, lang)
    return ties


def read_years(sent: Mapping[str, str], count: int) -> dict[str, str]:
    """Work -> range of years of the form that was sent, those where any year will do left out."""
    known = {key for key, _ in year_choices(range(1, count + 1))}
    given = {name.removeprefix("year."): value for name, value in sent.items() if name.startswith("year.")}
    return {work: years for work, years in given.items() if years in known and years}


def read_chances(sent: Mapping[str, str]) -> dict[str, str]:
    """Work -> chance of delivery of the form that was sent, those that are certain left out."""
    given = {
        name.removeprefix("chance."): value for name, value in sent.items() if name.startswith("chance.")
    }
    return {work: chance for work, chance in given.items() if read_part(chance)}


def read_part(text: str) -> str:
    """A number above 0 to 1 as the form writes it, "" for anything else."""
    return text if _PART.fullmatch(text) else ""


def chance_choices(own: str) -> list[tuple[str, str]]:
    """The chances that the form offers for a work, its own among them, in words."""
    offered = sorted({*CHANCES, *([own] if own else [])}, key=float, reverse=True)
    return [
        ("", gettext("sure to be built")),
        *((chance, chance_words(float(chance))) for chance in offered),
    ]


def chance_words(chance: float) -> str:
    """A chance of delivery in words."""
    return str(gettext("%(share)s certain", share=formats.percent(chance, current_language())))


def with_ties(
    when: Mapping[str, str], ties: Sequence[Tie], not_now: Collection[str], count: int
) -> dict[str, Any]:
    """Members of a wish that say these ranges of years and ties; a work that is not now has no year."""
    ranges = {work: tuple(map(int, years.split("-"))) for work, years in when.items() if work not in not_now}
    return {
        "earliest": {work: first for work, (first, _) in ranges.items() if first > 1},
        "latest": {work: last for work, (_, last) in ranges.items() if last < count},
        "exclusive": tuple((tie.first, tie.second) for tie in ties if tie.how == EITHER),
        "precedence": tuple((tie.first, tie.second) for tie in ties if tie.how == BEFORE),
        "synergy": tuple((tie.first, tie.second, tie.why.strip()) for tie in ties if tie.how == TOGETHER),
    }


def years_of(wish: Mapping[str, Any], count: int) -> dict[str, str]:
    """Work -> range of years of a wish, as the form has it."""
    named = [*wish["earliest"], *(work for work in wish["latest"] if work not in wish["earliest"])]
    found = {}
    for work in named:
        first, last = wish["earliest"].get(work, 1), min(wish["latest"].get(work, count), count)
        if (first, last) != (1, count):
            found[work] = f"{first}-{last}"
    return found


def year_choices(calendar: Sequence[int]) -> list[tuple[str, str]]:
    """The ranges of years that the form offers, in words."""
    count = len(calendar)
    choices = [("", gettext("in any year"))]
    choices += [(f"{t}-{t}", year_words(f"{t}-{t}", calendar)) for t in range(1, count + 1)]
    for t in range(2, count):
        choices += [(key, year_words(key, calendar)) for key in (f"{t}-{count}", f"1-{t}")]
    return choices


def year_words(years: str, calendar: Sequence[int]) -> str:
    """A range of years in words."""
    first, last = map(int, years.split("-"))
    if first == last:
        return str(gettext("only in %(year)s", year=calendar[first - 1]))
    if first > 1:
        return str(gettext("not before %(year)s", year=calendar[first - 1]))
    return str(gettext("not after %(year)s", year=calendar[last - 1]))


def fixed(plan: Mapping[str, Any], calendar: Sequence[int]) -> tuple[Fixed, ...]:
    """What was fixed before a plan was made, and whether the plan does it."""
    titles = {work["id"]: work["title"] for work in (*plan["schedule"], *plan["left_out"])}
    built = {work["id"]: work["year"] for work in plan["schedule"]}
    return (*_of_works(plan, titles, built, calendar), *_of_pairs(plan, titles, built, calendar))


def marks(plan: Mapping[str, Any], calendar: Sequence[int]) -> dict[str, str]:
    """Work -> what was fixed of it alone, in words."""
    ranges = years_of(plan, len(calendar))
    must, not_now, chances = set(plan["must"]), set(plan["not_now"]), plan["delivery"]
    found = {}
    for work in {*must, *not_now, *ranges, *chances}:
        when = year_words(ranges[work], calendar) if work in ranges else ""
        if work in not_now:
            found[work] = gettext("not now")
        elif work in must:
            found[work] = gettext("must be built, %(when)s", when=when) if when else gettext("must be built")
        else:
            found[work] = when
        if work in chances:
            found[work] = ", ".join(str(said) for said in (found[work], chance_words(chances[work])) if said)
    return {work: str(said) for work, said in found.items()}


def _of_works(
    plan: Mapping[str, Any], titles: Mapping[str, str], built: Mapping[str, int], calendar: Sequence[int]
) -> Iterator[Fixed]:
    ranges = years_of(plan, len(calendar))
    for work, said in sorted(marks(plan, calendar).items(), key=lambda item: titles.get(item[0], "")):
        if work not in titles:
            continue
        if work in built:
            first, last = map(int, ranges.get(work, f"1-{len(calendar)}").split("-"))
            kept = work not in plan["not_now"] and first <= built[work] <= last
            done = gettext("built in %(year)s", year=calendar[built[work] - 1])
        else:
            kept, done = work not in plan["must"], gettext("not in the plan")
        yield Fixed(titles[work], f"{said} – {done}", kept, f"auto={work}")


def _of_pairs(
    plan: Mapping[str, Any], titles: Mapping[str, str], built: Mapping[str, int], calendar: Sequence[int]
) -> Iterator[Fixed]:
    for tie in ties_of(plan):
        if tie.first not in titles or tie.second not in titles:
            continue
        a, b = titles[tie.first], titles[tie.second]
        there = [given for given in (tie.first, tie.second) if given in built]
        done = ", ".join(
            str(gettext("%(title)s in %(year)s", title=titles[given], year=calendar[built[given] - 1]))
            for given in there
        )
        if tie.how == EITHER:
            name, kept = gettext("Either %(a)s or %(b)s", a=a, b=b), len(there) < 2
        elif tie.how == TOGETHER:
            name, kept = gettext("%(a)s and %(b)s do more together: %(why)s", a=a, b=b, why=tie.why), True
        else:
            name = gettext("First %(a)s, then %(b)s", a=a, b=b)
            kept = tie.second not in built or built.get(tie.first, 99) <= built[tie.second]
        yield Fixed(str(name), done or str(gettext("none of them is in the plan")), kept, f"untie={tie.key}")
