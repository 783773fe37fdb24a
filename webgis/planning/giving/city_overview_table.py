"""The overview of a city as a workbook: each kelurahan, and sums by kecamatan.

It knows nothing about rights; whoever read the overview may take it along, with the numbers as coarse as they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from webgis.planning.giving.city_overview import SLUM, Figures, Row, by_kecamatan, together
from webgis.planning.giving.sheets import Sheet, write_sheets

FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "Kumuh ringan (ha)", "Kumuh sedang (ha)", "Kumuh berat (ha)", "Kumuh (ha)", "KK miskin", "KK miskin dihitung",
        "Diajukan", "Diajukan (Rp)", "Terverifikasi", "Terverifikasi (Rp)", "Dalam rencana", "Dalam rencana (Rp)",
        "Didanai", "Didanai (Rp)", "Selesai", "Selesai (Rp)", "Kemajuan (%)",
    ),
    "en": (
        "Light slum (ha)", "Medium slum (ha)", "Heavy slum (ha)", "Slum (ha)", "Poor households",
        "Poor households counted", "Submitted", "Submitted (Rp)", "Verified", "Verified (Rp)", "In the plan",
        "In the plan (Rp)", "Funded", "Funded (Rp)", "Completed", "Completed (Rp)", "Progress (%)",
    ),
}  # fmt: skip
PLACES: Final = {"id": ("Kode", "Kelurahan", "Kecamatan"), "en": ("Code", "Kelurahan", "Kecamatan")}
SUMS: Final = {"id": ("Kode", "Kecamatan"), "en": ("Code", "Kecamatan")}
TOGETHER: Final = {"id": "Seluruhnya", "en": "Together"}
HOW: Final = {"id": ("dari peta terbit", "ya"), "en": ("from the published map", "yes")}


def workbook(rows: Sequence[Row], lang: str) -> bytes:
    """The XLSX file of the kelurahan somebody chose, in their order."""
    sums = [(one.code, one.name, *_figures(one.figures, lang)) for one in by_kecamatan(rows)]
    sums.append(("", TOGETHER[lang], *_figures(together(rows), lang)))
    return write_sheets(
        Sheet(
            "Kelurahan", (*PLACES[lang], *FIGURES[lang]),
            [(row.code, row.name, row.kecamatan_name, *_figures(row.figures, lang)) for row in rows],
        ),
        Sheet("Kecamatan", (*SUMS[lang], *FIGURES[lang]), sums),
    )  # fmt: skip


def _figures(of: Figures, lang: str) -> tuple[Any, ...]:
    stages = (
        of.stages["submitted"],
        of.stages["verified"],
        of.planned,
        of.stages["funded"],
        of.stages["completed"],
    )
    return (
        *(of.hectares and round(of.hectares[grade], 2) for grade in SLUM),
        of.hectares and round(of.slum_ha or 0.0, 2),
        of.poor, None if of.poor is None else HOW[lang][of.counted],
        *(value for stage in stages for value in (stage or (None, None))),
        None if of.progress is None else 100 * of.progress,
    )  # fmt: skip
