"""Accounts, their roles, sign-in sessions, tokens and the record of failed sign-ins.

It knows nothing about passwords or cookies: hashes come in and go out as bytes or text.
Expiry is judged by the clock of the database, so that several web processes agree.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass

from sqlalchemy import RowMapping, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

_PERSON = """
    a.id::text as id, a.email, a.name, coalesce((
        select jsonb_agg(jsonb_build_array(m.role, m.region) order by m.region, m.role)
        from membership m where m.account_id = a.id), '[]') as roles
"""
_USABLE = "a.active and (:synthetic or not a.synthetic)"


def add_account(session: Session, email: str, name: str, password_hash: str, synthetic: bool) -> str:
    """Create an account, or give an existing one this name and password; its id."""
    query = text("""
        insert into account (email, name, password_hash, synthetic) values (:email, :name, :hash, :synthetic)
        on conflict (email) do update set name = excluded.name, password_hash = excluded.password_hash,
            synthetic = excluded.synthetic, active = true
        returning id::text
    """)
    values = {"email": email, "name": name, "hash": password_hash, "synthetic": synthetic}
    return str(session.execute(query, values).scalar_one())


def add_new(session: Session, email: str, name: str, password_hash: str) -> str | None:
    """Create an account that nobody has yet; its id, None if the address is taken."""
    query = text("""
        insert into account (email, name, password_hash) values (:email, :name, :hash)
        on conflict (email) do nothing returning id::text
    """)
    values = {"email": email, "name": name, "hash": password_hash}
    return session.execute(query, values).scalar_one_or_none()


def add_membership(session: Session, account_id: str, role: str, region: str) -> None:
    """Give a role in a region; nothing happens if it is held already."""
    query = text("""
        insert into membership (account_id, role, region) values (cast(:account as uuid), :role, :region)
        on conflict do nothing
    """)
    session.execute(query, {"account": account_id, "role": role, "region": region})


def exists(session: Session, email: str) -> bool:
    """Whether there is such an account, active or not."""
    return (
        session.execute(text("select 1 from account where email = :email"), {"email": email}).first()
        is not None
    )


def samples_exist(session: Session) -> bool:
    """Whether accounts of the sample city are in the store."""
    query = text("select exists (select 1 from account where synthetic and active)")
    return bool(session.execute(query).scalar_one())


def by_email(session: Session, email: str, *, synthetic: bool) -> RowMapping | None:
    """An account that may sign in, with its password hash and roles."""
    query = text(f"""
        select {_PERSON}, a.password_hash, a.totp_since is not null as has_code
        from account a where a.email = :email and {_USABLE}
    """)
    return session.execute(query, {"email": email, "synthetic": synthetic}).mappings().one_or_none()


def set_password_hash(session: Session, account_id: str, password_hash: str) -> None:
    """Replace the hash: another password, or the same at today's cost of hashing."""
    query = text("update account set password_hash = :hash where id = cast(:id as uuid)")
    session.execute(query, {"id": account_id, "hash": password_hash})


@dataclass(frozen=True)
class NewSession:
    """A session that begins: hash of its cookie, CSRF token, what browser, how somebody came in.

    code_due: the password was right and the code is still missing; nobody is signed in by such a session.
    """

    token_hash: bytes
    account_id: str
    csrf_token: str
    agent: str
    way: str
    code_due: bool
    minutes: int


def add_session(session: Session, new: NewSession) -> None:
    """Start a session; sessions of anybody that have ended are swept on the way."""
    session.execute(text("delete from login_session where expires_at < now()"))
    query = text("""
        insert into login_session (token_hash, account_id, csrf_token, agent, way, code_due, expires_at)
        values (:token_hash, cast(:account_id as uuid), :csrf_token, :agent, :way, :code_due,
                now() + make_interval(mins => :minutes))
    """)
    session.execute(query, asdict(new))


def drop_session(session: Session, token_hash: bytes) -> None:
    """End a session."""
    session.execute(text("delete from login_session where token_hash = :hash"), {"hash": token_hash})


def drop_sessions(session: Session, account_id: str, keep: bytes = b"") -> int:
    """End all sessions of an account but the one to keep; how many were live."""
    query = text("delete from login_session where account_id = cast(:id as uuid) and token_hash <> :keep")
    return int(session.execute(query, {"id": account_id, "keep": keep}).rowcount)  # type: ignore[attr-defined]


def drop_session_by_id(session: Session, account_id: str, session_id: str) -> None:
    """End one session of an account."""
    query = text(
        "delete from login_session where account_id = cast(:account as uuid) and id = cast(:id as uuid)"
    )
    session.execute(query, {"account": account_id, "id": session_id})


def sessions_of(session: Session, account_id: str, current: bytes) -> list[RowMapping]:
    """The live sessions of an account, newest first: id, agent, way, created_at, expires_at, current."""
    query = text("""
        select id::text, agent, way, created_at, expires_at, token_hash = :current as current from login_session
        where account_id = cast(:id as uuid) and expires_at > now() and not code_due order by created_at desc
    """)
    return list(session.execute(query, {"id": account_id, "current": current}).mappings())


def use_session(session: Session, token_hash: bytes, idle: int, whole: int) -> None:
    """Let a session in use live on for idle minutes, but no longer than whole minutes after it began.

    Whoever only reads goes on where nothing can be written, with a full disk for example.
    """
    query = text("""
        update login_session
        set expires_at = least(created_at + make_interval(mins => :whole), now() + make_interval(mins => :idle))
        where token_hash = :hash and expires_at < created_at + make_interval(mins => :whole)
    """)
    with suppress(DBAPIError), session.begin_nested():
        session.execute(query, {"idle": idle, "whole": whole, "hash": token_hash})


def by_session(session: Session, token_hash: bytes, *, synthetic: bool) -> RowMapping | None:
    """Who is behind a live session, its CSRF token, how it began and whether the account has a second step.

    minutes_left: until it ends unused.
    """
    query = text(f"""
        select {_PERSON}, s.csrf_token, s.way, a.totp_since is not null as has_code,
               extract(epoch from s.expires_at - now()) / 60 as minutes_left
        from login_session s join account a on a.id = s.account_id
        where s.token_hash = :hash and s.expires_at > now() and not s.code_due and {_USABLE}
    """)
    return session.execute(query, {"hash": token_hash, "synthetic": synthetic}).mappings().one_or_none()


def by_unfinished(session: Session, token_hash: bytes, *, synthetic: bool) -> RowMapping | None:
    """Who gave the right password in this session and still owes the code."""
    query = text(f"""
        select {_PERSON} from login_session s join account a on a.id = s.account_id
        where s.token_hash = :hash and s.expires_at > now() and s.code_due and {_USABLE}
    """)
    return session.execute(query, {"hash": token_hash, "synthetic": synthetic}).mappings().one_or_none()


def by_openid(
    session: Session, issuer: str, subject: str, email: str | None, *, synthetic: bool
) -> RowMapping | None:
    """The account of a subject of the OpenID provider (`bound`), or one with this confirmed address and none of its.

    Whoever is bound to an account that was closed gets into no other one. What another issuer said binds nothing any
    more: the installation names one, and where that moves, its people come by their addresses again.
    """
    query = text(f"""
        select {_PERSON}, a.openid_subject is not distinct from :subject as bound from account a
        where (a.openid_subject = :subject
            or (a.email = :email and not starts_with(coalesce(a.openid_subject, ''), :issuer || ' ')
                and not exists (select from account other where other.openid_subject = :subject))) and {_USABLE}
    """)
    values = {"issuer": issuer, "subject": subject, "email": email, "synthetic": synthetic}
    return session.execute(query, values).mappings().one_or_none()


def set_openid_subject(session: Session, account_id: str, subject: str) -> None:
    """Bind an account to the person of the provider, so that a change of address there takes nobody's account."""
    query = text("update account set openid_subject = :subject where id = cast(:id as uuid)")
    session.execute(query, {"id": account_id, "subject": subject})


def by_token(session: Session, token_hash: bytes, *, synthetic: bool) -> RowMapping | None:
    """Who is behind a live token, with its scope and region; when it was used is noted to the minute."""
    session.execute(
        text("""
            update api_token set used_at = now()
            where token_hash = :hash and (used_at is null or used_at < now() - interval '1 minute')
        """),
        {"hash": token_hash},
    )
    query = text(f"""
        select {_PERSON}, t.scope, t.region from api_token t join account a on a.id = t.account_id
        where t.token_hash = :hash and t.expires_at > now() and {_USABLE}
    """)
    return session.execute(query, {"hash": token_hash, "synthetic": synthetic}).mappings().one_or_none()


def failures(session: Session, email: str, address: str, minutes: int) -> RowMapping:
    """Failed tries in the last minutes: by account and by address, and seconds since the oldest of each.

    Holds a lock until the transaction ends, so that parallel tries are counted one after the other.
    """
    session.execute(text("select pg_advisory_xact_lock(990101)"))
    query = text("""
        select count(*) filter (where email = :email) as by_account,
               count(*) filter (where address = :address) as by_address,
               extract(epoch from now() - min(at) filter (where email = :email))::int as account_age,
               extract(epoch from now() - min(at) filter (where address = :address))::int as address_age
        from failed_login
        where (email = :email or address = :address) and at > now() - make_interval(mins => :minutes)
    """)
    values = {"email": email, "address": address, "minutes": minutes}
    return session.execute(query, values).mappings().one()


def add_failure(session: Session, email: str, address: str) -> int:
    """Record a try before it is judged; records older than a day are swept. The id of the record."""
    session.execute(text("delete from failed_login where at < now() - interval '1 day'"))
    query = text("insert into failed_login (email, address) values (:email, :address) returning id")
    return int(session.execute(query, {"email": email, "address": address}).scalar_one())


def forgive(session: Session, email: str) -> None:
    """Forget the failed tries of an account, after it was opened with the right password."""
    session.execute(text("delete from failed_login where email = :email"), {"email": email})
