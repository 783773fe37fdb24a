"""What the tables of proposals and of assets and the dialogs for many of them offer: columns and choices.

It knows nothing about how many are changed; the scripts send one batch through the API.
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from webgis.pages.wording import labels
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import COFUNDING, FUNDS, LAND, MAINTENANCE, TECHNICAL, fund_name


def table_columns() -> list[tuple[str, str]]:
    """Key and title of every column that can be hidden, in order."""
    return [
        ("work_type", gettext("Work type")), ("rw", "RW"), ("state", gettext("State")), ("volume", gettext("Volume")),
        ("cost", gettext("Cost (Rp)")), ("funded", gettext("Money found (Rp)")), ("served", gettext("Poor households")),
        ("rank", gettext("Rank")), ("land", gettext("Land")), ("paket", "PAKET"),
    ]  # fmt: skip


def asset_columns() -> list[tuple[str, str]]:
    """Key and title of every column of the table of assets that can be hidden, in order."""
    return [
        ("kind", gettext("Kind")), ("condition", gettext("Condition")), ("surveyed_on", gettext("Seen on")),
        ("material", gettext("Material")), ("width_m", gettext("Width (m)")), ("built_year", gettext("Year built")),
        ("owner", gettext("Who owns or runs it")), ("source", gettext("Source")),
    ]  # fmt: skip


def bulk_choices(lang: str) -> dict[str, Any]:
    """What each select of the dialog offers: (value, words, geometries it fits; empty: all)."""
    types = sorted(
        (one for one in catalogue().work_types.values() if one.offered), key=lambda work: work.name(lang)
    )
    return {
        "types": [(work.key, work.name(lang), work.geometry) for work in types],
        "funds": [(key, fund_name(key, lang), ()) for key in FUNDS],
        "land": [(key, gettext(labels.LAND[key]), ()) for key in LAND],
        "cofunding": [(key, gettext(labels.COFUNDING[key]), ()) for key in COFUNDING],
        "technical": tuple(TECHNICAL),
        "maintenance": tuple(MAINTENANCE),
    }
