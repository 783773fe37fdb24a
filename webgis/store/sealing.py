"""The keys of sealed histories under another sealing key: each is taken out of its seal and put into a new one.

It knows nothing about where the sealing keys come from. A history is closed with the key of its subject, which stays;
what changes is the seal on that key, with a new salt, so that the old sealing key opens nothing of this store any more.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

_MARK: Final = "left(encode(sha256(convert_to('mark ' || {key}, 'UTF8')), 'hex'), 16)"
_DIGEST: Final = """
    select encode(sha256(convert_to(coalesce(string_agg(subject || encode(family_key(subject, false), 'hex'), ','
        order by subject), ''), 'UTF8')), 'hex') from subject_key where destroyed_at is null
"""


class NotSealed(RuntimeError):
    """Some keys did not come out as they went in; nothing may be kept of the change."""


def lock(session: Session) -> None:
    """Nobody makes or destroys a key until the transaction ends."""
    session.execute(text("lock table subject_key in share row exclusive mode"))


def sealed_otherwise(session: Session, *keys: str) -> int:
    """How many subjects are sealed with none of these keys."""
    marks = ", ".join(_MARK.format(key=f"cast(:k{i} as text)") for i in range(len(keys)))
    query = text(
        f"select count(*) from subject_key where destroyed_at is null and sealed_with not in ({marks})"
    )
    return int(session.execute(query, {f"k{i}": key for i, key in enumerate(keys)}).scalar_one())


def change(session: Session, new: str) -> int:
    """Seal every key of the sealing key in use with another one, which is in use from now on in this transaction.

    How many there were. Raises NotSealed.
    """
    now = _MARK.format(key="current_setting('app.sealing_key')")
    before = session.execute(text(f"{_DIGEST} and sealed_with = {now}")).scalar_one()
    done = session.execute(
        text(f"""
            update subject_key k set salt = fresh.salt, sealed_with = {_MARK.format(key="cast(:new as text)")},
                wrapped = fresh.start || encrypt_iv(family_key(k.subject, false),
                    hmac(fresh.salt, convert_to(:new, 'UTF8'), 'sha256'), fresh.start, 'aes-cbc/pad:pkcs')
            from (select subject, gen_random_bytes(32) as salt, gen_random_bytes(16) as start
                  from subject_key where destroyed_at is null and sealed_with = {now}) fresh
            where fresh.subject = k.subject returning k.subject
        """),
        {"new": new},
    )
    changed = list(done.scalars())
    session.execute(text("select set_config('app.sealing_key', :new, true)"), {"new": new})
    after = session.execute(text(f"{_DIGEST} and subject = any(:changed)"), {"changed": changed}).scalar_one()
    if before != after:
        raise NotSealed("a key of a history did not come out of its new seal")
    return len(changed)
