"""The form of a proposal: which fields it has, what stands in them, and the chooser of work types.

It knows nothing about saving, which the scripts do through the API, or about HTML.
Fields are named like the properties of the API, so that nothing has to be translated on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext

from webgis.pages.wording import labels
from webgis.planning.catalogues.catalogue import WorkType, catalogue
from webgis.planning.catalogues.vocabulary import (
    FUNDS,
    INVERT_LEVELS,
    MAINTENANCE,
    OFFICE,
    TECHNICAL,
    fund_name,
)
from webgis.planning.errors import NotFound
from webgis.planning.proposals.drafts import computed_cost, unknown_work_type
from webgis.planning.proposals.proposals import ProposalView

MAIN_FUNDS: Final = ("blm", "apbd", "paket", "swadaya")
GROUPS: Final = (
    (labels.N_("Roads and paths"), ("road_", "footbridge", "stairway", "street_light")),
    (labels.N_("Drains and water level"), ("drain_", "culvert", "infiltration", "retaining")),
    (labels.N_("Drinking water"), ("water_", "borehole", "rain_tank")),
    (labels.N_("Toilets and wastewater"), ("latrine", "mck", "communal_wwtp", "sewer")),
    (labels.N_("Waste"), ("waste_", "tps3r")),
    (labels.N_("Fire protection"), ("hydrant", "fire_")),
    (labels.N_("Houses and open space"), ("house_", "consolidation", "green_", "playground")),
    (labels.N_("Social and economy"), ("",)),
)


@dataclass(frozen=True)
class Fund:
    """One line of the money section."""

    key: str
    name: str
    amount: int | None


@dataclass(frozen=True)
class Form:
    """What the form template shows."""

    work: WorkType
    title: str
    description: str
    volume: float | None
    volume_computed: bool
    cost: int | None
    cost_computed: bool
    cost_usual: int | None
    cost_reason: str
    is_paket: bool
    land: str
    cofunding: str
    office: str
    levels: tuple[tuple[str, float | None], ...]
    technical: tuple[tuple[str, bool], ...]
    maintenance: tuple[tuple[str, bool], ...]
    main_funds: tuple[Fund, ...]
    other_funds: tuple[Fund, ...]


def proposal_form(proposal: ProposalView, lang: str) -> Form:
    """The form filled with a stored proposal."""
    return _form(
        proposal.type,
        proposal.funding,
        proposal.readiness,
        lang,
        title=proposal.title,
        description=proposal.description,
        volume=proposal.volume,
        volume_computed=not proposal.volume_typed,
        cost=proposal.cost,
        cost_computed=not proposal.cost_typed,
        cost_usual=computed_cost(proposal.type, proposal.volume),
        cost_reason=proposal.cost_reason,
        is_paket=proposal.is_paket,
    )


def blank_form(key: str, lang: str) -> Form:
    """An empty form for a work type. Raises NotFound for one that is not in the catalogue."""
    work = catalogue().work_types.get(key)
    if work is None:
        raise NotFound("unknown_work_type", **unknown_work_type(key))
    return _form(
        work, {}, {}, lang, title="", description="", volume=None, volume_computed=True, cost=None, cost_computed=True,
        cost_usual=None, cost_reason="", is_paket=False,
    )  # fmt: skip


def work_groups(_lang: str) -> list[tuple[str, list[WorkType]]]:
    """Work types that may be proposed, grouped by what they mend; every type stands in the first group that fits."""
    left = {key: work for key, work in catalogue().work_types.items() if work.offered}
    groups = []
    for name, prefixes in GROUPS:
        found = [left.pop(key) for key in list(left) if key.startswith(prefixes)]
        if found:
            groups.append((gettext(name), found))
    return groups


def _form(
    work: WorkType, funding: Mapping[str, int], readiness: Mapping[str, Any], lang: str, **rest: Any
) -> Form:
    funds = [Fund(key, fund_name(key, lang), funding.get(key)) for key in FUNDS]
    main = {*MAIN_FUNDS, *(key for key, amount in funding.items() if amount)}
    return Form(
        work=work,
        land=str(readiness.get("land", "none")),
        cofunding=str(readiness.get("cofunding", "none")),
        office=str(readiness.get(OFFICE, "")),
        levels=tuple((key, readiness.get(key)) for key in INVERT_LEVELS) if work.least_fall else (),
        technical=tuple((key, readiness.get(key) is True) for key in TECHNICAL),
        maintenance=tuple((key, readiness.get(key) is True) for key in MAINTENANCE),
        main_funds=tuple(fund for fund in funds if fund.key in main),
        other_funds=tuple(fund for fund in funds if fund.key not in main),
        **rest,
    )
