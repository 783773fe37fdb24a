"""Which passwords are good enough: long, and not among those that everybody tries first.

It knows nothing about hashes. The rules are those of OWASP ASVS 5.0, 6.2: length counts, no rule of composition, any
character, the common and leaked ones refused. The list is that of zxcvbn (30,000, from leaks, most frequent first).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from webgis.auth.secrets import LONGEST_PASSWORD
from webgis.planning.errors import BadDocument, Problem

SHORTEST: Final = 8
FEWEST_CHARACTERS: Final = 4
"""Different ones: "aaaaaaaa" and "12121212" are no passwords."""
OURS: Final = frozenset({
    "contoh-saja", "petaswadaya", "kelurahan", "kotakita", "indonesia1", "indonesia123", "indonesia45", "rahasia1",
    "rahasia123", "katasandi", "katasandi1", "katasandi123", "bismillah123", "sayangku", "sayang123", "merdeka45",
    "merdeka1945", "bandung123", "jakarta123", "semangat45", "admin123", "administrator",
})  # fmt: skip
"""What people here try first and the list, which is of the whole world, lacks; collected by us."""


def check(password: str, *about: str, pointer: str = "/password") -> None:
    """Raise BadDocument unless the password may be used; about: name and address of the person."""
    if found := fault(password, *about):
        params = {"least": SHORTEST} if found == "password_short" else {"most": LONGEST_PASSWORD}
        raise BadDocument([Problem(pointer, found, params)])


def fault(password: str, *about: str) -> str | None:
    """The code of what is wrong with a password, None for a good one."""
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST_PASSWORD:
        return "password_long"
    word = password.casefold().strip()
    own = {part for text in about for part in (text.casefold(), text.casefold().partition("@")[0]) if part}
    if word in own:
        return "password_own"
    if len(set(word)) < FEWEST_CHARACTERS or word in OURS or word in _common():
        return "password_common"
    return None


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # half a megabyte that only a new password needs

    return frozenset(FREQUENCY_LISTS["passwords"])
