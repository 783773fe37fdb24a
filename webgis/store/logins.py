"""The login of the web process: made for it, with the rights of the web role and nothing beside (decision 53).

It knows nothing about settings beyond the URL it is told. Whoever is not the owner of the store cannot become it again,
so what an injected query may do ends at the rights of that role and at row-level security.
"""

from __future__ import annotations

from psycopg2 import sql
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from webgis.settings import BadSetting
from webgis.store.database import WEB_ROLE, Database

_TOO_MUCH = text("""
    select array_remove(array[
        case when r.rolsuper then 'is a superuser' end,
        case when r.rolcreaterole then 'may create roles' end,
        case when r.rolcreatedb then 'may create databases' end,
        case when r.rolreplication then 'may replicate' end,
        case when r.rolbypassrls then 'is not bound by row-level security' end,
        case when exists (select from pg_class c where c.relowner = r.oid) then 'owns tables' end,
        (select 'is a member of ' || string_agg(quote_ident(held.rolname), ', ' order by held.rolname)
         from pg_auth_members m join pg_roles held on held.oid = m.roleid
         where m.member = r.oid and held.rolname <> :role)
    ], null)
    from pg_roles r where r.rolname = :name
""")


def prepare(db: Database, login: URL) -> None:
    """Make the login, or give the one that is there the password of its URL. db: of the owner, migrated.

    Raises BadSetting for a name that has other rights: such an account is for people or other programs.
    """
    name = login.username or ""
    with db.transaction() as session:
        if name in ("", WEB_ROLE, session.execute(text("select current_user")).scalar_one()):
            raise BadSetting(
                "WEBGIS_WEB_DATABASE_URL names no login of its own: another user than the owner's"
            )
        much = _much(session, name)
        if much:
            raise BadSetting(
                f"WEBGIS_WEB_DATABASE_URL: {name} {', '.join(much)}; name a login made for the web alone"
            )
        connection = session.connection().connection.driver_connection
        assert connection is not None
        with connection.cursor() as cursor:
            if much is None:
                cursor.execute(sql.SQL("create role {} login").format(sql.Identifier(name)))
            if login.password:
                words = sql.SQL("alter role {} login password {}")
                cursor.execute(words.format(sql.Identifier(name), sql.Literal(str(login.password))))
            cursor.execute(sql.SQL("grant {} to {}").format(sql.Identifier(WEB_ROLE), sql.Identifier(name)))


def faults(session: Session, login: URL) -> list[str]:
    """What is wrong with the login, one sentence each: it is not there, has too many rights, or is not let in."""
    name = login.username or ""
    much = _much(session, name)
    if much is None:
        return [f"web login: {name} is not there; run webgis migrate"]
    found = [f"web login: {name} {fault}" for fault in much]
    engine = create_engine(login)
    try:
        engine.connect().close()
    except DBAPIError as error:
        said = str(error.orig or error).strip().splitlines()[-1]
        found.append(f"web login: {name} is not let in ({said}); webgis migrate sets its password")
    finally:
        engine.dispose()
    return found


def _much(session: Session, name: str) -> list[str] | None:
    """Rights of a role beyond those of the web role; None if there is no such role."""
    found = session.execute(_TOO_MUCH, {"name": name, "role": WEB_ROLE}).scalar_one_or_none()
    return None if found is None else list(found)
