"""What counts as an e-mail address: something that a mail reaches one person by.

It knows nothing about whether anybody reads there. Signs that mean a list, a name or a remark in a mail's head (RFC
5322, 3.2.3) are refused: one address must not be read as two.
"""

from __future__ import annotations

from typing import Final

LONGEST: Final = 254
SPECIAL: Final = frozenset('()<>[]:;@\\,"')


def sound(address: str) -> bool:
    """Whether a mail can go to it."""
    local, _, host = address.partition("@")
    plain = address.isprintable() and not any(sign.isspace() or sign in SPECIAL for sign in local + host)
    return bool(local) and "." in host.strip(".") and plain and len(address) <= LONGEST
