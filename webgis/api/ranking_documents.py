"""A run of the ranking as a document: places, values, how firm they are, and all it was made from.

It knows nothing about routes, nor how a score is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Field

from gis_core.firmness import say_standing, say_verdict
from gis_core.robustness import Standing
from webgis.api.fact_documents import FactsUsed
from webgis.auth import current_language
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.ranking import ranking


class Without(BaseModel):
    """How firmly the place holds when a criterion that overlaps with others is taken away (method 3.2)."""

    criterion: str
    share: float = Field(
        description="Share of the same draws in which it stays on the same side.", ge=0, le=1
    )
    verdict: Literal["robust", "fairly_robust", "weight_sensitive"]
    expected_rank: float


class Robustness(BaseModel):
    """How firmly a place holds, in numbers and words."""

    top: int = Field(description="The cut the place is judged by: the first 3, 5, 10, 20, 50, …")
    inside: bool = Field(description="Whether the place is within that cut or behind the last one.")
    share: float = Field(description="Share of the draws in which it stays on that side.", ge=0, le=1)
    verdict: Literal["robust", "fairly_robust", "weight_sensitive"] = Field(
        description="From 0.9, from 0.6, below (method 4.2)."
    )
    words: str = Field(description="The verdict in words: kokoh, cukup kokoh, peka terhadap bobot.")
    sentence: str
    expected_rank: float
    confidence: float | None = Field(
        description="Share of the draws of data in which it is first under the weights most in its favour; null if "
        "no draw puts it first."
    )
    central: dict[str, float] | None = Field(
        None, description="Mean of the weights drawn that put it first: whom it suits best; null if none did."
    )
    ahead_of: int = Field(
        0, description="How many proposals it is ahead of with all weights of the kind, not only those drawn."
    )
    behind: int = Field(0, description="How many are ahead of it with all weights of the kind.")
    without: Without | None = Field(
        None, description="Null where that criterion weighs nothing, or nothing else does."
    )


class Ends(BaseModel):
    """A range of weights, shares of 1."""

    low: float
    high: float


class Line(BaseModel):
    """The last of the first `top` and who comes next."""

    last: str
    next: str
    moved: float | None = Field(
        description="Share of weight that must at least move between criteria until they change places, 0 if they are "
        "level; null: no weights turn them round."
    )


class Stability(BaseModel):
    """How far each weight may move, alone and the others in proportion, while the first `top` stay the same set."""

    top: int
    ranges: dict[str, Ends]
    line: Line | None = None


class ToFirst(BaseModel):
    """What a proposal lacks for first place: points, and the nearest range of a single weight that puts it there."""

    points: float
    criterion: str | None = Field(description="Null, as low and high, if no single weight does.")
    low: float | None
    high: float | None


class RunTogether(BaseModel):
    """Two criteria whose values over the ranked proposals rise and fall together, or against each other."""

    first: str
    second: str
    rho: float = Field(description="Spearman's rank correlation, ties by mean ranks.", ge=-1, le=1)
    proposals: int = Field(description="How many proposals have both values.")


class DoubleCounting(BaseModel):
    """What the sum of the criteria may count twice."""

    pairs: list[RunTogether] = Field(
        description="Pairs with |rho| above 0.8 that chance alone would give less than once in a hundred times."
    )
    overlapping: list[str] = Field(description="Criteria that overlap by their meaning.")
    weight: float = Field(description="What these weigh together.")
    most: float = Field(description="What they should weigh together at most.")


class Agreement(BaseModel):
    """How far another method orders the ranked proposals alike; null where undefined."""

    kendall_tau_b: float | None
    spearman: float | None
    overlap: float | None = Field(description="Share of the first `top` that both have in common.")
    top: int


class Ranked(BaseModel):
    """A proposal in a ranking; rank is null if it fails a gate."""

    id: str
    title: str
    state: str
    work_type: str
    rank: int | None
    tied: bool
    score: float
    low: float
    high: float
    completeness: float
    provisional: bool
    passes: bool
    gates_failed: list[str]
    gates_unchecked: list[str] = Field(default_factory=list, description="Conditions nobody could check.")
    waived: list[str] = Field(default_factory=list, description="Criteria not asked of this work type.")
    contributions: dict[str, float]
    effective_weights: dict[str, float] = Field(
        default_factory=dict,
        description="Weights as they act on this work: what is not asked of it gives its weight to its group.",
    )
    values: dict[str, float | None]
    beyond: list[str] = Field(
        default_factory=list,
        description="Criteria whose raw value lies beyond the reference points, so that its value is the end of them.",
    )
    served: float | None = Field(description="Null for those who may not see poor households.")
    cost: int
    changed_on: dt.date | None = Field(
        None, description="The day of the version of the proposal that was ranked."
    )
    benefit: float | None = Field(
        None,
        description="Points of benefit alone, as a plan counts them: poor households newly served, more where the RT "
        "is slummier and lacks more of the service, and slum reduction.",
    )
    benefit_per_million: float | None = Field(None, description="Points of benefit per million rupiah.")
    rank_per_rupiah: int | None = Field(
        None,
        description="Place by benefit per rupiah; null if it fails a gate. With a fixed sum of money the order "
        "of scores is not the best choice, see plans.",
    )
    acceptability: list[float] | None = Field(
        description="Rank acceptability [b_1, b_2, … b_n]: share of the draws in which the proposal takes place 1, "
        "2, … of the n ranked ones; ties share. null unless robustness was asked for and every gate is passed."
    )
    robustness: Robustness | None = None
    to_first: ToFirst | None = Field(None, description="Null for the first, and where a gate fails.")


class RobustnessUsed(BaseModel):
    """The options of the analysis, and the ids of the participants' sets that were drawn around."""

    kind: str
    samples: int
    seed: int
    spread: float
    participants: list[str]


class Veto(BaseModel):
    """A proposal that ranks ahead of another and is much worse on a criterion."""

    ahead: str
    behind: str
    criterion: str
    discordance: float


class RankingDocument(FactsUsed):
    """A run with everything it was made from, for those who may not see households worked out from counts in fives."""

    id: str
    kelurahan: str
    weights: dict[str, float]
    weight_set: str | None = None
    median_of: list[str] = Field(
        default_factory=list,
        description="Ids of the sets that made the weights together: by the geometric means of their judgements where "
        "all judged by pairs, otherwise by the median of each criterion.",
    )
    robustness: RobustnessUsed | None = None
    method: str
    agreed: bool = Field(
        False, description="Whether a meeting agreed on the weight set and this order with it."
    )
    agreed_plan: str | None = Field(
        None, description="Id of the adopted plan (PJM) that PAKET works were looked for in; null: none is."
    )
    stability: Stability | None = None
    double_counting: DoubleCounting | None = None
    agreement: dict[Literal["topsis", "vikor", "promethee2"], Agreement] = Field(
        default_factory=dict,
        description="Cross-checks, never the official order; empty for fewer than two proposals.",
    )
    vetoes: list[Veto] = Field(
        default_factory=list,
        description="For each of the first three the proposal behind it that it is worst against on a criterion, if "
        "much worse (ELECTRE I, a check only).",
    )
    states: list[str]
    criteria_version: str
    own_points: dict[str, list[tuple[float, float]]] = Field(
        default_factory=dict,
        description="Reference points [raw value, value] where the kelurahan's own usual value stands among them; "
        "left out for those who may not read counts of households there.",
    )
    catalogue_hash: str = Field(
        "", description="SHA-256 of criteria, reference points, work types and rules."
    )
    program_hash: str = Field("", description="SHA-256 of the code that computed it.")
    catalogue_change: int = Field(
        0, description="The city's change of work types and weights in force; 0: none."
    )
    data_versions: dict[str, int]
    ranking: list[Ranked]


def ranking_document(run: Mapping[str, Any]) -> RankingDocument:
    """A run with the words of its robustness in the language of the request; maps in the order of the catalogue."""
    lang, order = current_language(), [item.id for item in catalogue().criteria]

    def row(item: Mapping[str, Any]) -> dict[str, Any]:
        held = item.get("robustness")
        maps = ("contributions", "values", "effective_weights")
        made = {**item, **{name: _in_order(item[name], order) for name in maps if name in item}}
        if held is None:
            return made
        standing = Standing(*(held[name] for name in Standing._fields))
        words = {"words": say_verdict(standing.verdict, lang), "sentence": say_standing(standing, lang)}
        central = held.get("central") and _in_order(held["central"], order)
        return {**made, "robustness": {**held, **words, "central": central}}

    maps = {
        "facts": _in_order(run.get("facts", {}), sorted(run.get("facts", {}))),
        "used": {kind: _in_order(sets, order) for kind, sets in sorted(run.get("used", {}).items())},
        "units": _in_order(run.get("units", {}), order),
        "weights": _in_order(run["weights"], order),
        "data_versions": _in_order(run["data_versions"], sorted(run["data_versions"])),
        "stability": run.get("stability")
        and {**run["stability"], "ranges": _in_order(run["stability"]["ranges"], order)},
        "agreement": _in_order(run.get("agreement", {}), list(ranking.CROSS_CHECKS)),
    }
    return RankingDocument.model_validate({**run, **maps, "ranking": [row(item) for item in run["ranking"]]})


def _in_order(found: Mapping[str, Any], order: list[str]) -> dict[str, Any]:
    """The store gives maps back in an order of its own, and a run answers the same bytes every time."""
    return {name: found[name] for name in [*order, *(found.keys() - set(order))] if name in found}
