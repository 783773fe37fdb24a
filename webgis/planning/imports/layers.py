"""The layers that can be imported: their fields, the names these have in files, and the words for kinds.

It knows nothing about files or rows. Names are those of KOTAKU tables, KUGI boundary layers and OpenStreetMap
(domain handbook 3.4); they are compared without case, spaces and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import FUNDS

ALL: Final = ("point", "line", "polygon")
NAME: Final = ("nama", "name", "namobj", "nm", "label", "toponim")
OSM: Final = ("osm_id", "osmid")
ID: Final = ("id", "external_id", "fid", "objectid", "gid", "kode", "code", "uuid")
BASES: Final[Mapping[str, tuple[str, ...]]] = {
    "area_verified_ha": ("luasVerifikasi", "area_verified_ha", "luas_verifikasi", "luas_ha"),
    "buildings": ("jumlahBangunan", "buildings", "bangunan", "jumlah_bangunan"),
    "persons": ("jumlahPenduduk", "persons", "penduduk", "jiwa", "jumlah_penduduk"),
    "households": ("jumlahKK", "households", "kk", "jumlah_kk"),
    "road_ideal_m": ("panjangJalanIdeal", "road_ideal_m", "jalan_ideal"),
    "drain_ideal_m": ("panjangDrainaseIdeal", "drain_ideal_m", "drainase_ideal"),
}
TREATMENT: Final[Mapping[str, tuple[str, ...]]] = {
    "strategic_location": ("nilaiStrategisLokasi", "nilai_strategis", "strategis"),
    "population_density": ("kepadatanPenduduk", "nilai_kepadatan", "kepadatan_penduduk"),
    "socio_economic_culture": ("kondisiSosialEkonomiBudaya", "sosial_ekonomi_budaya", "sosekbud"),
    "tenure_clear": ("statusTanahJelas", "tanah_jelas", "status_penguasaan"),
    "zoning_conform": ("sesuaiRTRW", "sesuai_rtrw", "sesuai_tata_ruang"),
}
"""What stands beside the 16 criteria: points of the considerations, signs of land legality."""
KELURAHAN: Final = ("kelurahan", "kode_kelurahan", "kode_kel", "wadmkd", "kdepum", "desa", "kel")
HOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "rt": ("rt", "kode_rt", "rtrw"), "members": ("members", "anggota", "jiwa", "jumlah_jiwa", "jml_anggota"),
    "elderly": ("elderly", "lansia"), "under_five": ("under_five", "balita"),
    "disabled": ("disabled", "difabel", "disabilitas"), "female_headed": ("female_headed", "kk_perempuan"),
    "decile": ("decile", "desil"), "register": ("register", "sumber_data"),
    "register_date": ("register_date", "tanggal_data"), "external_id": ("id", "fid", "nomor", "no"),
}  # fmt: skip
PERSONAL: Final = re.compile(
    r"^(nik|nokk|nomorkk|noktp|ktp|namakk|namakepalakeluarga|kepalakeluarga|alamat|telepon|telp|nohp|hp|phone|email"
    r"|tanggallahir|tgllahir|nama|name)$"
)


@dataclass(frozen=True)
class Layer:
    """A layer: table, geometry kinds, whether a row needs geometry, fields with their names, margin in metres.

    margin: how far beyond the known kelurahan it may lie. right: action of `access` that lets somebody import rows.
    """

    name: str
    table: str
    kinds: tuple[str, ...]
    needs_geometry: bool
    fields: Mapping[str, tuple[str, ...]]
    multi: bool = False
    margin_m: float = 500.0
    right: str = "import"


def _fields(**names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {field: (field, *given) for field, given in names.items()}


_REGION = {"kelurahan": KELURAHAN, "external_id": ("id", "external_id"), **BASES}
LAYERS: Final[Mapping[str, Layer]] = {
    layer.name: layer
    for layer in (
        Layer("kelurahan", "region", ("polygon",), True, multi=True, fields=_fields(
            code=("kode", "kdepum", "kode_kel", "kode_kelurahan", "kode_kemendagri", "kode_desa"),
            name=("kelurahan", "wadmkd", "nama_kelurahan", "desa", *NAME),
            kecamatan=("wadmkc", "kec", "nama_kecamatan", "wilayah"), kecamatan_code=("kode_kec", "kdcpum"),
            kota=("wadmkk", "kabupaten", "nama_kota"), population=("penduduk", "jumlah_penduduk", "jumlahPenduduk"),
            households=("kk", "jumlah_kk", "jumlahKK"))),
        Layer("rw", "region", ("polygon",), False, multi=True, fields=_fields(
            code=("kode", "kode_rw"), rw=("rw", "no_rw", "nomor", *NAME), population=("penduduk",), **_REGION)),
        Layer("rt", "region", ("polygon",), False, multi=True, fields=_fields(
            code=("kode", "kode_rt"), rt=("rtrw", "rt-rw", "rt", "no_rt", *NAME), rw=("no_rw",),
            kawasan=("id_kawasan", "idkawasan"), population=("jiwa",), **_REGION)),
        Layer("slum-areas", "slum_area", ("polygon",), False, multi=True, margin_m=100.0, right="map_facts",
            fields=_fields(code=("kode",), name=("nama", "namobj"), kelurahan=KELURAHAN,
            kawasan=("id_kawasan", "idkawasan"), rt=("id_rtrw", "idrtrw", "id_rt"), rtrw=("rt-rw",), year=("tahun",),
            total=("totalNilai",),
            grade=("tingkatKekumuhan", "tingkat"), level=("tingkat_data",), **TREATMENT, **BASES)),
        Layer("assets", "asset", ALL, True, margin_m=30.0, right="map_facts", fields=_fields(
            kind=("jenis", "jenis_aset", "tipe", "type", "jenjang", "amenity"), name=NAME,
            kelurahan=("kode_kelurahan",),
            condition=("kondisi",), material=("bahan", "konstruksi"), width_m=("lebar", "width", "lebar_m"),
            capacity=("kapasitas",), built_year=("tahun_bangun", "tahun"), owner=("pemilik", "pengelola"),
            external_id=("npsn", *OSM, *ID))),
        Layer("proposals", "proposal", ALL, True, margin_m=0.0, right="propose", fields=_fields(
            title=("judul", "nama_kegiatan", "usulan", "kegiatan", *NAME),
            description=("keterangan", "uraian", "deskripsi"),
            work_type=("jenis", "jenis_kegiatan", "jenis_pekerjaan"), volume=("vol",),
            cost=("biaya", "anggaran", "rab", "nilai"), is_paket=("paket_dinas",), external_id=ID,
            **{fund: (f"dana_{fund}",) for fund in FUNDS})),
        Layer("households", "household", ("point",), True, fields=HOMES, margin_m=0.0, right="map_facts"),
        Layer("roads", "road", ("line",), True, fields=_fields(
            **{"class": ("kelas", "highway", "fungsi", "fclass", "remark", "jenis")}, name=NAME,
            width_m=("lebar", "width", "lebar_m"), surface=("permukaan", "perkerasan"), external_id=(*OSM, *ID))),
        Layer("buildings", "building", ("polygon",), True, fields=_fields(
            use=("building_use", "fungsi", "guna", "penggunaan", "building", "amenity", "jenis"), name=NAME,
            external_id=(*OSM, *ID))),
        Layer("waterways", "waterway", ("line", "polygon"), True, fields=_fields(
            kind=("jenis", "waterway", "fclass", "remark", "tipe"), name=NAME, width_m=("lebar", "width"),
            depth_m=("dalam", "kedalaman", "depth"), embankment=("tanggul", "bertanggul", "embanked"),
            external_id=(*OSM, *ID))),
        Layer("spatial-plan", "spatial_zone", ("polygon",), True, multi=True, fields=_fields(
            code=("kodszn", "kode_subzona", "kode_sub_zona", "subzona", "sub_zona"),
            zone=("kodzon", "kode_zona", "kode", "kodunk"),
            name=("namszn", "nama_subzona", "nama_sub_zona", "namobj", *NAME),
            zone_name=("namzon", "nama_zona", "zona", "peruntukan", "pola_ruang", "jnsrpr"),
            plan=("rencana", "jenis_rencana"), year=("tahun", "tahun_perda"),
            regulation=("perda", "dasar_hukum", "peraturan", "nomor_perda", "no_perda", "sk"), external_id=ID)),
        Layer("city-programmes", "city_programme", ALL, True, right="map_programmes", fields=_fields(
            title=("judul", "program", "nama_program", "kegiatan", "nama_kegiatan", "paket", "nama_paket", *NAME),
            kind=("jenis", "jenis_prasarana", "jenis_pekerjaan", "tipe"), year=("tahun", "tahun_anggaran", "ta"),
            budget=("anggaran", "pagu", "biaya", "nilai", "nilai_kontrak"),
            office=("dinas", "opd", "skpd", "instansi", "pelaksana"), public=("publik", "umum", "terbuka"),
            source_on=("tanggal", "tanggal_sumber", "tgl"), external_id=("kode_rup", *ID))),
        Layer("places", "place", ALL, True, fields=_fields(
            kind=("jenis", "fclass", "amenity", "landuse", "leisure", "tipe"), name=NAME, external_id=(*OSM, *ID))),
    )
}  # fmt: skip

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "class": {
        "motorway": "main", "trunk": "main", "primary": "main", "secondary": "main", "arteri": "main",
        "arteri primer": "main", "arteri sekunder": "main", "jalan arteri": "main", "tertiary": "collector",
        "kolektor": "collector", "jalan kolektor": "collector", "residential": "local", "unclassified": "local",
        "living_street": "local", "service": "local", "road": "local", "lokal": "local", "jalan lokal": "local",
        "lingkungan": "local", "jalan lingkungan": "local", "gang": "gang", "alley": "gang", "footway": "path",
        "path": "path", "steps": "path", "pedestrian": "path", "cycleway": "path", "track": "path",
        "setapak": "path", "jalan setapak": "path", "rail": "rail", "kereta": "rail", "rel": "rail",
        "main": "main", "collector": "collector", "local": "local",
    },
    "use": {
        "house": "house", "residential": "house", "rumah": "house", "permukiman": "house", "apartments": "house",
        "shop": "shop", "commercial": "shop", "retail": "shop", "toko": "shop", "school": "school",
        "education": "school", "sekolah": "school", "university": "school", "worship": "worship", "mosque": "worship",
        "masjid": "worship", "church": "worship", "place_of_worship": "worship", "public": "public",
        "government": "public", "civic": "public", "medical": "public", "hospital": "public", "kantor": "public",
        "office": "public",
    },
    "waterway": {
        "river": "river", "sungai": "river", "sungai satu garis": "river", "sungai dua garis": "river",
        "alur sungai": "river", "stream": "river", "kali": "river", "canal": "canal", "kanal": "canal",
        "saluran irigasi": "canal", "irigasi": "canal", "drain": "drain", "ditch": "drain", "saluran": "drain",
        "selokan": "drain", "drainase": "drain", "lake": "lake", "danau": "lake", "situ": "lake", "waduk": "lake",
        "embung": "lake", "kolam": "lake",
    },
    "place": {
        "park": "park", "taman": "park", "field": "field", "lapangan": "field", "pitch": "field",
        "cemetery": "cemetery", "makam": "cemetery", "pemakaman": "cemetery", "forest": "forest", "hutan": "forest",
        "ricefield": "ricefield", "sawah": "ricefield", "market": "market", "pasar": "market", "school": "school",
        "sekolah": "school", "office": "office", "kantor": "office", "health": "health", "puskesmas": "health",
        "station": "station", "stasiun": "station", "worship": "worship", "masjid": "worship", "landmark": "landmark",
    },
    "condition": {
        "good": "good", "baik": "good", "light_damage": "light_damage", "rusak ringan": "light_damage",
        "heavy_damage": "heavy_damage", "rusak berat": "heavy_damage", "broken": "broken", "rusak": "heavy_damage",
        "tidak berfungsi": "broken",
    },
    "embankment": {
        "yes": "yes", "ya": "yes", "y": "yes", "ada": "yes", "true": "yes", "1": "yes", "bertanggul": "yes",
        "no": "no", "tidak": "no", "n": "no", "tidak ada": "no", "false": "no", "0": "no", "tanpa tanggul": "no",
    },
    "asset": {
        "sd": "school", "smp": "school", "sma": "school", "smk": "school", "mi": "school", "mts": "school",
        "ma": "school", "sekolah": "school", "bridge": "footbridge", "jembatan": "footbridge", "saluran": "drain",
        "drainase": "drain", "selokan": "drain", "jalan": "road", "puskesmas": "health_centre", "masjid": "worship",
        "mushola": "worship", "tps": "tps3r", "hidran": "hydrant", "septik komunal": "communal_wwtp",
    },
}  # fmt: skip


def plain(text: str) -> str:
    """A name without case, spaces and signs."""
    return re.sub(r"[^0-9a-z]", "", text.lower())


def match_columns(layer: Layer, columns: list[str], given: Mapping[str, str]) -> dict[str, str]:
    """Field -> column, by what was told and else by name; the earliest name of a field wins."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(plain(column), column)
    found = dict(given)
    used = set(given.values())
    for field, names in layer.fields.items():
        if field not in found:
            match = next((by_name[p] for n in names if (p := plain(n)) in by_name), None)
            if match is not None and (match not in used or field in ("external_id", "rt")):
                found[field] = match
                used.add(match)
    return found


def kind_of(group: str, value: Any) -> tuple[str | None, str]:
    """(key of the catalogue or None, near matches) for a kind in the words of a file."""
    text = str(value).strip().lower().removesuffix("_link")
    words = dict(WORDS.get(group, {}))
    if group == "asset":
        words |= _named({key: kind.names for key, kind in catalogue().asset_kinds.items()})
    elif group == "work_type":
        words |= _named({key: kind.names for key, kind in catalogue().work_types.items()})
    if text in words:
        return words[text], ""
    near = get_close_matches(text, words, n=3, cutoff=0.5)
    return None, ", ".join(dict.fromkeys(words[n] for n in near)) or ", ".join(
        sorted(set(words.values()))[:6]
    )


def _named(names: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {word.lower(): key for key, pair in names.items() for word in (key, key.replace("_", " "), *pair)}
