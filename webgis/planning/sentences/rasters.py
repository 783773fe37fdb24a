"""What is wrong with a raster of heights or floods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RASTERS: Final[Mapping[str, tuple[str, str]]] = {
    "raster_no_file": ("Berkas {file} tidak ada.", "There is no file {file}."),
    "raster_unreadable": (
        "{file} bukan raster yang dapat dibaca. Kirim GeoTIFF.",
        "{file} is no raster that can be read. Give a GeoTIFF.",
    ),
    "raster_no_source": ("Sebutkan sumber datanya (--source).", "Say whose data it is (--source)."),
    "raster_year": (
        "Tahun data antara {least} dan {most} (--year).",
        "The year of the data lies between {least} and {most} (--year).",
    ),
    "raster_threshold": (
        "Sebutkan kedalaman air, di atas 0 sampai 5 m, yang dihitung sebagai banjir (--threshold 0.3).",
        "Say from which depth of water, above 0 to 5 m, a place counts as flooded (--threshold 0.3).",
    ),
    "raster_threshold_of_heights": (
        "Ambang hanya untuk banjir; hapus --threshold.",
        "Only floods have a threshold; leave --threshold out.",
    ),
    "raster_turned": (
        "Raster ini miring terhadap utara. Luruskan dulu: gdalwarp.",
        "This raster is turned against north. Straighten it first: gdalwarp.",
    ),
    "raster_no_crs": (
        "Berkas tidak menyebut sistem koordinatnya, atau sistem itu tidak berkode EPSG. Sebutkan: --crs EPSG:32748.",
        "The file names no coordinate system, or one without an EPSG code. Say it: --crs EPSG:32748.",
    ),
    "raster_unknown_crs": (
        "Sistem koordinat {given} tidak dikenal. Tulis seperti EPSG:32748.",
        "The coordinate system {given} is unknown. Write it like EPSG:32748.",
    ),
    "raster_other_crs": (
        "Berkas menyebut {found}, bukan {given}. Hapus --crs, atau pindahkan rasternya dulu: gdalwarp.",
        "The file says {found}, not {given}. Leave --crs out, or move the raster first: gdalwarp.",
    ),
    "raster_nodata": ("“{given}” bukan angka (--nodata).", "“{given}” is no number (--nodata)."),
    "raster_no_nodata": (
        "Berkas tidak menyebut nilai untuk “tanpa data”. Sebutkan: --nodata -9999, atau --nodata none bila setiap sel "
        "berisi nilai.",
        "The file does not say which value means “no data”. Say it: --nodata -9999, or --nodata none if every cell "
        "holds a value.",
    ),
    "raster_elsewhere": (
        "Raster ini tidak menyentuh satu kelurahan pun: menurut {crs} letaknya di {where} (barat, selatan, timur, "
        "utara). Periksa sistem koordinatnya.",
        "This raster touches no kelurahan: by {crs} it lies at {where} (west, south, east, north). Check its "
        "coordinate system.",
    ),
    "raster_too_fine": (
        "Satu kelurahan berisi lebih dari {most} sel. Kurangi kehalusannya dulu: gdalwarp -tr 2 2.",
        "One kelurahan holds more than {most} cells. Make it coarser first: gdalwarp -tr 2 2.",
    ),
    "raster_empty": ("Tidak ada sel yang berisi nilai.", "No cell holds a value."),
    "raster_values": (
        "Nilainya {low} sampai {high} m; yang mungkin {least} sampai {most} m. Periksa jenis, satuan (--unit), dan "
        "nilai “tanpa data” (--nodata).",
        "Its values run from {low} to {high} m, where {least} to {most} m are possible. Check the kind, the unit "
        "(--unit) and the value for “no data” (--nodata).",
    ),
    "no_raster": (
        "Tidak ada raster terdaftar di {path}.",
        "No raster is registered at {path}; `raster list` names them.",
    ),
}
