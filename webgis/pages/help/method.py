"""The page "How is this computed?": the method in words, and for one proposal from raw value to points.

It knows nothing about how a score is made; numbers come from the catalogue and from planning's explanation,
so that the page cannot differ from what the ranking does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from flask import render_template, request
from flask_babel import gettext, ngettext

from gis_core.motor_access import AccessGain
from gis_core.overlap import RUN_TOGETHER_ABOVE
from gis_core.ranking import display_parts, shown_score
from gis_core.value import ValueFunction
from gis_core.weights import CONSISTENT_UP_TO
from webgis.auth import current_actor, current_language
from webgis.pages.help import method_here
from webgis.pages.scores import aspects, facts_used, ground
from webgis.pages.scores.score import SEGMENT_OF, raw_text
from webgis.pages.site import database, desk, pages
from webgis.pages.wording import formats
from webgis.pages.wording.labels import N_
from webgis.planning import access
from webgis.planning.catalogues.catalogue import CriterionDef, basis_name, catalogue, weighed_name
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.catalogues.vocabulary import GROUPS
from webgis.planning.catalogues.zoning import matrix
from webgis.planning.judging.gates import table as gate_table
from webgis.planning.judging.ways import Way
from webgis.planning.proposals import proposals
from webgis.planning.ranking import explanation
from webgis.planning.ranking.explanation import Explanation, Step
from webgis.planning.sentences.messages import gate_message
from webgis.planning.written import plain

MEASURED: Final[Mapping[str, str]] = {
    "slum_severity": N_(
        "Mean slum total (0 to 80) of the RT where the poor households within reach live. From the latest slum form."
    ),
    "service_deficit": N_(
        "Share of the service that is missing in those RT, for the indicators this type of work mends; without an "
        "indicator, the share of the poor within reach who have no working facility of the kind."
    ),
    "slum_reduction": N_(
        "By how much the mean of the seven aspects of the kelurahan falls when the work is built, as a share of now."
    ),
    "poor_served": N_(
        "Poor households within reach that have no working service of the kind yet, nearest first up to the capacity."
    ),
    "poor_share": N_(
        "(poor households newly served + 5 × share of the kelurahan) ÷ (all households that benefit + 5). The five "
        "keep one poor household out of one from counting as 100 percent. "
        "The share of the kelurahan itself, in whole percents, is worth 0.4."
    ),
    "vulnerable_served": N_(
        "Elderly, under five and disabled people in the households newly served, and one for each woman heading one."
    ),
    "cost_per_poor": N_(
        "(cost + upkeep over its life at today's worth) ÷ poor households newly served. None served: no points."
    ),
    "swadaya": N_(
        "Swadaya ÷ cost. More than 30 percent gives no more points, so that a poor RW is not outbid."
    ),
    "cofunding": N_("Money of others ÷ cost; promised by word it counts half, without a promise not at all."),
    "land": N_(
        "0 nothing or disputed, 1 verbal permission, 2 signed permission, 3 certificate or grant deed."
    ),
    "technical": N_("Share of the list: survey, drawing, cost estimate, checked on site."),
    "maintenance": N_("Share of the list: group, fee, schedule, rules."),
    "rembuk_priority": N_("Share of the voters of a forum who were for it; several forums weigh the same."),
    "flood": N_(
        "Share of the work where the design flood is deeper than the threshold. Not asked of water works, "
        "nor of programmes that build nothing."
    ),
    "slope": N_(
        "Slope of the ground ÷ the most this type bears. For lines the steepest twentieth, over pieces of two cells."
    ),
    "connection": N_(
        "Share of the ends within 5 m of the same network. Not asked of works without a network."
    ),
}
"""What each criterion measures, in a sentence."""


@dataclass(frozen=True)
class OfBasis:
    """Reference points of types that come from the same basis: its words, and type with its points."""

    basis: str
    types: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Criterion:
    """A criterion as the page shows it. points: those of all types, empty where each type has its own."""

    colour: int
    name: str
    measured: str
    points: str
    most: str
    missing: str
    of_types: tuple[OfBasis, ...]


@dataclass(frozen=True)
class Line:
    """A row of the computation of one proposal, in words. value: 0..1, None where it is not for this reader."""

    colour: int
    name: str
    raw: str
    value: float | None
    weight: float
    points: float


WAYS: Final[Mapping[Way, str]] = {
    "straight": N_(
        "Homes within reach: metres straight from the work, since one does not walk to this type."
    ),
    "nearest": N_(
        "Homes within reach: metres straight from the work, and those farther off whose nearest street or gang it runs "
        "along."
    ),
    "roads": N_("Homes within reach: metres along streets and gangs."),
    "partly": N_(
        "Homes within reach: metres along streets and gangs; for some no way is drawn, so the straight line × "
        "%(detour)s counts."
    ),
    "detour": N_(
        "Homes within reach: no street or gang on the map is near the work, so the straight line × %(detour)s counts."
    ),
}


@pages.get("/help/method")
def method() -> str:
    """The method, and what it makes of ?proposal=<id> or ?kelurahan=<code> for those who may rank there."""
    lang, actor = current_language(), current_actor()
    wanted, code = request.args.get("proposal", ""), request.args.get("kelurahan", "")
    case = closed = None
    if wanted:
        found = proposals.get_proposal(database(), actor, wanted)
        code = found.kelurahan
        if access.may(actor, "rank", found.kelurahan):
            case = explanation.explain(database(), desk(), actor, wanted)
        else:
            closed = found.title
    return render_template(
        "pages/method.html",
        here="help",
        case=case,
        closed=closed,
        lines=_lines(case, lang) if case else (),
        sums=_sums(case, lang) if case else (),
        facts=_facts(case, lang) if case else (),
        shown=shown_score(case.score) if case else None,
        here_now=method_here.here(database(), desk(), actor, code, wanted, lang)
        if code and access.may(actor, "rank", code)
        else None,
        order_example=method_here.order_example(lang),
        pairs_example=method_here.pairs_example(lang),
        inconsistent=CONSISTENT_UP_TO,
        why=lambda gate: gate_message(gate, lang),
        criteria=tuple(_criterion(item, lang) for item in catalogue().criteria),
        rules=gate_table(),
        open_banks=_open_banks(lang),
        zones=tuple(matrix().by_code.values()),
        funds=plan_rules().funds,
        version=catalogue().version,
        change=catalogue().change,
        rate=catalogue().discount_rate,
        groups=_groups(lang),
        run_together=RUN_TOGETHER_ABOVE,
        overlap=catalogue().overlap,
        detour=catalogue().way.detour,
        near=catalogue().way.near_m,
        height_sigma=catalogue().height_sigma,
    )


def _open_banks(lang: str) -> str:
    """The setback from water without an embankment, by its depth."""
    told = [
        gettext(
            "%(metres)s m up to a depth of %(depth)s m", metres=plain(metres, lang), depth=plain(depth, lang)
        )
        for depth, metres in gate_table()["river_setback"]["open"]
    ]
    return ", ".join(told)


def _criterion(item: CriterionDef, lang: str) -> Criterion:
    """Reference points as "raw → value", and what a gap is worth."""
    of_all = _arrows(item, item.core.value, lang)
    gap = item.core.missing_value
    return Criterion(
        colour=SEGMENT_OF.get(item.id, 7),
        name=item.name(lang),
        measured=gettext(MEASURED[item.id]),
        points="" if set(item.core.own) >= set(catalogue().work_types) else of_all,
        most=_most(item.core.weight, lang),
        missing=gettext("nothing") if gap == 0 else plain(gap, lang),
        of_types=tuple(_of_basis(item, basis, lang) for basis in dict.fromkeys(item.bases.values())),
    )


def _of_basis(item: CriterionDef, basis: str, lang: str) -> OfBasis:
    types = [kind for kind, told in item.bases.items() if told == basis]
    works = catalogue().work_types
    rows = tuple((works[kind].name(lang), _arrows(item, item.core.own[kind], lang)) for kind in types)
    return OfBasis(basis_name(basis, lang), rows)


def _arrows(item: CriterionDef, value: ValueFunction, lang: str) -> str:
    """Reference points as "raw → value"."""
    return "; ".join(f"{raw_text(item.unit, x, lang)} → {plain(v, lang)}" for x, v in value.points)


def _most(weight: float, lang: str) -> str:
    """What a criterion can give at most, in words."""
    points = plain(100 * weight, lang, 1)
    return str(
        ngettext(
            "at most %(points)s point", "at most %(points)s points", 1 if points == "1" else 2, points=points
        )
    )


def _groups(lang: str) -> tuple[tuple[str, str], ...]:
    """The groups of criteria with their members, as weights that are not asked for are passed on in them."""
    return tuple(
        (
            weighed_name(group, lang),
            ", ".join(item.name(lang) for item in catalogue().criteria if item.group == group),
        )
        for group in GROUPS
    )


def _lines(case: Explanation, lang: str) -> tuple[Line, ...]:
    """One row for each criterion; points rounded so that they add up to the score one reads (method 3.3)."""
    points = display_parts([step.points for step in case.steps], case.score)
    return tuple(_line(step, shown, lang) for step, shown in zip(case.steps, points, strict=True))


def _line(step: Step, points: float, lang: str) -> Line:
    words = {
        "hidden": gettext("not shown to this account"),
        "waived": gettext("not asked of this type"),
        "missing": gettext("not known yet"),
        "nobody": gettext("nobody newly served"),
    }
    item = step.criterion
    raw = words.get(step.state) or _exact(item.unit, step.raw, lang)
    raw = gettext("%(raw)s, beyond the reference", raw=raw) if step.beyond else raw
    return Line(SEGMENT_OF.get(item.id, 7), item.name(lang), raw, step.value, step.weight, points)


def _exact(unit: str, value: float | None, lang: str) -> str:
    """A raw value with the digits from which its value can be worked out again on paper."""
    if value is None or unit == "land_level":
        return raw_text(unit, value, lang)
    if unit == "share":
        return _percent(value, lang)
    if unit == "rupiah":
        return formats.money(round(value), lang)
    told = plain(value, lang)
    return told if unit == "score_80" else f"{told}{formats.SPACE}{formats.unit(unit, lang, value)}"


def _percent(share: float, lang: str) -> str:
    """A share to a hundredth of a percent, a small one to a thousandth."""
    gap = "" if lang == "en" else formats.SPACE
    return f"{plain(100 * share, lang, 2 if share >= 0.1 else 3)}{gap}%"


def _facts(case: Explanation, lang: str) -> tuple[facts_used.Group, ...]:
    """From which data the criteria that are asked of this type are made."""
    asked = {step.criterion.id for step in case.steps if step.state != "waived"}
    used = {name: sets for name, sets in case.used.items() if name in asked}
    facts = {name: one.document() for name, one in case.dated.items()}
    return facts_used.groups(used, facts, case.changed_on, lang)


def _passed_on(case: Explanation, lang: str) -> list[str]:
    """What is not asked of this type of work, and where its weight went."""
    names = [step.criterion.name(lang) for step in case.steps if step.state == "waived"]
    if not names:
        return []
    told = gettext(
        "Not asked of this type: %(names)s. The weight went to the other criteria of the group.",
        names=", ".join(names),
    )
    return [str(told)]


def _of_type(case: Explanation, lang: str) -> list[str]:
    """The reference points that this type of work has of its own, and where they come from."""
    return [
        str(
            gettext(
                "%(criterion)s, reference points of %(type)s: %(points)s. From: %(basis)s.",
                criterion=step.criterion.name(lang),
                type=catalogue().work_types[case.kind].name(lang),
                points=_arrows(step.criterion, step.criterion.core.value, lang),
                basis=basis_name(step.criterion.bases[case.kind], lang),
            )
        )
        for step in case.steps
        if case.kind in step.criterion.bases
    ]


def _reduction(case: Explanation, lang: str) -> list[str]:
    """Of which aspects the slum reduction is made."""
    if not case.aspects:
        return []
    parts = " + ".join(aspects.part(one.aspect, one.contribution, lang) for one in case.aspects)
    whole = raw_text("share", sum(one.contribution for one in case.aspects), lang)
    return [str(gettext("Slum reduction: %(parts)s = %(whole)s", parts=parts, whole=whole))]


def _access(gained: AccessGain | None, lang: str) -> list[str]:
    """What a way saves to a motor road, beside the score."""
    if gained is None:
        return []
    found = []
    if gained.mean is not None:
        told = gettext(
            "Way to the nearest motor road, not part of the score: %(metres)s shorter, the mean of all poor households "
            "that have a way there now.",
            metres=formats.quantity(round(gained.mean, 1), "m", lang),
        )
        found.append(str(told))
    return [*found, *(f"{one}." for one in ground.access_gain(asdict(gained), lang))]


def _sums(case: Explanation, lang: str) -> tuple[str, ...]:
    """What became of weights that are not asked for, how the ways to the households were measured, and the quotients
    behind their criteria."""
    found, counts = [*_passed_on(case, lang), *_of_type(case, lang), *_reduction(case, lang)], case.counts
    if case.fall is not None:
        found.append(f"{ground.fall(asdict(case.fall), lang).rstrip('.')}.")
    if counts is None:
        return tuple(found)
    served = plain(counts.served, lang)
    found.append(str(gettext(WAYS[counts.way], detour=plain(catalogue().way.detour, lang))))
    found += _access(counts.access, lang)
    if counts.usual_share is not None:
        share = {step.criterion.id: step.raw for step in case.steps}["poor_share"]
        found.append(
            gettext(
                "Poor share: (%(served)s + 5 × %(usual)s) ÷ (%(all)s + 5) = %(share)s",
                served=served,
                usual=_percent(counts.usual_share, lang),
                all=plain(counts.beneficiaries, lang, 3),
                share="–" if share is None else _percent(share, lang),
            )
        )
    if counts.served > 0:
        each = round((counts.cost + counts.upkeep) / counts.served)
        found.append(
            gettext(
                "Cost per poor household: (%(cost)s + %(upkeep)s upkeep) ÷ %(served)s = %(each)s",
                cost=formats.money(counts.cost, lang),
                upkeep=formats.money(counts.upkeep, lang),
                served=served,
                each=formats.money(each, lang),
            )
        )
    return tuple(found)
