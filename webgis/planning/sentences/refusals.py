"""Why something cannot be done now: another version, another state, a step that is not open, a store in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "catalogue_moved": (
        "Orang lain baru saja mengubah katalog. Buka lagi halaman ini, lalu ulangi perubahan Anda.",
        "Somebody else has just changed the catalogue. Open this page again and repeat your change.",
    ),
    "no_own_comment": (
        "Ini bukan komentar Anda; hanya penulisnya yang dapat menariknya.",
        "This is no comment of yours; only its author can take it back.",
    ),
    "comment_taken_back": (
        "Komentar ini sudah ditarik penulisnya; tidak ada lagi yang dapat ditampilkan.",
        "The author took this comment back; nothing is left to show.",
    ),
    "attachment_there": (
        "Berkas yang sama sudah dikirim lagi, jadi tidak perlu dikembalikan.",
        "The same file has been sent again, so there is nothing to bring back.",
    ),
    "only_proposals_have_states": (
        "Hanya usulan yang punya status; hilangkan saringan status untuk lapisan {layer}.",
        "Only proposals have a state; leave the filter out for the layer {layer}.",
    ),
    "released_whole": (
        "Lapisan {layer} diterbitkan sekaligus dan tidak mencatat waktu perubahan.",
        "The layer {layer} is published as a whole and keeps no times of change.",
    ),
    "not_in_plan": (
        "Usulan {given} tidak ada di antara usulan terbuka kelurahan ini.",
        "Proposal {given} is not among the open proposals of this kelurahan.",
    ),
    "version_needed": (
        "Sebutkan versi yang Anda ubah (If-Match), agar perubahan orang lain tidak tertimpa.",
        "Name the version you change (If-Match), so that nobody else's change is overwritten.",
    ),
    "stale_version": (
        "{who} sudah mengubahnya pukul {when}. Muat versi itu atau gabungkan dengan punya Anda.",
        "{who} changed it at {when}. Load that version or merge it with yours.",
    ),
    "stale_version:own": (
        "Anda sendiri sudah mengubahnya di jendela lain pukul {when}. "
        "Muat versi itu atau gabungkan dengan yang di sini.",
        "You changed it yourself in another window at {when}. "
        "Load that version or merge it with what is here.",
    ),
    "stale_version:never": (
        'Versi yang disebut tidak ada; versi sekarang {version}. Tag lemah (W/"…") tidak pernah cocok di If-Match.',
        'There is no such version; the current one is {version}. A weak tag (W/"…") never fits in If-Match.',
    ),
    "not_editable": (
        "Usulan berstatus “{state}” tidak bisa diubah lagi; hanya konsep dan yang dikembalikan.",
        "A proposal in state “{state}” can no longer be changed; only drafts and returned ones can.",
    ),
    "discussed": (
        "Usulan ini sudah ditinjau atau dikomentari, jadi tidak dihapus. Tarik usulannya.",
        "This proposal has been reviewed or commented on, so it is not deleted. Withdraw it.",
    ),
    "batch_refused": (
        "Tidak ada yang diubah: {refused} dari {total} perubahan ditolak. Perbaiki atau keluarkan yang itu.",
        "Nothing was changed: {refused} of {total} changes are refused. Mend those or leave them out.",
    ),
    "batch_twice": (
        "Ini sudah ada di perubahan lain dari kiriman yang sama.",
        "This is in another change of the same request already.",
    ),
    "poverty_not_due": (
        "Peta kemiskinan keadaan {last} berlaku sampai {next}. Terbitan yang salah diganti dengan --correction ALASAN.",
        "The poverty map of {last} stands until {next}. To replace one that is wrong, give --correction REASON.",
    ),
    "no_transition": (
        "Dari status “{state}” tidak ada langkah “{action}”. Yang bisa: {possible}.",
        "There is no step “{action}” from the state “{state}”. Possible: {possible}.",
    ),
    "not_in_pjm": (
        "PAKET hanya meninjau pekerjaan dalam rencana (PJM) BKM. Rencana yang ditetapkan {day} tidak memuat usulan "
        "ini: minta BKM menetapkan rencana yang memuatnya.",
        "PAKET reviews only what stands in the plan (PJM) of the BKM. The plan adopted on {day} does not have this "
        "proposal: ask the BKM to adopt one that has it.",
    ),
    "papers_missing": (
        "Belum ada: {gaps}. Lengkapi dulu, atau tulis catatan mengapa diverifikasi begini.",
        "Missing: {gaps}. Complete them first, or note why it is verified all the same.",
    ),
    "note_needed": ("Tuliskan alasannya.", "Give the reason."),
    "checklist_open": (
        "Sebelum menyetujui, jawab butir ini di daftar periksa.",
        "Before you approve, answer this item of the checklist.",
    ),
    "checklist_unexplained": (
        "Dijawab “tidak”: tulis catatan mengapa tetap disetujui.",
        "Answered “no”: write in the note why it is approved all the same.",
    ),
    "site_note_empty": ("Tulis apa yang terlihat di lapangan.", "Write what you saw there."),
    "site_notes_open": (
        "Masih ada {count} catatan lapangan yang belum dijawab. Jawab dulu, lalu ajukan lagi.",
        "{count} notes of the site visit are not answered yet. Answer them, then submit again.",
    ),
    "relation_judged": (
        "{who} baru saja memutuskan kaitan ini. Muat ulang daftarnya, lalu putuskan lagi bila perlu.",
        "{who} has just decided about this relation. Load the list again, then decide anew if need be.",
    ),
    "relation_over": (
        "“{title}” sudah selesai atau ditarik, jadi kaitannya tidak diputuskan lagi.",
        "“{title}” is over, so nobody decides any more what it hangs together with.",
    ),
    "suggestion_same": (
        "Bentuk ini sama dengan bentuk usulan. Geser satu titik dulu.",
        "This is the shape that is proposed already. Move a point first.",
    ),
    "suggestion_private": (
        "Tempat pekerjaan di lahan keluarga hanya diketahui BKM dan fasilitator. Tulis saran di catatan.",
        "Only the BKM and the facilitator know the place of a work on a family's plot. Write your advice in a note.",
    ),
    "comment_empty": ("Tulis komentarnya dulu.", "Write the comment first."),
    "store_in_use": (
        "Aplikasi masih berjalan ({connections} sambungan ke basis data): hentikan server web dan pekerjanya, "
        "lalu ulangi. Tidak ada yang diubah.",
        "The application is running ({connections} connections to the database): stop web server and worker, "
        "then try again. Nothing was changed.",
    ),
    "store_not_empty": (
        "Basis data ini sudah berisi. Dengan --replace seluruh isinya diganti oleh cadangan.",
        "This database holds data already. With --replace all of it gives way to the backup.",
    ),
    "backup_damaged": (
        "Cadangan rusak pada {name}; tidak ada yang diubah. Pakai salinan lain.",
        "The backup is damaged at {name}; nothing was changed. Take another copy of it.",
    ),
    "backup_unknown": (
        "Berkas ini bukan cadangan buatan webgis backup.",
        "This file is no backup made by webgis backup.",
    ),
    "backup_newer_format": (
        "Cadangan ini berformat {theirs}, program ini mengenal sampai {ours}. Pasang versi yang lebih baru.",
        "The backup has format {theirs}, this program knows up to {ours}. Install a newer version.",
    ),
    "backup_newer_migration": (
        "Cadangan ini dari migrasi {theirs}, program ini mengenal sampai {ours}. Pasang versi yang lebih baru.",
        "The backup is at migration {theirs}, this program knows up to {ours}. Install a newer version.",
    ),
    "backup_other_postgres": (
        "Cadangan ini dari PostgreSQL {theirs}, server ini {ours}. Dari yang lebih lama: tambahkan --upgrade.",
        "The backup comes from PostgreSQL {theirs}, this server is {ours}. From an older one: add --upgrade.",
    ),
}
