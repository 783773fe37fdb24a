"""The ranking as people read it: places, ties, marks for what is provisional, and those that fail a gate below.

It knows nothing about how a score is made. Ranks are those of all proposals; a filter only hides rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gis_core import explain, firmness
from gis_core.robustness import Standing
from webgis.pages.rankings import ranked_order
from webgis.pages.rankings.choice import Choice
from webgis.pages.scores import counted_twice
from webgis.pages.scores.score import ScoreView, score_view
from webgis.pages.scores.steady import Steady, steady, to_first
from webgis.planning import access
from webgis.planning.access import PUBLIC, Actor
from webgis.planning.catalogues.catalogue import catalogue, weighed_name
from webgis.planning.catalogues.vocabulary import FUNDS
from webgis.planning.judging.desk import Desk
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.ranking import agreed, ranking, weight_sets
from webgis.planning.ranking.agreed import AgreedOrder, Move
from webgis.planning.ranking.robust import ENOUGH_PEOPLE, SAMPLES, Asked, most_samples
from webgis.store.database import Database

MOST_BY_RUPIAH: Final = 10
"""How many works the second list names; what to build is for a plan to say."""


@dataclass(frozen=True)
class Held:
    """How firmly a place holds: the verdict as a key, the share of tries (0..1) that bears it, and the verdict in two
    words and as a sentence; without: the sentence when the criterion that overlaps with others is taken away, may be
    empty; more: whom it is ahead of whatever the weights, and which weights suit it.
    """

    verdict: str
    share: float
    words: str
    sentence: str
    without: str
    more: tuple[str, ...]


@dataclass(frozen=True)
class Ranked:
    """One row: the proposal, its place (None: fails a gate), whether shared, its score and how firm it is.

    gates, unchecked: names of gates failed and not checked. gains, to_first: what would raise the score, and what
    would put it first, as sentences. place_per_rupiah, per_rupiah: its place by benefit per rupiah and that in points
    for 100 million. move: since the last meeting that agreed on weights, None without one.
    """

    proposal: ProposalView
    rank: int | None
    tied: bool
    score: ScoreView | None
    served: float | None
    gates: tuple[str, ...]
    unchecked: tuple[str, ...]
    held: Held | None
    gains: str
    to_first: str
    place_per_rupiah: int | None
    per_rupiah: float
    move: Move | None

    @property
    def per_household(self) -> float | None:
        """Rupiah per poor household served; None where none is, or the number is not known."""
        return self.proposal.cost / self.served if self.served else None


@dataclass(frozen=True)
class RankedList:
    """Rows in order and those that fail a gate, with what the filters may ask for and the weights in use.

    participants: how many people's sets the robustness drew around, 0 for none; agreement: Kendall's tau-b of
    the other methods; weak: who of the first is much weaker on a criterion, sentences; twice: on what may be counted
    twice, sentences; again, again_keys: pairs to judge again, in words and as keys a.b; order: what the last meeting
    agreed on.
    """

    rows: tuple[Ranked, ...]
    by_rupiah: tuple[Ranked, ...]
    out: tuple[Ranked, ...]
    total: int
    asked: Mapping[str, str]
    rws: tuple[tuple[str, str], ...]
    pillars: tuple[str, ...]
    states: tuple[str, ...]
    funds: tuple[str, ...]
    choice: Choice
    samples: int
    participants: int
    agreement: Mapping[str, float | None]
    weak: tuple[str, ...]
    again: tuple[tuple[str, str], ...]
    again_keys: tuple[str, ...]
    steady: Steady
    twice: tuple[str, ...]
    order: AgreedOrder | None


def ranked_list(
    db: Database,
    desk: Desk,
    actor: Actor,
    kelurahan: str,
    asked: Mapping[str, str],
    lang: str,
    choice: Choice,
    sort: str = "rank",
) -> RankedList:
    """The ranking of a kelurahan now, by the weights chosen. Raises NotFound, NotAllowed, BadDocument.

    asked: `ranked_order.FILTERS`; sort: one of `ranked_order.SORTS`.
    """
    people = weight_sets.participants(db, actor, kelurahan)
    # While somebody tries weights, it is the firmness under those that is asked for.
    spread = people >= ENOUGH_PEOPLE and choice.way is None
    views = {
        item.id: item for item in proposals.list_proposals(db, actor, kelurahan=kelurahan, limit=5_000).items
    }
    samples = min(SAMPLES, most_samples(len(views)))
    tried = Asked("participants" if spread else "ordinal", samples)
    run = ranking.rank_kelurahan(
        db, desk, actor, kelurahan, weights=choice.weights, robustness=tried, keep=False
    )
    result = run["ranking"]
    order = agreed.last_order(db, actor, kelurahan)
    rows = [_row(views[item["id"]], item, run, order, lang) for item in result if item["id"] in views]
    shown = [row for row in rows if ranked_order.fits(row.proposal, asked)]
    return RankedList(
        rows=tuple(ranked_order.in_order([row for row in shown if row.rank is not None], sort)),
        by_rupiah=_by_rupiah(shown),
        out=tuple(row for row in shown if row.rank is None),
        total=len(rows),
        asked=asked,
        rws=tuple(sorted({(row.proposal.rw, row.proposal.rw_name or "") for row in rows if row.proposal.rw})),
        pillars=tuple(sorted({row.proposal.pillar for row in rows})),
        states=tuple(dict.fromkeys(row.proposal.state for row in rows)),
        funds=tuple(fund for fund in FUNDS if any(row.proposal.funding.get(fund) for row in rows)),
        choice=choice,
        samples=samples,
        participants=people if spread else 0,
        agreement={name: told["kendall_tau_b"] for name, told in run["agreement"].items()},
        weak=_weak(run, lang),
        again=tuple((weighed_name(one.a, lang), weighed_name(one.b, lang)) for one in choice.weighed.again),
        again_keys=tuple(f"{one.a}.{one.b}" for one in choice.weighed.again),
        steady=steady(run, lang),
        twice=_twice(run, lang),
        order=order,
    )


def without_names(db: Database, kelurahan: str, found: RankedList, lang: str) -> RankedList:
    """The list as anybody may see it: titles and places as the public has them, the type where it has none."""
    public = proposals.list_proposals(db, PUBLIC, kelurahan=kelurahan, limit=5_000).items
    views = {item.id: item for item in public}

    def shown(row: Ranked) -> Ranked:
        known = row.proposal
        bare = replace(known, title=known.type.name(lang), geometry={})
        return replace(row, proposal=views.get(known.id, bare))

    rows, by_rupiah, out = (tuple(map(shown, part)) for part in (found.rows, found.by_rupiah, found.out))
    return replace(found, rows=rows, by_rupiah=by_rupiah, out=out)


def ranks(db: Database, desk: Desk, actor: Actor, kelurahan: str) -> dict[str, Mapping[str, Any]]:
    """Id -> row of the ranking, empty for those who may not rank."""
    if not access.may(actor, "rank", kelurahan):
        return {}
    return {
        row["id"]: row for row in ranking.rank_kelurahan(db, desk, actor, kelurahan, keep=False)["ranking"]
    }


def _row(
    proposal: ProposalView,
    item: Mapping[str, Any],
    run: Mapping[str, Any],
    order: AgreedOrder | None,
    lang: str,
) -> Ranked:
    return Ranked(
        proposal=proposal,
        rank=item["rank"],
        tied=bool(item.get("tied")),
        score=score_view(item, lang),
        served=item.get("served"),
        gates=tuple(item.get("gates_failed") or ()),
        unchecked=tuple(item.get("gates_unchecked") or ()),
        held=_held(item, run, lang),
        gains=_gains(item["contributions"], item["effective_weights"], lang),
        to_first=to_first(item["to_first"], run["weights"], lang),
        place_per_rupiah=item["rank_per_rupiah"],
        per_rupiah=100 * item["benefit_per_million"],
        move=None if order is None else order.move(item["id"], item["rank"]),
    )


def _by_rupiah(rows: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """The first ones by benefit per rupiah; equal ones as the scores order them."""
    placed = sorted((row for row in rows if row.rank is not None), key=lambda row: row.place_per_rupiah or 0)
    return tuple(placed[:MOST_BY_RUPIAH])


def _held(item: Mapping[str, Any], run: Mapping[str, Any], lang: str) -> Held | None:
    if (told := item["robustness"]) is None:
        return None
    standing = Standing(*(told[name] for name in Standing._fields))
    words = firmness.say_verdict(standing.verdict, lang)
    return Held(
        standing.verdict,
        standing.share,
        words,
        firmness.say_standing(standing, lang),
        counted_twice.without(told, lang),
        _always(item, run, lang),
    )


def _always(item: Mapping[str, Any], run: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """What holds whatever the weights, and for who is not first the weights that would suit it."""
    told, ranked = item["robustness"], sum(row["rank"] is not None for row in run["ranking"])
    of_people = run["robustness"]["kind"] == "participants"
    said = [firmness.say_always(told["ahead_of"], told["behind"], ranked, of_people, lang)]
    if told["central"] and item["rank"] > 1:
        names = {name: weighed_name(name, lang) for name in told["central"]}
        said.append(firmness.say_suits(told["central"], run["weights"], names, lang))
    return tuple(said)


def _weak(run: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Where a sum of points hides a great weakness of one of the first."""
    rows = {row["id"]: row for row in run["ranking"]}
    said = tuple(
        firmness.say_veto(
            rows[one["ahead"]]["title"], rows[one["ahead"]]["rank"], rows[one["behind"]]["title"],
            weighed_name(one["criterion"], lang), lang,
        )
        for one in run["vetoes"]
    )  # fmt: skip
    return said or (firmness.say_no_veto(lang),)


def _twice(run: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """What may be counted twice, and what changes without the criterion that overlaps."""
    said = (
        *counted_twice.counted_twice(run["double_counting"], lang),
        counted_twice.without_in_all(run["ranking"], lang),
    )
    return tuple(sentence for sentence in said if sentence)


def _gains(parts: Mapping[str, float], weights: Mapping[str, float], lang: str) -> str:
    """What would raise a score and lies in the hands of the proposers."""
    ready = [item.id for item in catalogue().criteria if item.group == "readiness"]
    names = {name: weighed_name(name, lang) for name in ready}
    return explain.say_gains(explain.gains(weights, parts, ready), names, lang)
