"""What each of the 16 criteria of the slum form counts as a deficit, in a sentence or two for one tap beside its name.

It knows nothing about shares or points. Meanings follow Permen PUPR 14/PRT/M/2018 as the domain handbook has them
(1.2); where the regulation leaves the measure to city plans, the measure of field practice is told as such.
"""

from __future__ import annotations

from typing import Final

from webgis.auth import current_language
from webgis.pages.wording import labels
from webgis.pages.wording.terms import Term

_MEANINGS: Final[dict[str, tuple[str, str]]] = {
    "1a": (
        "Bangunan yang menyalahi tata letak dalam rencana kota (RDTR atau RTBL). Tanpa rencana itu, di lapangan "
        "dihitung yang tidak menghadap atau tidak terhubung ke jalan selebar 1,5 m, atau berdiri di sempadan atau di "
        "atas air. Dibagi jumlah bangunan.",
        "Buildings that break the layout rules of the city plan (RDTR or RTBL). Without such a plan, practice counts "
        "those that do not face or reach a path of 1.5 m, or stand in a setback or above water. Over all buildings."),
    "1b": (
        "Luas wilayah yang terlalu padat: kepadatan bangunan melewati rencana kota, atau sekurangnya 250 bangunan "
        "per hektare (kota metropolitan dan besar) atau 200 (kota sedang dan kecil). Untuk RT: seluruhnya atau nol.",
        "The area that is too dense: building coverage above the city plan, or at least 250 buildings per hectare "
        "(metropolitan and large cities) or 200 (medium and small ones). For an RT: its whole area, or nothing."),
    "1c": (
        "Bangunan yang tidak memenuhi syarat teknis: keselamatan, kesehatan, kenyamanan, kemudahan. Di lapangan: luas "
        "lantai di bawah 7,2 m² per orang, atap bocor, dinding rusak, atau lantai tanah.",
        "Buildings that fail the technical rules of safety, health, comfort and ease. In practice: less than 7.2 m² of "
        "floor per person, a leaking roof, damaged walls, or an earth floor."),
    "2a": (
        "Panjang jalan lingkungan yang seharusnya ada tetapi belum: panjang ideal dikurangi jalan yang lebarnya paling "
        "sedikit 1,5 m.",
        "Length of neighbourhood road that should be there and is not: the ideal length less the roads at least 1.5 m "
        "wide."),
    "2b": (
        "Panjang jalan lingkungan yang permukaannya rusak atau belum diperkeras, dibagi panjang ideal.",
        "Length of neighbourhood road with a damaged or unpaved surface, over the ideal length."),
    "3a": (
        "Keluarga tanpa air minum yang aman: airnya keruh, berbau, atau berasa. Di lapangan: bukan air perpipaan dan "
        "bukan sumber terlindung yang berjarak sekurangnya 10 m dari tangki septik.",
        "Families without safe drinking water: it is not clear, smells or tastes. In practice: neither piped nor a "
        "protected source at least 10 m from a septic tank."),
    "3b": (
        "Keluarga yang mendapat kurang dari 60 liter air per orang per hari.",
        "Families that get less than 60 litres of water per person per day."),
    "4a": (
        "Luas wilayah yang tergenang lebih dari 30 cm, lebih dari 2 jam, dan lebih dari 2 kali setahun; ketiganya "
        "sekaligus. Dibagi luas verifikasi.",
        "Area under more than 30 cm of water, for more than 2 hours, more than twice a year; all three together. Over "
        "the verified area."),
    "4b": (
        "Panjang saluran tersier atau lokal yang seharusnya ada tetapi belum, dibagi panjang drainase ideal.",
        "Length of tertiary or local drain that should be there and is not, over the ideal length of drains."),
    "4c": (
        "Panjang saluran yang masih galian tanah tanpa pelapis atau penutup, atau rusak, dibagi panjang drainase "
        "ideal.",
        "Length of drain that is a bare earth ditch without lining or cover, or damaged, over the ideal length."),
    "5a": (
        "Keluarga yang jambannya tidak tersambung ke tangki septik, baik sendiri, komunal, maupun terpusat.",
        "Families whose toilet is not connected to a septic tank, be it their own, communal or central."),
    "5b": (
        "Keluarga dengan kloset leher angsa yang tidak tersambung ke tangki septik, atau tanpa pengolahan setempat "
        "maupun terpusat.",
        "Families whose goose-neck closet is not connected to a septic tank, or who have no treatment on site or "
        "central."),
    "6a": (
        "Keluarga tanpa sarana sampah yang memadai: tempat sampah terpilah di rumah, TPS atau TPS 3R, gerobak atau "
        "truk, atau TPST.",
        "Families without proper waste facilities: sorted bins at home, a collection point (TPS, TPS 3R), a cart or "
        "truck, or a treatment site (TPST)."),
    "6b": (
        "Keluarga yang sampahnya tidak diwadahi, dikumpulkan, diangkut, dan diolah sebagaimana mestinya. Di lapangan: "
        "diangkut kurang dari dua kali seminggu.",
        "Families whose waste is not properly contained, collected, carried away and treated. In practice: collected "
        "less than twice a week."),
    "7a": (
        "Bangunan yang tidak terlindung: tidak ada pasokan air (hidran, sumur, kolam), jalan masuk mobil pemadam, atau "
        "sarana komunikasi dan pos.",
        "Buildings without protection: no water supply (hydrant, well, pond), no access for a fire engine, or no means "
        "of calling and no post."),
    "7b": (
        "Bangunan tanpa sarana pemadam: alat pemadam ringan (APAR), motor atau mobil pemadam, dan pompa.",
        "Buildings without fire equipment: an extinguisher (APAR), a fire motorcycle or engine, and a pump."),
}  # fmt: skip


def criterion_terms() -> list[Term]:
    """The criteria in the order of the form, each with its code, name and meaning."""
    at = 0 if current_language() == "id" else 1
    return [
        Term(code, f"{code[0]}.{code[1]} {labels.label(labels.CRITERIA, code)}", text[at])
        for code, text in _MEANINGS.items()
    ]
