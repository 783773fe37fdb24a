"""What is wrong with what was asked of a plan: budgets, years, funds, orders, relations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PLANS: Final[Mapping[str, tuple[str, str]]] = {
    "plan_in_conflict": (
        "Rencana ini belum memenuhi semua keharusan. Ubah dulu, lalu tetapkan.",
        "This plan does not keep everything it must. Change it first, then adopt it.",
    ),
    "budget_missing": (
        "Isi anggaran paling sedikit satu sumber dana.",
        "Give the budget of at least one fund.",
    ),
    "percent": ("Isi persen antara 0 dan 100.", "Give a percentage between 0 and 100."),
    "budget_years": (
        "Anggaran ini berisi {given} tahun, padahal rencananya {wanted} tahun.",
        "This budget has {given} years, but the plan has {wanted}.",
    ),
    "budget_out_of_range": (
        "Anggaran harus rupiah bulat, 0 atau lebih dan paling banyak {largest}.",
        "A budget must be whole rupiah, 0 or more and at most {largest}.",
    ),
    "plan_years": ("Rencana mencakup 1 sampai {most} tahun.", "A plan covers 1 to {most} years."),
    "plan_year": ("Tahun rencana dihitung dari 1 sampai {last}.", "Years of the plan run from 1 to {last}."),
    "plan_years_crossed": (
        "Tahun terakhir kegiatan ini lebih awal daripada tahun pertamanya.",
        "The last year of this work lies before its first.",
    ),
    "group_of_one": (
        "Pilih dua kegiatan yang berbeda.",
        "Choose two different works.",
    ),
    "relation_elsewhere": (
        "Usulan itu ada di kelurahan lain. Pilih usulan di kelurahan ini.",
        "That proposal lies in another kelurahan. Choose one of this kelurahan.",
    ),
    "synergy_why": (
        "Tulis mengapa kedua kegiatan lebih berguna bersama.",
        "Say why the two works do more together.",
    ),
    "states_missing": ("Sebut paling sedikit satu status.", "Name at least one state."),
    "too_many_funds": ("Paling banyak {most} sumber dana.", "At most {most} funds."),
    "budget_above_ceiling": (
        "Dana {fund} paling banyak Rp {most} untuk satu BKM dalam semua tahun, dan Rp {given} sudah diberikan kepada "
        "kegiatan di luar rencana ini. Isi paling banyak Rp {room}.",
        "{fund} is at most Rp {most} for one BKM in all years, and Rp {given} is given to works outside this plan. "
        "Enter at most Rp {room}.",
    ),
    "budget_above_pool": (
        "Pagu kota untuk {fund} Rp {most}, dan Rp {given} sudah diberikan kepada kegiatan di luar rencana ini. Isi "
        "paling banyak Rp {room}.",
        "The pool of the city for {fund} is Rp {most}, and Rp {given} is given to works outside this plan. Enter at "
        "most Rp {room}.",
    ),
    "carry_without_budget": (
        "Sumber dana {fund} tidak punya anggaran dalam rencana ini, jadi tidak ada sisa yang bisa dipakai kemudian.",
        "The fund {fund} has no budget in this plan, so nothing of it can be left for later years.",
    ),
    "carry_too_much": (
        "Dengan {funds} sumber dana dan {years} tahun, sisa dana tidak bisa dihitung ke tahun berikutnya. Kurangi "
        "sumber dana atau tahunnya, atau biarkan sisanya hangus.",
        "With {funds} funds and {years} years unspent money cannot be carried into later years. Take fewer funds or "
        "years, or let it lapse.",
    ),
    "unknown_study": (
        "Telaah “{given}” tidak ada. Yang ada: {known}.",
        "There is no study “{given}”. There are: {known}.",
    ),
    "pinned_twice": (
        "Usulan {given} sekaligus “harus” dan “jangan dulu”. Pilih satu.",
        "Proposal {given} is both “must” and “not now”. Choose one.",
    ),
    "chance_out_of_range": (
        "Kepastian harus lebih dari 0 dan paling banyak 1.",
        "A chance must be above 0 and at most 1.",
    ),
    "benefit_years_out_of_range": (
        "Nilai satu tahun terhadap tahun sebelumnya harus lebih dari 0 dan paling banyak 1.",
        "What a year counts of the one before must be above 0 and at most 1.",
    ),
    "share_out_of_range": ("Bagian harus antara 0 dan 1.", "A share must lie between 0 and 1."),
    "unknown_pillar": (
        "Pilar “{given}” tidak dikenal. Yang ada: {known}.",
        "The pillar “{given}” is unknown. There are: {known}.",
    ),
    "pillar_shares_above_one": (
        "Bagian pilar bersama-sama melebihi 100 %.",
        "The shares of the pillars add up to more than 100%.",
    ),
    "precedence_circle": (
        "Urutan kegiatan berputar ({circle}): tidak ada yang bisa mulai lebih dulu. Hapus salah satu urutan.",
        "The order of works goes round in a circle ({circle}): none can come first. Remove one of the rules.",
    ),
}
