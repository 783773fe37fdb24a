"""What the method makes of one kelurahan: its weights, how firm its ranking is, and its newest plan, in sentences.

It knows nothing about the method itself or its page; every number is that of a ranking or plan of the place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from flask_babel import gettext, ngettext

from gis_core import weights
from gis_core.firmness import say_verdict
from gis_core.robustness import Verdict
from webgis.pages.plans import planned
from webgis.pages.rankings import ranked
from webgis.pages.rankings.choice import read_choice
from webgis.pages.wording import formats
from webgis.planning import regions
from webgis.planning.access import Actor
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.household_counts import knows
from webgis.planning.plans import plans
from webgis.planning.ranking.weight_sets import list_weight_sets
from webgis.planning.written import number
from webgis.store.database import Database

MOST_REASONS: Final = 3
VERDICTS: Final[tuple[Verdict, ...]] = ("robust", "fairly_robust", "weight_sensitive")


@dataclass(frozen=True)
class Here:
    """Sentences about one kelurahan; proposal: those about the one that is looked at; plan: empty without one."""

    name: str
    weighing: tuple[str, ...]
    firmness: tuple[str, ...]
    proposal: tuple[str, ...]
    plan: tuple[str, ...]


def here(db: Database, desk: Desk, actor: Actor, code: str, proposal_id: str, lang: str) -> Here:
    """The sentences for somebody who may rank there. Raises NotFound, NotAllowed."""
    found = ranked.ranked_list(db, desk, actor, code, {}, lang, read_choice(db, actor, code, {}))
    row = next((item for item in found.rows if item.proposal.id == proposal_id), None)
    held = row.held if row else None
    firm = (held.sentence, *held.more) if held else ()
    told = (*firm, row.to_first, row.gains) if row else ()
    return Here(
        name=regions.region(db, code).region.name,
        weighing=_weighing(db, actor, code, lang),
        firmness=_firmness(found, lang),
        proposal=tuple(sentence for sentence in told if sentence),
        plan=_plan(db, actor, code, lang),
    )


def order_example(lang: str) -> str:
    """The weights that follow from an order of three."""
    return ", ".join(formats.percent(w, lang) for w in weights.rank_order_centroid([1, 2, 3]).tolist())


def pairs_example(lang: str) -> str:
    """The consistency ratio of three judgements that contradict each other: A 3 B, B 3 C, and yet A as much as C."""
    found = weights.ahp(np.array([[1, 3, 1], [1 / 3, 1, 3], [1, 1 / 3, 1]]))
    return number(found.consistency_ratio, lang, 2)


def _weighing(db: Database, actor: Actor, code: str, lang: str) -> tuple[str, ...]:
    sets = list_weight_sets(db, actor, code)
    people = len({item["participant"] for item in sets if not item["agreed"]})
    agreed = next((item for item in sets if item["agreed"]), None)
    said = []
    if agreed is None:
        said.append(
            gettext("No meeting here has agreed on weights yet; the starting weights of the city are used.")
        )
    else:
        ways = {"swing": gettext("swing"), "direct": gettext("100 points"), "roc": gettext("order")}
        way = ways.get(agreed["method"], gettext("pairs"))
        said.append(
            gettext(
                "The last weights agreed on here: “%(name)s”, %(day)s, by %(way)s.",
                name=agreed["name"], day=formats.day(agreed["met_on"], lang),
                way=way,
            )
        )  # fmt: skip
        if agreed["consistency_ratio"] is not None:
            ratio = number(agreed["consistency_ratio"], lang, 2)
            said.append(gettext("Their consistency ratio: %(ratio)s.", ratio=ratio))
    if people:
        said.append(
            ngettext(
                "%(num)s participant's own weights are kept.",
                "Own weights of %(num)s participants are kept.",
                people,
            )
        )
    return tuple(str(one) for one in said)


def _firmness(found: ranked.RankedList, lang: str) -> tuple[str, ...]:
    held = Counter(row.held.verdict for row in found.rows if row.held)
    counts = ", ".join(
        f"{held[verdict]} {say_verdict(verdict, lang)}" for verdict in VERDICTS if held[verdict]
    )
    if not counts:
        return ()
    first = gettext(
        "Of %(total)s ranked proposals: %(counts)s.", total=number(len(found.rows), lang), counts=counts
    )
    return (str(first), *found.steady.sentences)


def _plan(db: Database, actor: Actor, code: str, lang: str) -> tuple[str, ...]:
    newest = plans.list_plans(db, actor, code, 1)
    if not newest:
        return ()
    plan = plans.get_plan(db, actor, newest[0]["id"])
    view, people = planned.plan_view(plan, lang), plan["households"]
    alone = [work["served"] for work in plan["schedule"]]
    said = []
    if alone and knows(actor, code):
        said.append(
            gettext(
                "Added up one by one, its %(works)s works serve %(sum)s poor households. Each counted once, the plan "
                "reaches %(new)s that nothing reached before.",
                works=len(alone), sum=number(sum(alone), lang),
                new=number(people["reached"] - people["reached_before"], lang),
            )
        )  # fmt: skip
    said += [view.proof] if view.proof else []
    said += [
        f"{left.work['title']}: {left.why} {left.admission}".strip() for left in view.left[:MOST_REASONS]
    ]
    return tuple(str(one) for one in said)
