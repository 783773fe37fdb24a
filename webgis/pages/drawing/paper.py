"""A sheet of A4 paper as PDF: head of the office, title, tables, boxes to sign, and on every page its number.

It knows nothing about proposals; `review_papers` puts them on it. fpdf2 writes the file; the typeface is that of the
pages, brought along by the build of the front end, so that words, figures and dashes print as on the screen.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from flask_babel import gettext

from webgis.pages.wording import formats
from webgis.settings import ROOT

if TYPE_CHECKING:
    from fpdf import FPDF

FONT: Final = "jakarta"
INK, QUIET, LINE, SHADE = (22, 33, 31), (80, 96, 92), (150, 160, 157), (236, 241, 240)
MARGIN: Final = 15.0
PAGES: Final = "{_n_}"
"""Stands for the number of pages until it is known; fpdf2's own mark is one that somebody could type."""
Align = Literal["L", "C", "R"]


@dataclass(frozen=True)
class Head:
    """What stands on top: the city, the office, and who made the sheet when; sample: whether the city is made up.

    chain: the head of the chain of revisions, by which a copy of the store can be held against the sheet.
    """

    city: str
    office: str
    at: dt.datetime
    by: str
    lang: str
    sample: bool = False
    chain: str = ""


class Paper:
    """One document, written from top to bottom. All lengths are millimetres."""

    def __init__(self, head: Head, title: str, subtitle: str, *, wide: bool = False) -> None:
        self._pdf = _sheet(head, title, wide)
        self._width = self._pdf.epw
        pdf = self._pdf
        pdf.set_font(FONT, "B", 13)
        pdf.multi_cell(0, 6, title.upper(), align="C", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font(FONT, "", 9.5)
        pdf.set_text_color(*QUIET)
        pdf.multi_cell(0, 5, subtitle, align="C", new_x="LMARGIN", new_y="NEXT")
        pdf.set_text_color(*INK)
        pdf.ln(3)

    def heading(self, text: str) -> None:
        """A heading that does not stay behind at the foot of a page."""
        pdf = self._pdf
        if pdf.will_page_break(22):
            pdf.add_page()
        pdf.ln(2)
        pdf.set_font(FONT, "B", 10)
        pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")

    def text(self, text: str, *, quiet: bool = False) -> None:
        """A paragraph."""
        pdf = self._pdf
        pdf.set_font(FONT, "", 8 if quiet else 9)
        pdf.set_text_color(*(QUIET if quiet else INK))
        pdf.multi_cell(0, 4.4, text, new_x="LMARGIN", new_y="NEXT")
        pdf.set_text_color(*INK)

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        align: Sequence[Align],
        *,
        bold: frozenset[int] = frozenset(),
    ) -> None:
        """A table whose headings come again on every page; widths are parts of the whole, bold: rows that stand out.

        A row of one cell spans the table.
        """
        from fpdf.fonts import FontFace

        pdf = self._pdf
        pdf.set_font(FONT, "", 8)
        pdf.set_draw_color(*LINE)
        strong = FontFace(emphasis="BOLD", fill_color=SHADE)
        with pdf.table(
            width=self._width, col_widths=tuple(widths), text_align=tuple(align), line_height=4.2,
            padding=(0.9, 1.2), headings_style=strong, v_align="TOP", first_row_as_headings=bool(headings),
        ) as table:  # fmt: skip
            for at, cells in enumerate([*([headings] if headings else []), *rows]):
                style = strong if at - bool(headings) in bold else None
                row = table.row(style=style)
                for cell in cells:
                    row.cell(
                        cell,
                        colspan=len(widths) if len(cells) == 1 else 1,
                        align="L" if len(cells) == 1 else None,
                    )
        pdf.ln(1.5)

    def picture(self, png: bytes, height: float) -> None:
        """A picture over the whole width, with a line around it."""
        pdf = self._pdf
        top = pdf.get_y()
        pdf.image(io.BytesIO(png), x=MARGIN, y=top, w=self._width, h=height)
        pdf.set_draw_color(*LINE)
        pdf.rect(MARGIN, top, self._width, height)
        pdf.set_y(top + height + 1.5)

    def keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """What the colours (#rrggbb) of the picture above mean, in one line that wraps."""
        pdf = self._pdf
        pdf.set_font(FONT, "", 7.5)
        pdf.set_text_color(*QUIET)
        for colour, text in keys:
            wide = 5 + pdf.get_string_width(text) + 5
            if pdf.get_x() + wide > MARGIN + self._width:
                pdf.ln(4.4)
            pdf.set_fill_color(colour)
            pdf.rect(pdf.get_x(), pdf.get_y() + 0.9, 4, 2.4, style="FD")
            pdf.set_x(pdf.get_x() + 5)
            pdf.cell(wide - 5, 4.2, text)
        pdf.set_text_color(*INK)
        # The tables that follow would take the colour of the last key for their own.
        pdf.set_fill_color(0)
        pdf.ln(6)

    def signatures(self, titles: Sequence[str]) -> None:
        """Room for those who sign, beside each other and never apart from each other."""
        pdf = self._pdf
        if pdf.will_page_break(44):
            pdf.add_page()
        pdf.ln(5)
        pdf.set_font(FONT, "", 9)
        day = gettext("%(dots)s, date %(dots)s", dots="." * 24)
        pdf.cell(0, 5, day, align="R", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1)
        top, each, below = pdf.get_y(), self._width / len(titles), gettext("Name and staff number")
        for at, title in enumerate(titles):
            pdf.set_xy(MARGIN + at * each, top)
            pdf.multi_cell(each, 4.6, title, align="C")
            pdf.set_xy(MARGIN + at * each, top + 24)
            pdf.multi_cell(each, 4.6, f"({'.' * 36})\n{below}", align="C")

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self._pdf.output())


def _sheet(head: Head, title: str, wide: bool) -> FPDF:
    """An empty document with its first page, its head on that page and a foot on all."""
    from fpdf import FPDF

    class Sheet(FPDF):
        def header(self) -> None:
            if self.page_no() == 1:
                _letterhead(self, head)
                return
            self.set_font(FONT, "", 8)
            self.set_text_color(*QUIET)
            self.cell(0, 5, title, new_x="LMARGIN", new_y="NEXT")
            self.set_text_color(*INK)
            self.ln(1)

        def footer(self) -> None:
            self.set_y(-18)
            self.set_font(FONT, "", 7.5)
            self.set_text_color(*QUIET)
            made = gettext(
                "Printed from Peta Swadaya on %(at)s by %(by)s",
                at=formats.day(head.at, head.lang),
                by=head.by,
            )
            sample = gettext("Sample data, not of a real city")
            note = f"{sample} · {made}" if head.sample else made
            self.cell(0, 4, note, align="C", new_x="LMARGIN", new_y="NEXT")
            if head.chain:
                self.set_font(FONT, "", 6)
                last = gettext("Last record: %(head)s", head=head.chain)
                self.cell(0, 3.4, last, align="C", new_x="LMARGIN", new_y="NEXT")
                self.set_font(FONT, "", 7.5)
            self.cell(0, 4, gettext("Page %(at)s of %(of)s", at=self.page_no(), of=PAGES), align="C")
            self.set_text_color(*INK)

    pdf = Sheet("landscape" if wide else "portrait", "mm", "A4")
    for style, name in (("", "400Regular"), ("B", "700Bold")):
        pdf.add_font(FONT, style, ROOT / "static" / "dist" / "paper" / f"{name}.ttf")
    pdf.alias_nb_pages(PAGES)
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, 21)
    pdf.set_title(title)
    pdf.set_author("Peta Swadaya")
    pdf.set_lang(head.lang)
    pdf.set_creation_date(head.at)
    pdf.add_page()
    return pdf


def _letterhead(pdf: FPDF, head: Head) -> None:
    top = pdf.get_y()
    _mark(pdf, MARGIN, top, 15)
    pdf.set_font(FONT, "", 11)
    pdf.cell(0, 6, head.city.upper(), align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FONT, "B", 14)
    pdf.cell(0, 7, head.office.upper(), align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3.5)
    pdf.set_draw_color(*INK)
    for gap, width in ((0.0, 0.9), (1.1, 0.25)):
        pdf.set_line_width(width)
        pdf.line(MARGIN, pdf.get_y() + gap, MARGIN + pdf.epw, pdf.get_y() + gap)
    pdf.set_line_width(0.2)
    pdf.ln(6)


def _mark(pdf: FPDF, x: float, y: float, size: float) -> None:
    """The mark of the application, where a city puts its own arms on the printed sheet."""
    half = size / 2
    for colour, left, top, wide, tall in (
        ((47, 143, 107), x, y, half, size), ((63, 111, 181), x + half, y, half, half),
        ((185, 133, 42), x + half, y + half, half, half),
    ):  # fmt: skip
        pdf.set_fill_color(*colour)
        pdf.rect(left, top, wide, tall, style="F")
