"""Why somebody may not do something: no right, no such thing, another version, not this step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "not_allowed_administer": (
        "Hanya administrator wilayah ini yang boleh melakukan ini.",
        "Only the administrators of this area may do this.",
    ),
    "not_allowed_set_catalogue": (
        "Hanya Bappeda dan administrator kota yang boleh mengubah harga satuan dan bobot kota.",
        "Only Bappeda and the city's administrators may change unit costs and city weights.",
    ),
    "catalogue_moved": (
        "Orang lain baru saja mengubah katalog. Buka lagi halaman ini, lalu ulangi perubahan Anda.",
        "Somebody else has just changed the catalogue. Open this page again and repeat your change.",
    ),
    "no_work_type": ("Jenis kegiatan ini tidak ada di katalog.", "The catalogue has no such work type."),
    "no_catalogue_change": ("Perubahan ini tidak ditemukan.", "This change is not found."),
    "not_looked_after": (
        "Orang ini juga memegang peran di luar wilayah Anda; akunnya diurus administrator di sana.",
        "This person also holds roles outside your region; an administrator there looks after the account.",
    ),
    "not_yourself": (
        "Hak administrator sendiri tidak bisa dicabut, supaya selalu ada yang mengurus. Minta administrator lain.",
        "You cannot take your own administration away, so that somebody always can. Ask another administrator.",
    ),
    "account_closed": ("Akun ini ditutup. Buka dulu akunnya.", "This account is closed. Open it first."),
    "no_person": ("Orang ini tidak ditemukan.", "This person is not found."),
    "sign_in_needed": ("Masuk dulu untuk melakukan ini.", "Sign in first to do this."),
    "not_allowed_propose": (
        "Hanya perencana BKM kelurahan ini yang boleh mengubah usulannya ({region}).",
        "Only the BKM planners of this kelurahan may change its proposals ({region}).",
    ),
    "not_allowed_verify": (
        "Hanya fasilitator wilayah ini yang boleh memverifikasi ({region}).",
        "Only the facilitators of this area may verify ({region}).",
    ),
    "not_allowed_review": (
        "Hanya peninjau Dinas PU yang boleh memutuskan ini ({region}).",
        "Only reviewers of Dinas PU may decide this ({region}).",
    ),
    "not_allowed_read_reviews": (
        "Antrean PAKET hanya untuk Dinas PU, Bappeda, dan fasilitator.",
        "The PAKET queue is only for Dinas PU, Bappeda and facilitators.",
    ),
    "not_allowed_approve": (
        "Hanya pemerintah kota (Bappeda) yang boleh memutuskan ini ({region}).",
        "Only the city (Bappeda) may decide this ({region}).",
    ),
    "ranking_untold": (
        "Peringkat ini dibuat dari jumlah keluarga yang persis, tanpa salinan berkelipatan lima. Susun lagi.",
        "This ranking was made of exact counts of families, before one in fives was kept beside it. Rank anew.",
    ),
    "counts_need_scope": (
        "Kunci ini tidak membuka peringkat, rencana, dan antrean PAKET di {region}: akunnya dapat menaruh bentuk di "
        "sana, dan hitungan keluarga pada bentuk sendiri menunjukkan rumah mereka. Perlu kunci berlingkup “full”.",
        "This key does not open rankings, plans and the PAKET queue of {region}: its account may place shapes there, "
        "and families counted for a shape of one's own tell where they live. A key with the scope “full” is needed.",
    ),
    "not_allowed_rank": (
        "Akun ini tidak boleh menyusun peringkat di {region}.",
        "This account may not rank proposals in {region}.",
    ),
    "not_allowed_plan": (
        "Hanya BKM, fasilitator, dan Bappeda yang boleh menyusun rencana di {region}.",
        "Only the BKM, facilitators and Bappeda may make plans for {region}.",
    ),
    "not_allowed_relate": (
        "Hanya BKM, fasilitator, dan Bappeda yang boleh memutuskan kaitan antarusulan di {region}.",
        "Only the BKM, facilitators and Bappeda may say how proposals hang together in {region}.",
    ),
    "not_allowed_weigh": (
        "Hanya BKM, fasilitator, dan Bappeda wilayah ini yang boleh menyimpan bobot ({region}).",
        "Only the BKM, facilitators and Bappeda of this area may keep weights ({region}).",
    ),
    "not_allowed_see_workspace": (
        "Ruang kerja {region} hanya untuk BKM kelurahan ini, fasilitator, Dinas PU, dan Bappeda.",
        "The workspace of {region} is only for its BKM, facilitators, Dinas PU and Bappeda.",
    ),
    "not_allowed_see_households": (
        "Titik keluarga miskin adalah data pribadi: hanya untuk BKM dan fasilitator kelurahannya.",
        "Poor-household points are personal data: only for the BKM and facilitators of their kelurahan.",
    ),
    "not_allowed_read_access_log": (
        "Catatan akses titik keluarga miskin hanya untuk administrator wilayahnya.",
        "The log of who saw poor households is for administrators of the area only.",
    ),
    "not_allowed_map_facts": (
        "Hanya BKM dan fasilitator kelurahan ini yang boleh mengubah datanya ({region}).",
        "Only the BKM and facilitators of this kelurahan may change its data ({region}).",
    ),
    "not_allowed_map_programmes": (
        "Hanya Dinas PU, Bappeda, dan administrator kota ini yang boleh mencatat program kota ({region}).",
        "Only Dinas PU, Bappeda and administrators of this city may record city programmes ({region}).",
    ),
    "not_allowed_read_programmes": (
        "Program kota yang belum diumumkan hanya untuk fasilitator, Dinas PU, dan Bappeda ({region}).",
        "City programmes that are not public yet are for facilitators, Dinas PU and Bappeda only ({region}).",
    ),
    "not_allowed_edit_regions": (
        "Hanya administrator yang boleh mengubah batas wilayah ({region}).",
        "Only administrators may change the borders of regions ({region}).",
    ),
    "not_allowed_import": (
        "Akun ini tidak boleh memasukkan berkas ke lapisan {layer}. Perencana dan fasilitator memasukkan usulan (hanya "
        "perencana), prasarana, kawasan kumuh, dan keluarga miskin wilayahnya, Dinas PU dan Bappeda program kota; "
        "lapisan lain oleh administrator.",
        "This account may not import into the layer {layer}. Planners and facilitators import proposals (planners "
        "only), assets, slum areas and poor households of their area, Dinas PU and Bappeda city programmes; other "
        "layers are for administrators.",
    ),
    "not_allowed_comment": (
        "Akun ini tidak boleh berkomentar di sini.",
        "This account may not comment here.",
    ),
    "not_allowed_attach": (
        "Hanya BKM, fasilitator, dan Dinas PU wilayah ini yang boleh menambah foto atau berkas ({region}).",
        "Only the BKM, facilitators and Dinas PU of this area may add photos or papers ({region}).",
    ),
    "not_allowed_delete_attachment": (
        "Hanya yang mengirimnya, BKM, atau fasilitator yang boleh menghapusnya.",
        "Only who sent it, the BKM or the facilitators may delete it.",
    ),
    "not_allowed_moderate": (
        "Hanya BKM dan fasilitator wilayah ini yang boleh melakukan ini ({region}).",
        "Only the BKM and facilitators of this area may do this ({region}).",
    ),
    "sign_up_closed": (
        "Di sini akun dibuat oleh administrator. Hubungi BKM atau kelurahan.",
        "Accounts are made by the administrator here. Ask the BKM or the kelurahan.",
    ),
    "too_often": (
        "Terlalu sering. Coba lagi {minutes} menit lagi.",
        "Too often. Try again in {minutes} minutes.",
    ),
    "no_site_note": ("Catatan lapangan ini tidak ada.", "There is no such note of a site visit."),
    "no_own_comment": (
        "Ini bukan komentar Anda; hanya penulisnya yang dapat menariknya.",
        "This is no comment of yours; only its author can take it back.",
    ),
    "comment_taken_back": (
        "Komentar ini sudah ditarik penulisnya; tidak ada lagi yang dapat ditampilkan.",
        "The author took this comment back; nothing is left to show.",
    ),
    "no_comment": ("Komentar ini tidak ada.", "There is no such comment."),
    "not_allowed_record_forum": (
        "Hanya BKM dan fasilitator wilayah ini yang boleh mencatat suara rembuk ({region}).",
        "Only the BKM and facilitators of this area may record the votes of a forum ({region}).",
    ),
    "no_forum": ("Catatan rembuk ini tidak ada.", "There is no such record of a forum."),
    "no_report": ("Laporan ini tidak ada.", "There is no such report."),
    "no_attachment": ("Foto atau berkas ini tidak ada.", "There is no such photo or paper."),
    "attachment_there": (
        "Berkas yang sama sudah dikirim lagi, jadi tidak perlu dikembalikan.",
        "The same file has been sent again, so there is nothing to bring back.",
    ),
    "no_kelurahan": (
        "Tidak ada kelurahan berkode {kelurahan}.",
        "There is no kelurahan with the code {kelurahan}.",
    ),
    "only_proposals_have_states": (
        "Hanya usulan yang punya status; hilangkan saringan status untuk lapisan {layer}.",
        "Only proposals have a state; leave the filter out for the layer {layer}.",
    ),
    "released_whole": (
        "Lapisan {layer} diterbitkan sekaligus dan tidak mencatat waktu perubahan.",
        "The layer {layer} is published as a whole and keeps no times of change.",
    ),
    "no_region": ("Tidak ada wilayah berkode {region}.", "There is no region with the code {region}."),
    "no_words": (
        "Tidak ada kata lama dari {id} yang tersimpan.",
        "No earlier words of {id} are kept.",
    ),
    "no_proposal": (
        "Usulan ini tidak ada atau sudah dihapus.",
        "This proposal does not exist or was deleted.",
    ),
    "not_allowed_adopt": (
        "Hanya BKM dan Bappeda yang boleh menetapkan rencana {region}.",
        "Only the BKM and Bappeda may adopt the plan of {region}.",
    ),
    "no_masterplan": (
        "Kelurahan {kelurahan} belum menetapkan rencana.",
        "The kelurahan {kelurahan} has adopted no plan yet.",
    ),
    "no_paket": (
        "Usulan ini bukan kegiatan PAKET, jadi tidak ditinjau di sini.",
        "This proposal is no PAKET work, so it is not reviewed here.",
    ),
    "no_plan": ("Rencana ini tidak ada.", "There is no such plan."),
    "not_in_plan": (
        "Usulan {given} tidak ada di antara usulan terbuka kelurahan ini.",
        "Proposal {given} is not among the open proposals of this kelurahan.",
    ),
    "no_ranking": ("Peringkat ini tidak ada.", "This ranking does not exist."),
    "no_weight_set": (
        "Bobot ini tidak ada di kelurahan ini.",
        "There is no such weight set in this kelurahan.",
    ),
    "no_slum_area": (
        "Tidak ada kawasan kumuh berkode {region}.",
        "There is no slum area with the code {region}.",
    ),
    "no_job": ("Pekerjaan ini tidak ada.", "There is no such job."),
    "no_asset": ("Prasarana ini tidak ada.", "This asset does not exist."),
    "no_programme": ("Program kota ini tidak ada.", "There is no such city programme."),
    "programme_lacks": (
        "Isi kolom ini: program kota memerlukan nama, sumber, dan tanggal sumbernya.",
        "Fill in this field: a city programme needs a name, a source and the day of that source.",
    ),
    "no_account": ("Tidak ada akun dengan alamat {email}.", "There is no account with the address {email}."),
    "no_version": ("Usulan ini tidak punya versi {version}.", "This proposal has no version {version}."),
    "no_household": ("Titik keluarga ini tidak ada.", "There is no such household point."),
    "no_assessment": (
        "Belum ada formulir tahun {year} untuk kawasan ini.",
        "There is no form of {year} for this area.",
    ),
    "no_rt": ("Tidak ada RT berkode {given}.", "There is no RT with the code {given}."),
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
    "poverty_tells": (
        "Tidak diterbitkan: angka {rw} membuka kelompok kurang dari 5 keluarga.",
        "Nothing was published: the numbers of {rw} would tell of a group of fewer than 5 families.",
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
    "no_suggestion": (
        "Tidak ada saran bentuk yang menunggu jawaban.",
        "No suggested shape waits for an answer.",
    ),
    "no_relation": (
        "Antara kedua usulan ini tidak ada kaitan seperti itu. Muat ulang daftarnya.",
        "The two proposals do not hang together like that. Load the list again.",
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
    "no_median": (
        "Peserta tidak punya kriteria yang diberi bobot oleh separuh dari mereka, jadi tidak ada bobot tengah.",
        "There is no criterion to which half of the participants give weight, so there is no median.",
    ),
    "no_participants": (
        "Belum ada bobot peserta di kelurahan ini. Simpan dulu, atau pilih cara lain.",
        "No participant's weights are kept in this kelurahan yet. Keep some first, or choose another kind.",
    ),
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
    "unknown_way": (
        "Pilih cara diberi tahu: {known}.",
        "Choose how to be told: {known}.",
    ),
}
