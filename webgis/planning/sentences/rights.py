"""Why somebody may not do something, whatever it is done to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RIGHTS: Final[Mapping[str, tuple[str, str]]] = {
    "not_allowed_administer": (
        "Hanya administrator wilayah ini yang boleh melakukan ini.",
        "Only the administrators of this area may do this.",
    ),
    "not_allowed_set_catalogue": (
        "Hanya Bappeda dan administrator kota yang boleh mengubah harga satuan dan bobot kota.",
        "Only Bappeda and the city's administrators may change unit costs and city weights.",
    ),
    "not_looked_after": (
        "Orang ini juga memegang peran di luar wilayah Anda; akunnya diurus administrator di sana.",
        "This person also holds roles outside your region; an administrator there looks after the account.",
    ),
    "not_yourself": (
        "Hak administrator sendiri tidak bisa dicabut, supaya selalu ada yang mengurus. Minta administrator lain.",
        "You cannot take your own administration away, so that somebody always can. Ask another administrator.",
    ),
    "account_closed": ("Akun ini ditutup. Buka dulu akunnya.", "This account is closed. Open it first."),
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
    "key_only_reads": (
        "Kunci ini hanya membaca (lingkup “read”). Untuk menulis perlu kunci berlingkup “write” atau “full”.",
        "This key only reads (scope “read”). Writing needs a key with the scope “write” or “full”.",
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
    "not_allowed_record_forum": (
        "Hanya BKM dan fasilitator wilayah ini yang boleh mencatat suara rembuk ({region}).",
        "Only the BKM and facilitators of this area may record the votes of a forum ({region}).",
    ),
    "not_allowed_adopt": (
        "Hanya BKM dan Bappeda yang boleh menetapkan rencana {region}.",
        "Only the BKM and Bappeda may adopt the plan of {region}.",
    ),
    "poverty_tells": (
        "Tidak diterbitkan: angka {rw} membuka kelompok kurang dari 5 keluarga.",
        "Nothing was published: the numbers of {rw} would tell of a group of fewer than 5 families.",
    ),
}
