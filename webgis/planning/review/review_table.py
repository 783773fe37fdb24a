"""The PAKET queue as a workbook for the meeting that decides: every work, and sums by kecamatan ("Rekap PAKET").

It knows nothing about rights; whoever read the queue may take it along. Texts never become formulas, and counts of
households are as coarse as in the queue (domain handbook, report 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gis_core.ranking import shown_score
from webgis.planning.catalogues.vocabulary import state_name
from webgis.planning.giving.sheets import Sheet, write_sheets
from webgis.planning.review.paket_score import paket_rules
from webgis.planning.review.review_facts import People
from webgis.planning.review.review_queue import Entry

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "No.", "Kelurahan", "Kegiatan", "Jenis", "Volume", "Satuan", "Biaya (Rp)", "PAKET (Rp)",
        "Sumber dana lain (Rp)", "di antaranya APBD (Rp)", "di antaranya Swadaya (Rp)", "PAKET (%)",
        "Harga satuan terhadap katalog (%)", "KK miskin terlayani",
        "Nilai PAKET", "Peringkat", "Berkas kurang", "Tumpang tindih", "Status", "Menunggu (hari)",
        "Peninjau", "Tanggal",
    ),
    "en": (
        "No.", "Kelurahan", "Work", "Type", "Volume", "Unit", "Cost (Rp)", "PAKET (Rp)", "Other funds (Rp)",
        "of which city budget (Rp)", "of which community (Rp)", "PAKET (%)", "Unit cost against catalogue (%)",
        "Poor households served", "PAKET score", "Rank", "Papers missing", "Overlaps", "State",
        "Waiting (days)", "Reviewer", "Date",
    ),
}  # fmt: skip
SUMS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "Kecamatan", "Usulan", "Biaya (Rp)", "PAKET (Rp)", "Sumber dana lain (Rp)", "Terlama menunggu (hari)",
    ),
    "en": ("Kecamatan", "Works", "Cost (Rp)", "PAKET (Rp)", "Other funds (Rp)", "Longest waiting (days)"),
}  # fmt: skip
TOGETHER: Final = {"id": "Jumlah", "en": "Together"}
SHEETS: Final = {"id": ("Antrean PAKET", "Rekap kecamatan"), "en": ("PAKET queue", "By kecamatan")}


@dataclass(frozen=True)
class Sum:
    """The works of one kecamatan: how many, rupiah in all, of the grant and of others, days of the longest waiting."""

    code: str
    name: str
    works: int
    cost: int
    grant: int
    others: int
    longest: int


def sums(entries: Sequence[Entry], names: Mapping[str, str]) -> tuple[Sum, ...]:
    """Sums by kecamatan in order of code; names: code of a kecamatan -> name."""
    found = []
    for code in sorted({kecamatan(entry) for entry in entries}):
        here = [entry for entry in entries if kecamatan(entry) == code]
        found.append(
            Sum(
                code, names.get(code, code), len(here), sum(one.money.total for one in here),
                sum(one.money.grant for one in here), sum(one.money.others for one in here),
                max((one.days for one in here if one.decided is None), default=0),
            )
        )  # fmt: skip
    return tuple(found)


def together(given: Sequence[Sum], lang: str) -> Sum:
    """The sum of sums, under its own name and no code; longest: the longest of all."""
    works, cost, grant, others = (
        sum(getattr(one, field) for one in given) for field in ("works", "cost", "grant", "others")
    )
    longest = max((one.longest for one in given), default=0)
    return Sum("", TOGETHER[lang], works, cost, grant, others, longest)


def workbook(entries: Sequence[Entry], districts: Sequence[Sum], lang: str) -> bytes:
    """The XLSX file of a judged queue."""
    rows = [_row(at, entry, lang) for at, entry in enumerate(entries, 1)]
    criteria = [one.names[lang == "en"] for one in paket_rules().criteria]
    recap = [
        (one.name, one.works, one.cost, one.grant, one.others, one.longest)
        for one in (*districts, together(districts, lang))
    ]
    return write_sheets(
        Sheet(SHEETS[lang][0], (*HEADINGS[lang], *criteria), rows), Sheet(SHEETS[lang][1], SUMS[lang], recap)
    )


def kecamatan(entry: Entry) -> str:
    """The code of the kecamatan of a work."""
    return entry.proposal.kelurahan.rpartition(".")[0]


def _row(at: int, entry: Entry, lang: str) -> tuple[Any, ...]:
    work, money, judged = entry.proposal, entry.money, entry.judged
    decided = entry.decided or {}
    return (
        at, work.kelurahan_name, work.title, work.type.name(lang), float(work.volume), work.unit, work.cost,
        money.grant, money.others, money.by_fund.get("apbd", 0), money.by_fund.get("swadaya", 0),
        100 * money.grant / work.cost, 100 * entry.price.deviation,
        judged and _told(judged.served), judged and shown_score(judged.score), judged and judged.rank,
        len(entry.papers),
        judged and len(judged.overlaps), state_name(work.state, lang), entry.days, decided.get("author"),
        decided["at"].date().isoformat() if decided else None,
        *(part.points for part in (judged.paket.parts if judged else ())),
    )  # fmt: skip


def _told(served: People) -> str | int:
    """A count, or a band in figures that is the same in both languages."""
    if served.exact:
        return served.least
    return f"≥ {served.least}" if served.most is None else f"{served.least}–{served.most}"
