"""Personal data on request: what is kept of an account or a household, and letting go of it.

It knows nothing about who asks. Needs the owner's rights, and `household_scope("*")` for households: the web role may
neither read the keys of histories nor destroy one (migration 0018).
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

OF_ACCOUNT: Final = {
    "account": "select id, email, name, active, created_at, totp_since, openid_subject from account where id = :id",
    "roles": "select role, region from membership where account_id = :id",
    "sessions": "select created_at, expires_at, agent, way from login_session where account_id = :id",
    "tokens": "select label, scope, region, created_at, expires_at, used_at from api_token where account_id = :id",
    "links": "select purpose, created_at, expires_at from access_link where account_id = :id",
    "failed_sign_ins": "select f.address, f.at from failed_login f join account a using (email) where a.id = :id",
    "comments": "select proposal_id, body, at from comment where account_id = :id",
    "supports": "select proposal_id, at from support where account_id = :id",
    "attachments": "select subject, subject_id, kind, caption, at, deleted_at from attachment where account_id = :id",
    "reports": "select asset_id, body, state, created_at from asset_report where account_id = :id",
    "notices": "select kind, kelurahan, proposal_id, report_id, at, read_at from notice where account_id = :id",
    "site_notes": "select proposal_id, body, seen_at, photos from site_note where account_id = :id",
    "site_notes_answered": "select proposal_id, answer, answered_at from site_note where answered_account_id = :id",
    "shape_suggestions": "select proposal_id, note, created_at from shape_suggestion where account_id = :id",
    "shape_decisions": """
        select proposal_id, outcome, reason, decided_at from shape_suggestion where decided_account_id = :id
    """,
    "relations": """
        select kind, first_id, then_id, outcome, reason, decided_at from proposal_relation where account_id = :id
    """,
    "decisions": "select proposal_id, action, note, at from review where account_id = :id",
    "weight_sets": "select id, kelurahan, name, participant, created_at from weight_set where account_id = :id",
    "forums": "select id, kelurahan, met_on, place from forum where account_id = :id",
    "masterplans": "select id, kelurahan, met_on, place from masterplan where account_id = :id",
    "changes": "select table_name, row_id, version, action, reason, at from revision where account_id = :id",
    "households_seen": """
        select minute, way, kelurahan, households, requests, reason from household_view
        where account = cast(:id as text)
    """,
}
"""What is kept of a person with an account, by heading. The password is a hash and of no use to anybody."""
_FORGOTTEN: Final = (
    "delete from failed_login where email = (select email from account where id = :id)",
    "delete from login_session where account_id = :id",
    "delete from api_token where account_id = :id",
    "delete from access_link where account_id = :id",
    "delete from recovery_code where account_id = :id",
    "delete from notice where account_id = :id",
    """
    update weight_set w set participant = :pseudonym from account a
    where a.id = :id and lower(w.participant) = lower(a.name) and (w.account_id = a.id or exists (
        select from membership m where m.account_id = a.id
        and (m.region = w.kelurahan or starts_with(w.kelurahan, m.region || '.'))
    ))
    """,
    "delete from membership where account_id = :id",
    "delete from idempotency where account_id = :id",
    "update comment set author = :name where account_id = :id",
    "update attachment set author = :name where account_id = :id",
    "update asset_report set author = :name where account_id = :id",
    "update site_note set author = :name where account_id = :id",
    "update site_note set answered_by = :name where answered_account_id = :id",
    "update shape_suggestion set author = :name where account_id = :id",
    "update shape_suggestion set decided_by = :name where decided_account_id = :id",
    "update proposal_relation set author = :name where account_id = :id",
    "update forum set author = :name where account_id = :id",
    "update weight_set set author = :name where account_id = :id",
    "delete from support where account_id = :id",
    "delete from public_write where account_id = :id",
    "delete from presence where account_id = :id",
    """
    update account set email = id::text || '@dihapus.invalid', name = :name, password_hash = null, active = false,
        totp_secret = null, totp_since = null, openid_subject = null
    where id = :id
    """,
)
_NAMED: Final = """
    subject in (
        select 'revision:' || o.revision_id
        from revision_original o join revision r on r.id = o.revision_id,
             lateral (select original_words(o)::jsonb as words) said,
             lateral (select coalesce(nullif(words -> 'old', 'null'), '{{}}') as before,
                             coalesce(nullif(words -> 'new', 'null'), '{{}}') as after) states,
             lateral (select exists (
                select from unnest(array['author', 'participant', 'answered_by', 'decided_by']) name
                where lower({name}) in (lower(before ->> name), lower(after ->> name))) as named) people
        where {which}
    )
"""
"""Keys of the old revisions that named somebody beside an account (migration 0033)."""
_NAMED_IN: Final = _NAMED.format(
    name=":named", which="named and :kelurahan in (before ->> 'kelurahan', after ->> 'kelurahan')"
)
_NAMED_OF_ACCOUNT: Final = _NAMED.format(
    name="(select name from account where id = cast(:account as uuid))",
    which="named or r.account_id = cast(:account as uuid)",
)


def account_id(session: Session, email: str) -> str | None:
    """The id of an account by its address, None if there is none."""
    found = session.execute(text("select id::text from account where email = :email"), {"email": email})
    return found.scalar_one_or_none()


def of_account(session: Session, account: str) -> dict[str, list[dict[str, Any]]]:
    """Everything kept of an account, rows by heading."""
    return {
        heading: _rows(session, query.replace(":id", "cast(:id as uuid)"), id=account)
        for heading, query in OF_ACCOUNT.items()
    }


def forget_account(session: Session, account: str, name: str, pseudonym: str) -> None:
    """Take the person out of an account. Decisions, revisions and the access log keep its id, which names nobody."""
    _destroy(session, _NAMED_OF_ACCOUNT, account=account)
    for statement in _FORGOTTEN:
        query = text(statement.replace(":id", "cast(:id as uuid)"))
        values = {"id": account, "name": name, "pseudonym": pseudonym}
        session.execute(query, {key: values[key] for key in query.compile().params})


def forget_name(session: Session, named: str, kelurahan: str, pseudonym: str) -> int:
    """Take a name out that somebody gave without an account; in how many rows it stood."""
    where = {"named": named, "kelurahan": kelurahan}
    weighed = text("""
        update weight_set set participant = :pseudonym
        where lower(participant) = lower(:named) and kelurahan = :kelurahan returning 1
    """)
    reported = text("""
        update asset_report set author = ''
        where lower(author) = lower(:named) and kelurahan = :kelurahan and account_id is null returning 1
    """)
    _destroy(session, _NAMED_IN, **where)
    rows = session.execute(weighed, where | {"pseudonym": pseudonym}).all()
    return len(rows) + len(session.execute(reported, where).all())


def of_household(session: Session, household: str) -> dict[str, list[dict[str, Any]]]:
    """A household as it is, and every earlier state that can still be opened."""
    now = "select to_jsonb(h) - 'geom_3857' as household from household h where id = cast(:id as uuid)"
    history = """
        select v.version, v.action, v.at, v.reason, said.old, said.new from revision v cross join lateral opened(v) said
        where v.table_name = 'household' and v.row_id = :id order by v.id
    """
    return {"now": _rows(session, now, id=household), "history": _rows(session, history, id=household)}


def erase_household(session: Session, household: str) -> bool:
    """Delete a household and destroy the key of its history; whether there was anything to erase."""
    session.execute(text("delete from household where id = cast(:id as uuid)"), {"id": household})
    return _destroy(session, "subject = :id", id=household) > 0


def erase_old(session: Session, days: int) -> int:
    """Erase the households nobody wrote for some days; how many."""
    query = text(
        "delete from household where updated_at < now() - make_interval(days => :days) returning id::text"
    )
    gone = list(session.execute(query, {"days": days}).scalars())
    return _destroy(session, "subject = any(:ids)", ids=gone) if gone else 0


def destroy_of_deleted(session: Session, days: int) -> int:
    """Destroy the keys of households deleted some days ago; how many."""
    return _destroy(
        session,
        """subject in (select row_id from revision where table_name = 'household' and action = 'delete'
                       and at < now() - make_interval(days => :days))
           and not exists (select from household where id::text = subject)""",
        days=days,
    )


def forget_sign_ins(session: Session, days: int) -> int:
    """Delete failed, ended and expired sign-ins of some days ago; how many."""
    old = "< now() - make_interval(days => :days)"
    gone = 0
    for query in (
        f"delete from failed_login where at {old} returning 1",
        f"delete from login_session where expires_at {old} returning 1",
        f"delete from api_token where expires_at {old} returning 1",
    ):
        gone += len(session.execute(text(query), {"days": days}).all())
    return gone


def _destroy(session: Session, which: str, **values: Any) -> int:
    query = f"""
        update subject_key set salt = null, wrapped = null, destroyed_at = now()
        where salt is not null and {which} returning subject
    """
    return len(session.execute(text(query), values).all())


def _rows(session: Session, query: str, **values: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(text(query), values).mappings()]
