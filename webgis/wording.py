"""The words of refusals that the web itself makes: bad JSON, wrong method, too large, too many tries.

It knows nothing about when they are said; what planning refuses has its words in `planning.sentences`.
One table, both languages side by side, so that a missing translation is seen at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from webgis.planning.sentences.messages import message
from webgis.planning.written import written

TITLES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("Permintaan tidak dapat dibaca", "Bad request"),
    401: ("Perlu masuk", "Sign-in needed"),
    403: ("Tidak berwenang", "Not allowed"),
    404: ("Tidak ditemukan", "Not found"),
    405: ("Cara tidak didukung", "Method not allowed"),
    406: ("Bentuk tidak tersedia", "Not acceptable"),
    409: ("Bertentangan dengan keadaan sekarang", "Conflict"),
    412: ("Sudah berubah", "Changed in the meantime"),
    413: ("Terlalu besar", "Too large"),
    415: ("Jenis isi tidak didukung", "Unsupported media type"),
    422: ("Isi belum benar", "Invalid content"),
    428: ("Versi belum disebut", "Version needed"),
    429: ("Terlalu banyak percobaan", "Too many tries"),
    500: ("Kesalahan di server", "Server error"),
    503: ("Layanan belum siap", "Service not ready"),
    507: ("Tempat penyimpanan penuh", "No room left"),
}

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "other_host": (
        "Nama ini bukan alamat Peta Swadaya di sini. Bukalah {site}.",
        "This name is not the address of Peta Swadaya here. Open {site}.",
    ),
    "broken_page": (
        "Ada yang rusak di sisi kami. Yang sudah tersimpan aman.",
        "Something broke on our side. What you saved is safe.",
    ),
    "bad_request": ("Permintaan tidak dapat dibaca.", "The request cannot be read."),
    "bad_json": (
        "Isi bukan JSON yang sah: {reason} (karakter ke-{at}).",
        "The body is not valid JSON: {reason} (character {at}).",
    ),
    "bad_if_match": (
        'If-Match harus * atau versi dalam tanda kutip, misalnya "3".',
        'If-Match must be * or a version in quotes, such as "3".',
    ),
    "bad_encoding": ("Isi harus teks UTF-8.", "The body must be UTF-8 text."),
    "not_json": (
        "Kirim isi sebagai JSON dengan Content-Type: application/json.",
        "Send the body as JSON with Content-Type: application/json.",
    ),
    "duplicate_member": ("Anggota “{name}” muncul dua kali.", "Member “{name}” appears twice."),
    "number_too_large": (
        "Angka {number} tidak dapat disimpan; tulis angka biasa.",
        "The number {number} cannot be stored; write an ordinary number.",
    ),
    "not_a_number": (
        "{word} bukan angka menurut JSON; tulis angka biasa atau null.",
        "{word} is no number in JSON; write an ordinary number or null.",
    ),
    "bad_text": (
        "Teks berisi karakter yang tidak dapat disimpan.",
        "A text holds a character that cannot be stored.",
    ),
    "too_deep": ("Isi bersarang terlalu dalam.", "The body is nested too deeply."),
    "not_an_object": ("Isi harus berupa objek JSON.", "The body must be a JSON object."),
    "parameter_twice": ("Parameter “{name}” disebut dua kali.", "Parameter “{name}” is given twice."),
    "parameter_unknown": (
        "Parameter “{name}” tidak dikenal. Yang dikenal: {known}.",
        "Parameter “{name}” is not known. Known are: {known}.",
    ),
    "no_such_address": ("Alamat ini tidak ada.", "There is nothing at this address."),
    "method_not_allowed": (
        "Alamat ini hanya menerima {allowed}.",
        "This address accepts {allowed} only.",
    ),
    "too_large": ("Kiriman lebih besar dari 25 MB.", "What was sent is larger than 25 MB."),
    "unsupported_media_type": ("Jenis isi ini tidak didukung.", "This type of content is not supported."),
    "server_error": (
        "Terjadi kesalahan di server. Perubahan terakhir tidak disimpan; coba lagi sebentar lagi.",
        "Something went wrong on the server. The last change was not saved; try again in a moment.",
    ),
    "storage_full": (
        "Tempat penyimpanan server penuh. Perubahan terakhir tidak disimpan, yang lain tetap aman dan terbaca. Beri "
        "tahu pengelola; sesudah ada tempat lagi, kirim ulang.",
        "The server has no room left. The last change was not saved, all else is safe and can be read. Tell whoever "
        "runs it, and send it again once there is room.",
    ),
    "store_away": (
        "Basis data tidak menjawab. Perubahan terakhir tidak disimpan; coba lagi sebentar lagi.",
        "The database does not answer. The last change was not saved; try again in a moment.",
    ),
    "bad_token": ("Token ini tidak berlaku (lagi).", "This token is not valid (any more)."),
    "wrong_password": (
        "Surel atau kata sandi tidak cocok.",
        "This e-mail address and password do not match.",
    ),
    "code_needed": (
        "Kata sandi benar. Kirim juga kode dari aplikasi autentikator.",
        "The password is right. Send the code of the authenticator app as well.",
    ),
    "code_wrong": (
        "Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi.",
        "This code does not match or was used already. Wait for the next one and try again.",
    ),
    "sign_in_again": (
        "Waktu untuk memasukkan kode sudah habis. Masuk lagi dengan kata sandi.",
        "The time for entering the code is over. Sign in with the password again.",
    ),
    "openid_away": (
        "Layanan masuk tidak menjawab. Masuk dengan kata sandi, atau coba lagi sebentar lagi.",
        "The sign-in service does not answer. Sign in with a password, or try again in a moment.",
    ),
    "openid_failed": (
        "Masuk lewat layanan itu tidak berhasil. Coba lagi dari halaman ini.",
        "Signing in with that service did not succeed. Try again from this page.",
    ),
    "openid_unknown": (
        "Tidak ada akun di sini untuk orang ini. Minta undangan dari administrator wilayah Anda.",
        "There is no account here for this person. Ask the administrator of your area for an invitation.",
    ),
    "openid_unconfirmed": (
        "Layanan masuk itu tidak menyebut alamat email yang sudah dikonfirmasi. Konfirmasikan di sana, lalu coba lagi.",
        "The sign-in service names no confirmed e-mail address. Confirm it there and try again.",
    ),
    "password_short": (
        "Kata sandi paling pendek {least} karakter; kalimat pendek lebih mudah diingat.",
        "A password has at least {least} characters; a short sentence is easy to remember.",
    ),
    "password_long": (
        "Kata sandi paling panjang {most} karakter.",
        "A password has at most {most} characters.",
    ),
    "password_common": (
        "Kata sandi ini termasuk yang pertama dicoba orang. Pakai yang lain, misalnya sebuah kalimat.",
        "This password is one of those that are tried first. Take another, for example a sentence.",
    ),
    "password_own": (
        "Nama atau alamat surel sendiri bukan kata sandi. Pakai yang lain.",
        "Your own name or address is no password. Take another.",
    ),
    "infected": (
        "Pemindai virus menolak berkas {name}. Tidak ada yang disimpan; bersihkan berkas itu atau kirim yang lain.",
        "The virus scanner refuses the file {name}. Nothing was kept; clean it or send another one.",
    ),
    "scanner_away": (
        "Pemindai virus tidak menjawab, jadi berkas belum bisa diterima. Coba lagi nanti.",
        "The virus scanner does not answer, so no file can be taken for now. Try again later.",
    ),
    "sign_in_newly": (
        "Masuk lagi lebih dulu: keluar di tempat lain hanya bisa segera setelah masuk.",
        "Sign in again first: signing out elsewhere works only just after signing in.",
    ),
    "password_same": ("Ini kata sandi yang lama.", "This is the old password."),
    "password_wrong": ("Kata sandi ini tidak cocok.", "This is not your password."),
    "passwords_differ": ("Kedua kata sandi tidak sama.", "The two passwords are not the same."),
    "no_link": (
        "Tautan ini sudah dipakai, sudah diganti, atau habis waktunya. Minta tautan baru dari administrator.",
        "This link was used, replaced or is over. Ask the administrator for a new one.",
    ),
    "no_session": ("Sesi ini tidak ada (lagi).", "There is no such session (any more)."),
    "no_token": ("Token ini tidak ada (lagi).", "There is no such token (any more)."),
    "second_step_there": (
        "Langkah kedua sudah dipasang untuk akun ini.",
        "This account has its second step already.",
    ),
    "label_wrong": (
        "Tulis untuk apa token ini, paling panjang {most} karakter.",
        "Say what the token is for, in at most {most} characters.",
    ),
    "person_needed": (
        "Pilih orang yang diwakili token ini.",
        "Choose the person for whom this token acts.",
    ),
    "no_scope": ("Pilih salah satu cakupan.", "Choose one of the scopes."),
    "days_wrong": ("Dari 1 sampai {most} hari.", "From 1 to {most} days."),
    "token_elsewhere": (
        "Orang ini tidak memegang peran di wilayah itu, jadi token ini tidak membuka apa pun.",
        "This person holds no role in that region, so the token would open nothing.",
    ),
    "too_many_tries": (
        "Terlalu banyak percobaan masuk. Coba lagi dalam {minutes} menit.",
        "Too many tries to sign in. Try again in {minutes} min.",
    ),
    "csrf_failed": (
        "Permintaan ini tidak membawa tanda keamanan halaman. Muat ulang halaman, lalu coba lagi.",
        "This request does not carry the security token of the page. Reload the page and try again.",
    ),
    "foreign_origin": ("Permintaan ini datang dari situs lain.", "This request comes from another site."),
    "key_reused": (
        "Idempotency-Key ini sudah dipakai untuk kiriman lain.",
        "This Idempotency-Key was used for another request.",
    ),
    "key_too_long": (
        "Idempotency-Key paling panjang 200 karakter.",
        "An Idempotency-Key has at most 200 characters.",
    ),
    "other_id": (
        "Id di dalam isi berbeda dari id di alamat.",
        "The id in the body differs from the id in the address.",
    ),
    "id_given": ("Id dibuat oleh server; jangan dikirim.", "The server makes the id; do not send one."),
    "bad_bbox": (
        "bbox harus empat angka: barat,selatan,timur,utara dalam derajat, selatan tidak di atas utara.",
        "bbox must be four numbers: west,south,east,north in degrees, south not above north.",
    ),
    "bad_day": ("Tulis tanggal sebagai TTTT-BB-HH.", "Write a day as YYYY-MM-DD."),
    "computed": (
        "Ini dihitung dari volume dan besaran dasar, tidak pernah diterima dari luar. Kirim tanpa ini.",
        "This is computed from volumes and bases, never accepted. Send it without this.",
    ),
    "no_base_map": ("Kota ini tidak punya peta dasar sendiri.", "This city has no base map of its own."),
    "no_such_tile": ("Ubin ini tidak ada.", "There is no such tile."),
    "invalid_value": ("Nilai ini belum benar.", "This value is not right."),
    "missing": ("Wajib diisi.", "This is required."),
    "extra_forbidden": (
        "Anggota ini tidak dikenal atau tidak boleh dikirim.",
        "This member is not known or may not be sent.",
    ),
    "string_type": ("Harus berupa teks.", "This must be text."),
    "string_too_long": ("Paling panjang {max_length} karakter.", "At most {max_length} characters."),
    "string_too_short": ("Paling pendek {min_length} karakter.", "At least {min_length} characters."),
    "too_short": ("Paling sedikit {min_length} isian.", "At least {min_length} entries."),
    "too_long": ("Paling banyak {max_length} isian.", "At most {max_length} entries."),
    "number": ("Harus berupa angka.", "This must be a number."),
    "time": (
        "Harus tanggal atau waktu seperti 2026-03-31 atau 2026-03-31T08:00:00Z (tanda + ditulis %2B).",
        "This must be a date or time like 2026-03-31 or 2026-03-31T08:00:00Z (write + as %2B).",
    ),
    "whole_number": ("Harus berupa bilangan bulat.", "This must be a whole number."),
    "bool_type": ("Harus true atau false.", "This must be true or false."),
    "object_wanted": ("Harus berupa objek JSON: {{…}}.", "This must be a JSON object: {{…}}."),
    "list_wanted": ("Harus berupa larik JSON: […].", "This must be a JSON array: […]."),
    "greater_than": ("Harus lebih dari {gt}.", "This must be greater than {gt}."),
    "greater_than_equal": ("Paling kecil {ge}.", "This must be at least {ge}."),
    "less_than_equal": ("Paling besar {le}.", "This must be at most {le}."),
    "choice": ("Harus salah satu dari {expected}.", "This must be one of {expected}."),
    "geometry": (
        "Geometri GeoJSON tidak sah: harus Point, LineString, Polygon atau bentuk Multi-nya, dalam derajat.",
        "Not a valid GeoJSON geometry: Point, LineString, Polygon or their Multi forms, in degrees.",
    ),
}


JSON_FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "Expecting value": ("di sini harus ada nilai", "a value is expected here"),
    "Expecting property name": (
        "di sini harus ada nama anggota dalam tanda kutip ganda",
        "a member name in double quotes is expected here",
    ),
    "Illegal trailing comma": ("koma terakhir ini berlebih", "this last comma is one too many"),
    "Expecting ':'": ("di sini harus ada titik dua", "a colon is expected here"),
    "Expecting ','": ("di sini harus ada koma", "a comma is expected here"),
    "Unterminated string": ("teks ini tidak ditutup tanda kutip", "this text lacks its closing quote"),
    "Invalid control character": (
        "teks berisi tab atau ganti baris yang tidak ditulis sebagai \\t atau \\n",
        "a text holds a tab or line break that is not written as \\t or \\n",
    ),
    "Invalid \\": ("garis miring terbalik ini tidak dikenal", "this backslash escape is not known"),
    "Extra data": ("masih ada isi sesudah dokumen selesai", "there is more after the end of the document"),
}
"""The beginnings of what Python's JSON parser says, in words."""
UNREADABLE: Final = ("tidak terbaca di sini", "it cannot be read here")


def title(status: int, lang: str) -> str:
    """A status in words."""
    pair = TITLES.get(status) or TITLES[400 if status < 500 else 500]
    return pair[lang == "en"]


def words(code: str, params: Mapping[str, Any], lang: str) -> str:
    """The sentence of a code: ours, or that of planning."""
    if code in WORDS:
        pattern = WORDS[code][lang == "en"]
        shown = {name: _short(written(value, lang)) for name, value in params.items()}
        if code == "bad_json":
            shown["reason"] = _json_fault(str(params["reason"]), lang)
        return pattern.format_map(shown)
    return message(code, dict(params), lang)


def _json_fault(told: str, lang: str) -> str:
    """What Python's parser says of bad JSON, in a language of ours."""
    pair = next((pair for start, pair in JSON_FAULTS.items() if told.startswith(start)), UNREADABLE)
    return pair[lang == "en"]


def _short(value: Any) -> Any:
    """Never repeat a long input back."""
    return value if not isinstance(value, str) or len(value) <= 80 else value[:79] + "…"
