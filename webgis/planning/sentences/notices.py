"""What notices say. {who} is a name, "somebody" where there is none; {title} is read when the notice is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NOTICES: Final[Mapping[str, tuple[str, str]]] = {
    "notice_state": ("{title} kini {state}, oleh {who}.", "{title} is now {state}, by {who}."),
    "notice_state:noted": (
        "{title} kini {state}, oleh {who}, dengan catatan.",
        "{title} is now {state}, by {who}, with a note.",
    ),
    "notice_returned": (
        "{title} dikembalikan oleh {who}; alasannya ada di riwayat.",
        "{title} was returned by {who}; the history tells why.",
    ),
    "notice_waiting": ("{title} menunggu langkah Anda.", "{title} waits for your step."),
    "notice_comment": ("{who} mengomentari {title}.", "{who} commented on {title}."),
    "notice_mention": ("{who} menyebut Anda di {title}.", "{who} mentioned you at {title}."),
    "notice_report": ("{who} melaporkan masalah: {title}.", "{who} reported a problem: {title}."),
    "notice_hidden": (
        "{who} menyembunyikan komentar Anda di {title}. Alasannya: {reason}",
        "{who} hid your comment at {title}. The reason: {reason}",
    ),
    "notice_hidden:shown": (
        "{who} menyembunyikan komentar Anda di {title}; kini komentar itu tampil lagi.",
        "{who} hid your comment at {title}; it is shown again now.",
    ),
    "notice_gone": ("usulan atau laporan yang sudah tidak ada", "a proposal or report that is gone"),
    "digest_subject": ("Peta Swadaya: {count} kabar", "Peta Swadaya: {count} notices"),
    "digest_subject:one": ("Peta Swadaya: 1 kabar", "Peta Swadaya: 1 notice"),
    "digest_head": ("Halo {who}, sejak ringkasan terakhir:", "Hello {who}, since the last digest:"),
    "digest_foot": (
        "Buka kabar di Peta Swadaya untuk membacanya. Cara diberi tahu dapat diubah di Akun saya.",
        "Open the notices in Peta Swadaya to read on. How you are told can be changed in My account.",
    ),
    "unknown_notice_way": (
        "Pilih cara diberi tahu: {known}.",
        "Choose how to be told: {known}.",
    ),
}
