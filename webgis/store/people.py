"""The people of an installation as administrators look after them: accounts, roles, links, what was changed.

It knows nothing about who may look after whom. Sample accounts are left out where they cannot sign in.
"""

from __future__ import annotations

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from webgis.store import accounts, second_step, tokens

_COLUMNS = """
    a.id::text, a.email, a.name, a.active, a.synthetic, a.created_at, a.password_hash is not null as has_password,
    a.totp_since is not null as has_code, a.openid_subject is not null as has_openid, coalesce((
        select jsonb_agg(jsonb_build_array(m.role, m.region, r.name) order by m.region, m.role)
        from membership m join region r on r.code = m.region where m.account_id = a.id), '[]') as roles,
    (select jsonb_build_array(l.purpose, l.expires_at) from access_link l
     where l.account_id = a.id and l.expires_at > now()) as link
"""


def select(session: Session, words: str, *, synthetic: bool) -> list[RowMapping]:
    """Accounts whose name or address holds the words, by name."""
    query = text(f"""
        select {_COLUMNS} from account a where (:synthetic or not a.synthetic)
        and (:words = '' or position(lower(:words) in lower(a.name || ' ' || a.email)) > 0) order by lower(a.name), a.id
    """)
    return list(session.execute(query, {"words": words, "synthetic": synthetic}).mappings())


def find(session: Session, account_id: str, *, synthetic: bool) -> RowMapping | None:
    """One account."""
    query = text(f"""
        select {_COLUMNS} from account a where a.id = cast(:id as uuid) and (:synthetic or not a.synthetic)
    """)
    return session.execute(query, {"id": account_id, "synthetic": synthetic}).mappings().one_or_none()


def find_by_email(session: Session, email: str) -> RowMapping | None:
    """The account with an address."""
    query = text(f"select {_COLUMNS} from account a where a.email = :email")
    return session.execute(query, {"email": email}).mappings().one_or_none()


def insert(session: Session, email: str, name: str) -> str | None:
    """A new account without a password; its id, None if the address is taken."""
    query = text("""
        insert into account (email, name) values (:email, :name) on conflict (email) do nothing returning id::text
    """)
    found = session.execute(query, {"email": email, "name": name}).scalar_one_or_none()
    return None if found is None else str(found)


def rename(session: Session, account_id: str, name: str) -> None:
    """Give an account another name."""
    query = text("update account set name = :name where id = cast(:id as uuid) and name <> :name")
    session.execute(query, {"id": account_id, "name": name})


def shut_out(session: Session, account_id: str) -> None:
    """Whoever had ways into an account has none any more: password, second step, provider, sessions and tokens go."""
    second_step.drop(session, account_id)
    accounts.drop_sessions(session, account_id)
    tokens.delete_of(session, account_id)
    query = text(
        "update account set password_hash = null, openid_subject = null where id = cast(:id as uuid)"
    )
    session.execute(query, {"id": account_id})


def set_active(session: Session, account_id: str, active: bool) -> None:
    """Let an account sign in, or not."""
    query = text("update account set active = :active where id = cast(:id as uuid) and active <> :active")
    session.execute(query, {"id": account_id, "active": active})


def drop_membership(session: Session, account_id: str, role: str, region: str) -> None:
    """Take a role in a region away."""
    query = text("""
        delete from membership where account_id = cast(:id as uuid) and role = :role and region = :region
    """)
    session.execute(query, {"id": account_id, "role": role, "region": region})


def put_link(session: Session, account_id: str, token_hash: bytes, purpose: str, hours: int) -> None:
    """The one link of an account; an older one opens nothing any more. Links that have ended are swept on the way."""
    query = text("delete from access_link where account_id = cast(:id as uuid) or expires_at < now()")
    session.execute(query, {"id": account_id})
    query = text("""
        insert into access_link (token_hash, account_id, purpose, expires_at)
        values (:hash, cast(:id as uuid), :purpose, now() + make_interval(hours => :hours))
    """)
    values = {"hash": token_hash, "id": account_id, "purpose": purpose, "hours": hours}
    session.execute(query, values)


def link(session: Session, token_hash: bytes, *, synthetic: bool) -> RowMapping | None:
    """Whose live link this is (account_id, email, name, purpose); locks it, so that it opens once."""
    query = text("""
        select a.id::text as account_id, a.email, a.name, l.purpose
        from access_link l join account a on a.id = l.account_id
        where l.token_hash = :hash and l.expires_at > now() and a.active and (:synthetic or not a.synthetic)
        for update of l
    """)
    return session.execute(query, {"hash": token_hash, "synthetic": synthetic}).mappings().one_or_none()


def drop_link(session: Session, account_id: str) -> None:
    """Whatever link an account has opens nothing any more."""
    session.execute(text("delete from access_link where account_id = cast(:id as uuid)"), {"id": account_id})


def changes(session: Session, account_id: str, limit: int) -> list[RowMapping]:
    """What was changed about an account, newest first: table_name, action, old, new, reason, at, who (a name)."""
    query = text("""
        select r.table_name, r.action, r.old, r.new, r.reason, r.at, w.name as who
        from revision r left join account w on w.id = r.account_id
        where r.row_id = :id and r.table_name in ('account', 'membership', 'access_link', 'api_token')
          and (r.table_name, r.action) <> ('access_link', 'delete')
        order by r.id desc limit :limit
    """)
    return list(session.execute(query, {"id": account_id, "limit": limit}).mappings())
