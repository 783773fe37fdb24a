"""Names of the domain that stand in no catalogue file: slum criteria, grades, papers, layers, doubts.

It knows nothing about values or places. Names are English here and Indonesian in the message catalogue.
The 16 criteria are those of Permen PUPR 14/2018 (domain handbook 1.2), the words of the glossary its section 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext


def N_(message: str) -> str:  # noqa: N802  # the name message extractors look for
    """Mark a message for the catalogue without translating it yet."""
    return message


ASPECTS: Final[Mapping[str, str]] = {
    "1": N_("Buildings"),
    "2": N_("Neighbourhood roads"),
    "3": N_("Drinking water"),
    "4": N_("Drainage"),
    "5": N_("Wastewater"),
    "6": N_("Solid waste"),
    "7": N_("Fire protection"),
}
CRITERIA: Final[Mapping[str, str]] = {
    "1a": N_("Irregular buildings"),
    "1b": N_("Building density"),
    "1c": N_("Buildings below technical requirements"),
    "2a": N_("Area not served by neighbourhood road"),
    "2b": N_("Bad road surface"),
    "3a": N_("No access to safe drinking water"),
    "3b": N_("Too little water"),
    "4a": N_("Drains cannot carry run-off"),
    "4b": N_("Drain missing"),
    "4c": N_("Bad drain construction"),
    "5a": N_("Sewage system below standard"),
    "5b": N_("Sewage facility below requirement"),
    "6a": N_("Waste facility below requirement"),
    "6b": N_("Waste service below standard"),
    "7a": N_("No fire protection infrastructure"),
    "7b": N_("No fire equipment"),
}
CONSIDERATIONS: Final[Mapping[str, str]] = {
    "strategic_location": N_("Strategic location"),
    "population_density": N_("Population density"),
    "socio_economic_culture": N_("Social, economic, cultural potential"),
    "tenure_clear": N_("Clear land tenure"),
    "zoning_conform": N_("Housing zone of the city plan"),
}
LEVELS: Final[Mapping[str, str]] = {"low": N_("low"), "medium": N_("medium"), "high": N_("high")}
PATTERNS: Final[Mapping[str, str]] = {
    "renewal": N_("renewal"),
    "upgrading": N_("upgrading"),
    "resettlement": N_("resettlement"),
}
EXIT_RULES: Final[Mapping[str, str]] = {
    "exit_2018": N_("total below the light band of Permen PUPR 14/2018"),
    "exit_kotaku_2016": N_("total below 19 and 80 percent of the five services"),
}
QUANTITIES: Final[Mapping[str, str]] = {
    "area_verified_ha": N_("Verified area"),
    "buildings": N_("Buildings in all"),
    "persons": N_("Persons"),
    "households": N_("Households"),
    "road_ideal_m": N_("Ideal length of roads"),
    "drain_ideal_m": N_("Ideal length of drains"),
}
QUANTITY_UNITS: Final[Mapping[str, str]] = {
    "area_verified_ha": "ha", "buildings": "buildings", "persons": "persons", "households": "KK",
    "road_ideal_m": "m", "drain_ideal_m": "m",
}  # fmt: skip
CRITERION_UNITS: Final[Mapping[str, str]] = {
    "1a": "buildings", "1b": "ha", "1c": "buildings", "2a": "m", "2b": "m", "3a": "KK", "3b": "KK", "4a": "ha",
    "4b": "m", "4c": "m", "5a": "KK", "5b": "KK", "6a": "KK", "6b": "KK", "7a": "buildings", "7b": "buildings",
}  # fmt: skip
CONDITIONS: Final[Mapping[str, str]] = {
    "good": N_("good"),
    "light_damage": N_("lightly damaged"),
    "heavy_damage": N_("badly damaged"),
    "broken": N_("not working"),
    "unknown": N_("not surveyed"),
}
GLYPHS: Final[Mapping[str, str]] = {
    "good": "✓",
    "light_damage": "–",
    "heavy_damage": "!",
    "broken": "✕",
    "unknown": "·",
}
LEVELS_OF_AREA: Final[Mapping[str, str]] = {"rt": N_("Slum RT"), "kawasan": N_("Kawasan")}
GRADES: Final[Mapping[str, str]] = {
    "none": N_("not slum"),
    "light": N_("light"),
    "medium": N_("medium"),
    "heavy": N_("heavy"),
}
GRADE_HEADINGS: Final[Mapping[str, str]] = {
    "heavy": N_("Heavy slum"),
    "medium": N_("Medium slum"),
    "light": N_("Light slum"),
    "none": N_("Not slum"),
}
LAND: Final[Mapping[str, str]] = {
    "none": N_("no permission yet"),
    "disputed": N_("disputed"),
    "verbal": N_("verbal permission"),
    "signed": N_("signed permission"),
    "certificate": N_("certificate or grant deed"),
}
COFUNDING: Final[Mapping[str, str]] = {
    "none": N_("nothing promised yet"),
    "verbal": N_("promised by word"),
    "letter": N_("promised in a letter"),
}
TECHNICAL: Final[Mapping[str, str]] = {
    "survey": N_("Site survey with photos"),
    "drawing": N_("Drawing"),
    "cost_estimate": N_("Cost estimate (RAB)"),
    "site_check": N_("Checked on site"),
}
MAINTENANCE: Final[Mapping[str, str]] = {
    "operator": N_("Maintenance group named"),
    "fee": N_("Monthly fee agreed"),
    "schedule": N_("Maintenance schedule"),
    "rules": N_("Community rules written down"),
}
GATES: Final[Mapping[str, str]] = {
    "inside_kelurahan": N_("inside the kelurahan"),
    "spatial_plan": N_("allowed by the spatial plan"),
    "river_setback": N_("outside the river setback"),
    "well_distance": N_("far enough from wells"),
    "land_dispute": N_("no land dispute"),
    "funds": N_("rules of the fund"),
    "fund_ceiling": N_("within the ceiling of the fund"),
    "in_pjm": N_("in the agreed plan (PJM)"),
    "duplicate": N_("no duplicate"),
}
DOUBTS: Final[Mapping[str, str]] = {
    "share_negative": N_("The volume is negative"),
    "share_above_one": N_("The volume is more than the base quantity"),
    "base_missing": N_("The base quantity is missing"),
    "road_overfull": N_("Missing and bad road together exceed the ideal length"),
    "drain_overfull": N_("Missing and bad drains together exceed the ideal length"),
    "density_partial": N_("Density is neither nothing nor the whole area"),
}
ACTIONS: Final[Mapping[str, str]] = {
    "submit": N_("Submit"),
    "verify": N_("Verify"),
    "start_review": N_("Start review"),
    "review": N_("Start review"),
    "approve": N_("Approve"),
    "return": N_("Return for changes"),
    "reject": N_("Reject"),
    "fund": N_("Mark as funded"),
    "start": N_("Work has begun"),
    "complete": N_("Work is finished"),
    "withdraw": N_("Withdraw"),
}
CHECKLIST: Final[Mapping[str, str]] = {
    "land": N_("Land document"),
    "drawing": N_("Drawing (DED)"),
    "unit_cost": N_("Cost against the catalogue"),
    "co_funding": N_("Co-funding shares"),
    "beneficiaries": N_("Beneficiaries"),
    "maintenance": N_("Operation and maintenance"),
    "overlap": N_("No overlap with other works"),
}
ANSWERS: Final[Mapping[str, str]] = {"yes": N_("Yes"), "no": N_("No"), "not_needed": N_("Not needed")}
REVIEW_GROUPS: Final[Mapping[str, str]] = {
    "open": N_("To be decided"),
    "waiting": N_("Waiting"),
    "under_review": N_("Under review"),
    "decided": N_("Decided"),
}
REVIEW_SORTS: Final[Mapping[str, str]] = {
    "waiting": N_("Longest waiting first"),
    "score": N_("Best score first"),
    "cost": N_("Highest cost first"),
}
OVERVIEW_SORTS: Final[Mapping[str, str]] = {
    "name": N_("By name"),
    "slum": N_("Most slum land first"),
    "poor": N_("Most poor households first"),
    "submitted": N_("Most money submitted first"),
    "verified": N_("Most money verified first"),
    "planned": N_("Most money planned first"),
    "funded": N_("Most money funded first"),
    "progress": N_("Most progress first"),
}
FIELDS: Final[Mapping[str, str]] = {
    "title": N_("Title"),
    "description": N_("Why is it needed?"),
    "work_type": N_("Work type"),
    "rw": "RW",
    "volume": N_("Volume"),
    "cost": N_("Cost"),
    "cost_reason": N_("Why another cost?"),
    "is_paket": "PAKET",
    "geom": N_("Shape"),
    "land": N_("Land"),
    "cofunding": N_("Money of others"),
    "office": N_("Partner office and its programme"),
    "upper_level": N_("Level of the upper end"),
    "lower_level": N_("Level of the lower end"),
}
PROGRAMME: Final[Mapping[str, str]] = {
    "title": N_("Name of the programme"),
    "kind": N_("What it builds"),
    "year": N_("Year"),
    "budget": N_("Budget"),
    "office": N_("Office"),
    "public": N_("Everybody may see it"),
    "source": N_("Source"),
    "source_on": N_("Date of the source"),
}
ROLES: Final[Mapping[str, str]] = {
    "planner": N_("Planner (BKM)"),
    "facilitator": N_("Facilitator"),
    "reviewer": N_("Reviewer (public works office)"),
    "city": N_("City planning agency (Bappeda)"),
    "partner": N_("Partner"),
    "admin": N_("Administrator"),
}
SCOPES: Final[Mapping[str, str]] = {
    "read": N_("Read: workspaces, rankings and reviews"),
    "write": N_("Write: also draw, submit and decide"),
    "full": N_("All: also poor households, where the person may see them"),
}
ACCOUNT_CHANGES: Final[Mapping[str, str]] = {
    "account_insert": N_("Account made"),
    "account_update": N_("Account changed"),
    "membership_insert": N_("Role given"),
    "membership_delete": N_("Role taken away"),
    "access_link_insert": N_("Link made"),
    "api_token_insert": N_("Token made"),
    "api_token_delete": N_("Token taken back"),
}
ACCOUNT_REASONS: Final[Mapping[str, str]] = {
    "password changed": N_("Password changed"),
    "password hashed anew": N_("Password kept in a stronger form"),
    "link used": N_("Password set by link"),
    "account closed": N_("Account closed"),
    "account opened": N_("Account opened again"),
    "second step set up": N_("Second step set up"),
    "second step removed": N_("Second step removed"),
    "OpenID Connect bound": N_("Bound to the sign-in service"),
}
"""What was done to an account, where the reason says it better than the table."""
PERSON_DONE: Final[Mapping[str, str]] = {
    "role_given": N_("The role was given."),
    "role_taken": N_("The role was taken away."),
    "closed": N_("The account was closed: neither its owner nor its tokens get in any more."),
    "opened": N_("The account is open again."),
    "second_step": N_("The second step was removed: the password alone is enough now."),
}
"""What an administrator has just done to an account."""
PURPOSES: Final[Mapping[str, str]] = {"invite": N_("Invitation"), "reset": N_("New password")}
CHECKS: Final[Mapping[str, str]] = {
    "database": N_("Database"),
    "migrations": N_("Tables up to date"),
    "worker": N_("Background work"),
}
JOB_KINDS: Final[Mapping[str, str]] = {"import_file": N_("Import"), "plan": N_("Plan")}
REPORT_STATES: Final[Mapping[str, str]] = {
    "new": N_("New"),
    "handled": N_("Being handled"),
    "closed": N_("Closed"),
}
ATTACHMENTS: Final[Mapping[str, str]] = {
    "photo": N_("Photo of the place"),
    "photo_0": N_("Before the works (0 %)"),
    "photo_50": N_("Half-way (50 %)"),
    "photo_100": N_("Finished (100 %)"),
    "land": N_("Land paper"),
    "ded": N_("Technical drawing (DED)"),
    "minutes": N_("Minutes of a meeting"),
    "other": N_("Other paper"),
}
ACTIVITIES: Final[Mapping[str, str]] = {
    "road": N_("Roads and paths"),
    "water": N_("Drains and walls"),
    "utility": N_("Water, sewers, lights"),
    "sanitation": N_("Toilets, wastewater"),
    "waste": N_("Waste sites"),
    "housing": N_("Houses"),
    "green": N_("Parks and gardens"),
    "social": N_("Social buildings"),
    "trade": N_("Market stalls"),
}
"""What the zoning text of a spatial plan speaks of."""
ZONE_LOOKS: Final[Mapping[str, str]] = {
    "housing": N_("Housing"),
    "trade": N_("Trade and mixed use"),
    "service": N_("Public services and offices"),
    "green": N_("Green open space"),
    "farm": N_("Farm land and fisheries"),
    "protected": N_("Protected (banks, forest, heritage)"),
    "industry": N_("Industry and utilities"),
    "transport": N_("Roads and transport"),
    "water": N_("Water bodies"),
    "unknown": N_("Code not in the catalogue"),
}
"""How zones of the spatial plan are drawn together on the map."""
LAYERS: Final[Mapping[str, str]] = {
    "proposals": N_("Proposals"),
    "slums": N_("Slum grade of each RT"),
    "assets": N_("Infrastructure"),
    "poverty": N_("Poverty"),
    "households": N_("Poor households"),
    "roads": N_("Roads"),
    "buildings": N_("Buildings"),
    "water": N_("Rivers and water"),
    "zones": N_("Spatial plan"),
    "hazards": N_("Flood-prone ground"),
    "programmes": N_("City programmes"),
    "boundaries": N_("Boundaries"),
    "file": N_("Base map of the city"),
    "osm": N_("OpenStreetMap (online)"),
}
MAP_KEYS: Final[Mapping[str, str]] = {
    "work": N_("This work"),
    "flood": N_("Flood-prone ground"),
    "water": N_("Rivers and water"),
    "streets": N_("Roads"),
    "borders": N_("Boundaries"),
}
"""The colours of the map on a printed sheet."""
EXPORTS: Final[Mapping[str, tuple[str, str]]] = {
    "proposals": (N_("Proposals"), N_("What residents and the BKM propose, with state, cost and funds.")),
    "slum-areas": (N_("Slum areas"), N_("Outlines of the areas in the slum decree.")),
    "assets": (N_("Infrastructure"), N_("Roads, drains, taps, wells and facilities from the self-mapping.")),
    "poverty": (N_("Poverty by RW"), N_("Poor households by RW in bands; small numbers are hidden.")),
    "kelurahan": (N_("Kelurahan boundaries"), N_("Outlines with codes.")),
    "rw": (N_("RW boundaries"), N_("Outlines with codes.")),
    "rt": (N_("RT boundaries"), N_("Outlines with codes.")),
    "roads": (N_("Roads"), N_("From main road to alley, with width.")),
    "buildings": (N_("Buildings"), N_("Outlines with use.")),
    "waterways": (N_("Rivers and water"), N_("Rivers, canals and lakes.")),
    "city-programmes": (
        N_("City programmes"),
        N_("Works that the city or a ministry plans or builds itself, with year, budget and source."),
    ),
    "spatial-plan": (N_("Spatial plan"), N_("Zones of the RDTR or RTRW with their codes and regulation.")),
}
HOUSEHOLDS_ABOUT: Final = N_("Personal data: only of the kelurahan you work for. Do not pass it on.")
FORMATS: Final[Mapping[str, str]] = {
    "gpkg": N_("GeoPackage – for QGIS"),
    "shp.zip": N_("Shapefile (zip) – for ArcGIS and QGIS"),
    "xlsx": N_("Excel (XLSX) – a table"),
    "csv": N_("CSV – a table"),
    "kml": N_("KML – for Google Earth"),
    "geojson": N_("GeoJSON – for web maps"),
    "parquet": N_("GeoParquet – for data analysis"),
}
NOTICE_WAYS: Final[Mapping[str, str]] = {
    "app": N_("Here, at the bell"),
    "mail": N_("Here, and by a digest once a day"),
    "none": N_("Not at all"),
}


def label(table: Mapping[str, str], key: str | None) -> str:
    """The name of a key in the language of the request; an unknown key stays readable."""
    if key is None:
        return ""
    return str(gettext(table[key])) if key in table else key.replace("_", " ")


def layer_name(key: str) -> str:
    """The name of a layer of the contract in words."""
    if key in EXPORTS:
        return str(gettext(EXPORTS[key][0]))
    return label(LAYERS, key)
