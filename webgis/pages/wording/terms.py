"""The official words of the programme, each explained in a sentence or two: for one tap anywhere and for the help page.

It knows nothing about where they stand. Meanings follow the domain handbook (Permen PUPR 14/PRT/M/2018 for the slum
form); text is a pair of Indonesian and English. A template writes `term("rt")`, or `term("rt", "RT 03")`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from webgis.auth import current_language


class Term(NamedTuple):
    """A word and what it means, in the language of the request."""

    key: str
    name: str
    text: str


_TERMS: Final[dict[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    "rt": (("RT", "RT"), (
        "Rukun Tetangga: kelompok rumah terkecil, biasanya 30 sampai 80 keluarga. Nilai kumuh dihitung per RT.",
        "Rukun Tetangga, the smallest group of homes, usually 30 to 80 families. Slum scores are made for each RT.")),
    "rw": (("RW", "RW"), (
        "Rukun Warga: beberapa RT yang bertetangga dalam satu kelurahan.",
        "Rukun Warga: several neighbouring RT inside a kelurahan.")),
    "poor": (("KK miskin", "Poor households"), (
        "Keluarga (KK, kepala keluarga) dalam daftar sasaran yang disepakati warga dan BKM. Sebuah usulan hanya "
        "menghitung yang terjangkau dan belum punya layanan sejenis yang berfungsi.",
        "Families on the list that residents and the BKM agreed on. A work counts only those within reach of it that "
        "have no working service of its kind yet.")),
    "slum": (("Nilai kumuh", "Slum score"), (
        "Jumlah poin 16 kriteria Permen PUPR 14/2018, dari 0 sampai 80: tiap kriteria memberi 0, 1, 3, atau 5 poin "
        "menurut besar kekurangannya.",
        "The points of the 16 criteria of Permen PUPR 14/2018 together, from 0 to 80: each criterion gives 0, 1, 3 or "
        "5 points by how large its deficit is.")),
    "grade": (("Tingkat kekumuhan", "Slum grade"), (
        "Dari nilai kumuh: di bawah 16 tidak kumuh, 16–37 ringan, 38–59 sedang, 60–80 berat.",
        "From the slum score: below 16 no slum, 16–37 light, 38–59 medium, 60–80 heavy.")),
    "kontribusi": (("Kontribusi penanganan", "Contribution (kontribusi)"), (
        "Bagian kekumuhan yang hilang bila kegiatan dibangun: turunnya rata-rata kekurangan ketujuh aspek, dibagi "
        "rata-rata sebelumnya.",
        "The part of the slum that goes when the work is built: by how much the mean deficit of the seven aspects "
        "falls, over the mean before.")),
    "kawasan": (("Kawasan kumuh", "Slum area (kawasan)"), (
        "Wilayah kumuh yang ditetapkan dengan SK kepala daerah; biasanya beberapa RT yang menyambung.",
        "A slum area set by decree of the mayor, usually several RT side by side.")),
    "bkm": (("BKM", "BKM"), (
        "Badan Keswadayaan Masyarakat: 9 sampai 13 warga terpilih, tanpa upah, yang menetapkan prioritas kelurahan "
        "lewat rembuk.",
        "Badan Keswadayaan Masyarakat, the community board: 9 to 13 elected, unpaid residents who decide the "
        "priorities of the kelurahan in meetings.")),
    "pjm": (("PJM Pronangkis", "PJM Pronangkis"), (
        "Program Jangka Menengah Penanggulangan Kemiskinan: rencana tiga tahun BKM, dirinci tiap tahun dalam Renta.",
        "The three-year plan of the BKM against poverty, worked out each year in the Renta.")),
    "rembuk": (("Rembuk warga", "Rembuk warga"), (
        "Pertemuan warga yang menyepakati usulan, bobot, dan urutan; tanggal dan kehadirannya dicatat.",
        "The meeting of residents that agrees on proposals, weights and order; its date and attendance are kept.")),
    "tridaya": (("Tridaya", "Tridaya"), (
        "Tiga pilar pembangunan: lingkungan, sosial, dan ekonomi.",
        "The three pillars of the programme: environment, social and economy.")),
    "paket": (("PAKET", "PAKET"), (
        "Program Penanggulangan Kemiskinan Terpadu: hibah kemitraan warga dan pemerintah kota. Usulannya ditinjau "
        "Dinas PU dan perlu dana pendamping.",
        "Poverty Alleviation Partnership Grant: a joint grant of residents and city. Its works are reviewed by the "
        "public works office and need co-funding.")),
    "blm": (("BLM", "BLM"), (
        "Bantuan Langsung Masyarakat: dana hibah yang dikelola BKM untuk kegiatan dalam PJM.",
        "Bantuan Langsung Masyarakat: grant money that the BKM manages for works of its plan.")),
    "apbd": (("APBD", "APBD"), (
        "Anggaran Pendapatan dan Belanja Daerah: anggaran kota atau provinsi, diusulkan lewat Musrenbang.",
        "The budget of the city or province; works enter it through the Musrenbang meetings.")),
    "swadaya": (("Swadaya", "Swadaya"), (
        "Sumbangan warga sendiri: uang, bahan, atau tenaga yang dihitung dalam rupiah.",
        "What residents give themselves: money, material, or work counted in rupiah.")),
    "ded": (("DED", "DED"), (
        "Detailed Engineering Design: gambar kerja dengan ukuran yang cukup untuk membangun.",
        "Detailed engineering design: drawings with all dimensions needed to build.")),
    "rab": (("RAB", "RAB"), (
        "Rencana Anggaran Biaya: rincian volume, harga satuan, dan jumlah biaya.",
        "The cost estimate: volumes, unit costs and their sum, line by line.")),
    "criteria": (("16 kriteria", "16 criteria"), (
        "Tujuh aspek dengan kode 1.a sampai 7.b: bangunan, jalan, air minum, drainase, air limbah, persampahan, dan "
        "proteksi kebakaran. Kekurangan = bagian yang belum memenuhi syarat.",
        "Seven aspects with codes 1.a to 7.b: buildings, roads, drinking water, drainage, wastewater, solid waste and "
        "fire protection. A deficit is the part that falls short.")),
}  # fmt: skip


def terms() -> list[Term]:
    """All terms in their order."""
    at = 0 if current_language() == "id" else 1
    return [Term(key, name[at], text[at]) for key, (name, text) in _TERMS.items()]


def term_name(key: str) -> str:
    """The word itself. Raises KeyError for one that is not explained."""
    return _TERMS[key][0][0 if current_language() == "id" else 1]
