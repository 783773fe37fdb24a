"""Passwords and tokens: made, hashed and compared.

It knows nothing about accounts. Passwords are argon2id with OWASP's parameters; tokens are 256 random bits, of which
only the SHA-256 is ever stored, so that a copy of the database opens no door.
"""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret_raw

PASSES: Final = 2
MEMORY_KIB: Final = 19 * 1024
_HASHER: Final = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1)
LONGEST_PASSWORD: Final = 256


def hash_password(password: str) -> str:
    """The hash to store, with its parameters and salt inside."""
    return _HASHER.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is the right one; without a hash the same work is done for nothing and the answer is no."""
    try:
        return _HASHER.verify(password_hash or _dummy_hash(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def new_token() -> str:
    """A token of 256 random bits, safe in cookies and headers."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def slow_hash(words: str, salt: bytes) -> bytes:
    """What is stored of a short secret that is looked up: argon2id of its SHA-256, by a random salt of its owner."""
    return hash_secret_raw(token_hash(words), salt, PASSES, MEMORY_KIB, 1, 32, Type.ID)


def same(given: str, wanted: str) -> bool:
    """Compare in constant time."""
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


@lru_cache(maxsize=1)
def _dummy_hash() -> str:
    return hash_password(secrets.token_urlsafe(32))
