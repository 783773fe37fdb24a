"""The recap of the PAKET queue and the review sheet of one work, as paper that is signed (domain handbook, report 5).

It knows nothing about the look of a sheet (`paper`). What stands on it is what the page shows the same reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webgis.auth import current_actor, current_language, pace
from webgis.pages.drawing.paper import Align, Head, Paper
from webgis.pages.review.review import recap_of, wish_of
from webgis.pages.scores.paket_view import paket_note, paket_view
from webgis.pages.site import database, desk, pages, rw_name, to_sign_in
from webgis.pages.wording import formats, labels
from webgis.pages.wording.review_words import PAPERS, answered, findings, ground_rows, people_words
from webgis.planning import regions
from webgis.planning.access import Actor
from webgis.planning.catalogues.review_rules import review_rules
from webgis.planning.catalogues.vocabulary import fund_name, state_name
from webgis.planning.giving import preview_picture
from webgis.planning.keeping.audit import head_in_words
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import Step
from webgis.planning.regions import city_of
from webgis.planning.review import review_queue
from webgis.planning.review.paket_score import paket_rules
from webgis.planning.review.review_checklist import ANSWERS, ITEMS, Answer
from webgis.planning.review.review_queue import Entry
from webgis.planning.review.review_table import Sum, kecamatan, together
from webgis.planning.sentences.messages import gate_message
from webgis.planning.written import number

R: Final[Align] = "R"
OWN_FUNDS: Final = ("apbd", "swadaya")
"""Of the other funds, those that the list of works tells one by one."""


@pages.get("/review/paket.pdf")
def review_recap_paper() -> ResponseReturnValue:
    """The recap per kecamatan with its works, of the queue as it is filtered."""
    actor, lang = current_actor(), current_language()
    if not actor.signed_in:
        return to_sign_in()
    pace.count("file")
    wish = wish_of(request.args)
    entries = review_queue.look(database(), desk(), actor, wish)
    part = labels.label(labels.REVIEW_GROUPS, wish.group)
    code = review_queue.regions_of(actor)[0]
    head = _head(actor, code, lang)
    subtitle = f"{part} · {formats.day(head.at, lang)}"
    paper = Paper(head, gettext("Recap of PAKET works by kecamatan"), subtitle, wide=True)
    recap = recap_of(entries)
    paper.heading(gettext("A. Sums by kecamatan"))
    _sums(paper, recap, lang)
    paper.heading(gettext("B. The works"))
    _works(paper, entries, {one.code: one.name for one in recap}, lang)
    paper.text(_paket_words(lang), quiet=True)
    paper.signatures([sign[lang == "en"] for sign in review_rules().signs])
    return _answer(paper, "rekap-paket.pdf")


@pages.get("/review/<proposal_id>/lembar.pdf")
def review_sheet_paper(proposal_id: str) -> ResponseReturnValue:
    """The review sheet of one work."""
    actor, lang = current_actor(), current_language()
    if not actor.signed_in:
        return to_sign_in()
    pace.count("file")
    entry = review_queue.find(database(), desk(), actor, proposal_id)
    work = entry.proposal
    head = _head(actor, work.kelurahan, lang)
    where = " · ".join(filter(None, [work.kelurahan_name, rw_name(work.rw), work.type.name(lang)]))
    paper = Paper(head, gettext("PAKET review sheet"), f"{work.title}\n{where}")
    _map(paper, entry)
    _facts(paper, entry, lang)
    _score(paper, entry, lang)
    steps = proposals.reviews(database(), actor, work.id)
    _checklist(paper, entry, steps, lang)
    _decision(paper, entry, steps, lang)
    paper.signatures([sign[lang == "en"] for sign in review_rules().signs])
    return _answer(paper, "lembar-tinjauan.pdf")


def _head(actor: Actor, code: str, lang: str) -> Head:
    city = next(one for one in regions.list_regions(database(), "kota") if one.code == city_of(code))
    name = gettext("Government of %(city)s", city=city.name)
    now = dt.datetime.now(dt.UTC)
    return Head(
        name,
        review_rules().office[lang == "en"],
        now,
        actor.name,
        lang,
        city.synthetic,
        head_in_words(database()),
    )


def _map(paper: Paper, entry: Entry) -> None:
    """The place, with scale bar, north arrow, and what its colours mean."""
    north = gettext("N")
    paper.picture(preview_picture.draw_map(database(), entry.proposal.geometry, north), 50)
    paper.keys([(colour, labels.label(labels.MAP_KEYS, key)) for key, colour in preview_picture.KEYS.items()])


def _sums(paper: Paper, recap: Sequence[Sum], lang: str) -> None:
    rows = [
        [one.name, *(number(n, lang) for n in (one.works, one.cost, one.grant, one.others, one.longest))]
        for one in (*recap, together(recap, lang))
    ]
    paper.table(
        [gettext("Kecamatan"), gettext("Works"),
         *_rupiah(gettext("Cost"), "PAKET", gettext("Other funds")), gettext("Longest waiting (days)")],
        rows, (60, 25, 50, 50, 50, 32), ("L", R, R, R, R, R), bold=frozenset({len(recap)}),
    )  # fmt: skip


def _works(paper: Paper, entries: Sequence[Entry], names: dict[str, str], lang: str) -> None:
    """Every work under its kecamatan, in the order of the queue."""
    rows: list[list[str]] = []
    bold = set()
    for code, name in names.items():
        bold.add(len(rows))
        rows.append([name])
        here = [entry for entry in entries if kecamatan(entry) == code]
        rows += [_work(at, entry, lang) for at, entry in enumerate(here, 1)]
    paper.table(
        [gettext("No."), "Kelurahan", gettext("Work"), gettext("Volume"),
         *_rupiah(gettext("Cost"), "PAKET", gettext("Other funds")),
         *_rupiah(*(_of_which(fund, lang) for fund in OWN_FUNDS)),
         gettext("PAKET score"), gettext("Conditions"), gettext("State")],
        rows,
        (8, 21, 48, 15, 27, 27, 26, 24, 24, 17, 24, 16),
        (R, "L", "L", R, R, R, R, R, R, R, "L", "L"), bold=frozenset(bold),
    )  # fmt: skip


def _work(at: int, entry: Entry, lang: str) -> list[str]:
    work, money, judged = entry.proposal, entry.money, entry.judged
    others = [money.others, *(money.by_fund.get(fund, 0) for fund in OWN_FUNDS)]
    score = number(paket_view(judged.paket, lang).score, lang, 1) if judged else "–"
    place = f" ({judged.rank})" if judged and judged.rank else ""
    failed = [labels.label(labels.GATES, gate.name) for gate in judged.failed] if judged else []
    return [
        str(at), work.kelurahan_name, f"{work.title} ({work.type.name(lang)})",
        formats.quantity(work.volume, work.unit, lang),
        number(work.cost, lang), f"{number(money.grant, lang)}\n{formats.percent(money.grant / work.cost, lang)}",
        *(number(amount, lang) for amount in others), score + place,
        gettext("not met: %(gates)s", gates=", ".join(failed)) if failed else gettext("none failed"),
        state_name(work.state, lang),
    ]  # fmt: skip


def _facts(paper: Paper, entry: Entry, lang: str) -> None:
    work, money = entry.proposal, entry.money
    shares = [("PAKET", money.grant), *((fund_name(f, lang), paid) for f, paid in money.by_fund.items())]
    served = people_words(entry.judged.served, lang) if entry.judged else "–"
    everybody = people_words(entry.judged.everybody, lang) if entry.judged else "–"
    facts = [
        (gettext("State"), state_name(work.state, lang)),
        (gettext("Volume"), formats.quantity(work.volume, work.unit, lang)),
        (gettext("Cost"), formats.money(work.cost, lang)),
        (gettext("Poor households newly served"), served),
        (gettext("All households that benefit"), everybody),
        *(
            (name, f"{formats.money(amount, lang)} ({formats.percent(amount / work.cost, lang)})")
            for name, amount in shares
        ),
        *ground_rows(entry.judged.ground if entry.judged else None, lang),
    ]
    facts += [("", "")] * (len(facts) % 2)
    rows = [[*facts[at], *facts[at + 1]] for at in range(0, len(facts), 2)]
    paper.table([], rows, (35, 55, 45, 45), ("L", "L", "L", "L"))


def _score(paper: Paper, entry: Entry, lang: str) -> None:
    paper.heading(gettext("PAKET score"))
    if entry.judged is None:
        paper.text(gettext("not known yet"))
        return
    view = paket_view(entry.judged.paket, lang)
    rows: list[list[str]] = []
    bold = set()
    for row in view.rows:
        bold.add(len(rows))
        rows.append([row.name, "", number(row.most, lang), number(row.points, lang, 1)])
        rows += [
            [
                f"   {line.name}",
                gettext("not known yet") if line.unknown else line.raw,
                number(line.most, lang, 1),
                number(line.points, lang, 1),
            ]
            for line in row.lines
        ]
    bold.add(len(rows))
    place = gettext("rank %(rank)s", rank=entry.judged.rank) if entry.judged.rank else gettext("no rank")
    rows.append([gettext("Together"), place, "100", number(view.score, lang, 1)])
    paper.table(
        [gettext("Criterion"), gettext("Found"), gettext("At most"), gettext("Points")], rows,
        (82, 45, 28, 25), ("L", "L", R, R), bold=frozenset(bold),
    )  # fmt: skip
    paper.text(_paket_words(lang), quiet=True)
    for gate in entry.judged.failed:
        paper.text(f"! {gate_message(gate, lang)}")


def _checklist(paper: Paper, entry: Entry, steps: Sequence[Step], lang: str) -> None:
    paper.heading(gettext("Checklist"))
    given = answered(entry, steps)
    rows = []
    for at, item in enumerate(ITEMS, 1):
        answer = given.get(item, Answer())
        marks = ["X" if key == answer.given else "" for key in ANSWERS]
        name = labels.label(labels.CHECKLIST, item)
        rows.append([str(at), name, _found(entry, item, lang), *marks, answer.note])
    answers = [labels.label(labels.ANSWERS, key) for key in ANSWERS]
    paper.table(
        [gettext("No."), gettext("Item"), gettext("Found"), *answers, gettext("Note")], rows,
        (9, 34, 68, 13, 14, 16, 26), (R, "L", "L", "C", "C", "C", "L"),
    )  # fmt: skip


def _found(entry: Entry, item: str, lang: str) -> str:
    words = []
    for one in findings(entry, item, lang):
        text = " ".join(filter(None, (one.text, one.title, one.strong)))
        if item in PAPERS:
            text = f"{text}: {gettext('yes') if one.good else gettext('not yet')}"
        words.append(text if one.good is not False else f"! {text}")
    return "\n".join(words)


def _decision(paper: Paper, entry: Entry, steps: Sequence[Step], lang: str) -> None:
    """The steps so far, and room for the decision where there is none yet."""
    if steps:
        paper.heading(gettext("What happened so far"))
        rows = [
            [formats.day(step.at, lang), state_name(step.to_state, lang), step.author or "–", step.note]
            for step in steps
        ]
        paper.table(
            [gettext("Date"), gettext("State"), gettext("Name"), gettext("Note")], rows,
            (26, 26, 38, 90), ("L", "L", "L", "L"),
        )  # fmt: skip
    if entry.decided is None:
        paper.heading(gettext("Decision"))
        choices = [gettext("Approve"), gettext("Return for changes"), gettext("Reject")]
        paper.table(choices, [["\n\n"] * 3], (60, 60, 60), ("C", "C", "C"))


def _paket_words(lang: str) -> str:
    version, source = paket_note(lang)
    text: str = gettext(
        "PAKET's own criteria, version %(version)s; at least %(minimum)s points. %(source)s.",
        version=version, source=source, minimum=number(paket_rules().minimum, lang),
    )  # fmt: skip
    return text


def _of_which(fund: str, lang: str) -> str:
    text: str = gettext("of which %(fund)s", fund=fund_name(fund, lang))
    return text


def _rupiah(*names: str) -> list[str]:
    return [f"{name} (Rp)" for name in names]


def _answer(paper: Paper, name: str) -> Response:
    answer = Response(paper.bytes(), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
