"""The PAKET queue as a workbook for the meeting that decides: every work, and sums by kecamatan ("Rekap PAKET").

It knows nothing about rights; whoever read the queue may take it along. Texts never become formulas, and counts of
households are as coarse as in the queue (domain handbook, report 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from gis_core.ranking import shown_score
from webgis.planning.catalogue import state_name
from webgis.planning.export_tables import write_cell
from webgis.planning.paket_score import paket_rules
from webgis.planning.review_facts import People
from webgis.planning.review_queue import Entry

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "No.", "Kelurahan", "Kegiatan", "Jenis", "Volume", "Satuan", "Biaya (Rp)", "PAKET (Rp)", "APBD (Rp)",
        "Swadaya (Rp)", "Dana lain (Rp)", "PAKET (%)", "Harga satuan terhadap katalog (%)", "KK miskin terlayani",
        "Nilai PAKET", "Peringkat", "Berkas kurang", "Tumpang tindih", "Status", "Menunggu (hari)",
        "Peninjau", "Tanggal",
    ),
    "en": (
        "No.", "Kelurahan", "Work", "Type", "Volume", "Unit", "Cost (Rp)", "PAKET (Rp)", "City budget (Rp)",
        "Community (Rp)", "Other funds (Rp)", "PAKET (%)", "Unit cost against catalogue (%)",
        "Poor households served", "PAKET score", "Rank", "Papers missing", "Overlaps", "State",
        "Waiting (days)", "Reviewer", "Date",
    ),
}  # fmt: skip
SUMS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("Kecamatan", "Usulan", "Biaya (Rp)", "PAKET (Rp)", "Dana lain (Rp)", "Terlama menunggu (hari)"),
    "en": ("Kecamatan", "Works", "Cost (Rp)", "PAKET (Rp)", "Other funds (Rp)", "Longest waiting (days)"),
}
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


def workbook(entries: Sequence[Entry], together: Sequence[Sum], lang: str) -> bytes:
    """The XLSX file of a judged queue."""
    from xlsxwriter import Workbook

    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        rows = [_row(at, entry, lang) for at, entry in enumerate(entries, 1)]
        criteria = [one.names[lang == "en"] for one in paket_rules().criteria]
        _sheet(book, SHEETS[lang][0], [*HEADINGS[lang], *criteria], rows)
        _sheet(
            book, SHEETS[lang][1], SUMS[lang],
            [(one.name, one.works, one.cost, one.grant, one.others, one.longest) for one in together],
        )  # fmt: skip
    return target.getvalue()


def kecamatan(entry: Entry) -> str:
    """The code of the kecamatan of a work."""
    return entry.proposal.kelurahan.rpartition(".")[0]


def _sheet(book: Any, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    quoted, whole = book.add_format({"quote_prefix": True}), book.add_format({"num_format": "#,##0"})
    decimal = book.add_format({"num_format": "0.0"})
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, 15)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            style = whole if isinstance(value, int) else decimal if isinstance(value, float) else None
            write_cell(sheet, at, column, value, quoted, style)


def _row(at: int, entry: Entry, lang: str) -> tuple[Any, ...]:
    work, money, judged = entry.proposal, entry.money, entry.judged
    others = {fund: money.by_fund.get(fund, 0) for fund in ("apbd", "swadaya")}
    decided = entry.decided or {}
    return (
        at, work.kelurahan_name, work.title, work.type.name(lang), float(work.volume), work.unit, work.cost,
        money.grant, others["apbd"], others["swadaya"], money.others - sum(others.values()),
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
