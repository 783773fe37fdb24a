"""The chain of revisions: its heads, and every sign that somebody changed what was kept.

It knows nothing about where heads are written down. A link is sha256(link before || words of the revision); the words
are put together here and not by the function in the database, which whoever changed rows may have changed as well.
A chain rewritten from some place on is whole again: only a head that was copied elsewhere tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

_WORDS: Final = """
    jsonb_build_object('id', r.id, 'table', r.table_name, 'row', r.row_id, 'version', r.version, 'action', r.action,
        'old', r.old, 'new', r.new, 'sealed', encode(r.sealed, 'hex'), 'kelurahan', r.kelurahan,
        'account', r.account_id, 'reason', r.reason,
        'at', to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
"""
_ORIGINAL: Final = f"""
    case when o.revision_id is null then {_WORDS} else original_words(o) end
"""
"""What a link was made of: the revision, or its words before names were taken out (None where they were erased)."""
NAMES: Final = "array['author', 'participant', 'answered_by', 'decided_by']"
SHOWN: Final = 20
"""Faults of one kind that are named one by one."""


@dataclass(frozen=True)
class Head:
    """The last link of a chain: how many links there are, and its hash in hexadecimal."""

    chain: str
    position: int
    hash: str


def heads(session: Session) -> list[Head]:
    """The heads of all chains that have begun."""
    query = text("""
        select distinct on (chain) chain, position, encode(hash, 'hex') from revision_chain
        order by chain, position desc
    """)
    return [Head(*row) for row in session.execute(query)]


def public_head(session: Session) -> Head | None:
    """The head of the chain of facts, which the web role may read as well; None before the first revision."""
    position, mark = session.execute(
        text("select link_position, encode(link_hash, 'hex') from chain_head()")
    ).one()
    return None if position is None else Head("facts", position, mark)


def faults(session: Session) -> list[str]:
    """What is wrong with the links, one sentence each: changed, deleted, inserted or reordered revisions."""
    broken = session.execute(
        text(f"""
            select chain, position, revision_id, kept, before + 1 as due from (
                select c.chain, c.position, c.revision_id, c.hash, r.id is not null as kept,
                    coalesce(lag(c.position) over links, 0) as before,
                    coalesce(lag(c.hash) over links, '') as hash_before,
                    convert_to({_ORIGINAL}, 'UTF8') as words
                from revision_chain c left join revision r on r.id = c.revision_id
                    left join revision_original o on o.revision_id = r.id
                window links as (partition by c.chain order by c.position)
            ) link
            where not kept or position <> before + 1 or hash <> sha256(hash_before || words)
            order by chain, position limit {SHOWN + 1}
        """)
    )
    found = [_sentence(*row) for row in broken]
    unlinked = session.execute(
        text(f"""
            select id from revision r where not exists (select from revision_chain c where c.revision_id = r.id)
            order by id limit {SHOWN + 1}
        """)
    )
    found += [f"revision {row}: inserted past the chain" for row in unlinked.scalars()]
    return found + _faults_of_originals(session)


def _faults_of_originals(session: Session) -> list[str]:
    """Revisions whose names were taken out: that they are those the chain names, and say the rest as they did.

    Of one whose names were erased nothing is left to hold it against; its link stays, and those after it hang on it.
    """
    changed = session.execute(
        text(f"""
            select r.id from revision_original o join revision r on r.id = o.revision_id,
                 lateral (select original_words(o)::jsonb as words) said
            where (r.old, r.new) is distinct from (
                case when jsonb_typeof(words -> 'old') = 'object' then (words -> 'old') - {NAMES} end,
                case when jsonb_typeof(words -> 'new') = 'object' then (words -> 'new') - {NAMES} end)
              and words is not null order by r.id limit {SHOWN}
        """)
    )
    found = [f"revision {row}: changed after its names were taken out" for row in changed.scalars()]
    strange = session.execute(
        text(f"""
            select o.revision_id from revision_original o where not exists (
                select from revision r where r.table_name = 'revision_original'
                and r.new -> 'revisions' @> to_jsonb(o.revision_id)) order by 1 limit {SHOWN}
        """)
    )
    return found + [f"revision {row}: hidden as if names had been taken out" for row in strange.scalars()]


def against(session: Session, kept: Iterable[tuple[str, Head]]) -> list[str]:
    """What heads copied earlier (each with when) say against the chains as they are now."""
    found = []
    for when, head in kept:
        query = text(
            "select encode(hash, 'hex') from revision_chain where chain = :chain and position = :position"
        )
        now = session.execute(query, {"chain": head.chain, "position": head.position}).scalar_one_or_none()
        if now is None:
            found.append(f"chain {head.chain}: cut off; the head of {when} was at link {head.position}")
        elif now != head.hash:
            found.append(f"chain {head.chain}: rewritten up to link {head.position} since the head of {when}")
    return found


def _sentence(chain: str, position: int, revision: int, kept: bool, due: int) -> str:
    if position != due:
        return f"chain {chain}: links {due} to {position - 1} were taken out before revision {revision}"
    if not kept:
        return f"revision {revision}: deleted (link {position} of chain {chain})"
    return f"revision {revision}: changed or moved (link {position} of chain {chain})"
