"""The store as one file and back, by pg_dump and pg_restore, with a count and a digest of every table.

It knows nothing about archives. What is dumped and what is counted are one snapshot, so that a backup may be made while
people work. Restoring is one transaction: the old tables go, the new ones come and are compared with what was counted,
or nothing has happened.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import URL, text
from sqlalchemy.orm import Session

from webgis.settings import Programs
from webgis.store.database import WEB_ROLE, Database, household_scope

CHUNK: Final = 1 << 20
_OURS: Final = """
    not exists (select from pg_depend d
                where d.objid = {oid} and d.classid = '{catalogue}'::regclass and d.deptype = 'e')
"""
_SAME_TEXT: Final = (
    "set local time zone 'UTC'", "set local datestyle = 'ISO'", "set local intervalstyle = 'postgres'",
    "set local extra_float_digits = 1", "set local bytea_output = 'hex'",
)  # fmt: skip
"""Settings under which a row is the same text on every server."""
_PREPARE: Final = f"""
set local lock_timeout = '10s';
create extension if not exists postgis;
create extension if not exists pgcrypto;
create extension if not exists pg_trgm;
do $$ begin
    create role {WEB_ROLE} nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
    if not pg_has_role('{WEB_ROLE}', 'member') then grant {WEB_ROLE} to current_user; end if;
end $$;
grant usage on schema public to {WEB_ROLE};
do $$ declare
    statement text;
    statements text[];
begin
    select coalesce(array_agg(format('drop %s if exists public.%I cascade', case relkind when 'v' then 'view'
        when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, relname)
        order by relkind = 'S'), '{{}}') into statements
    from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
    and {_OURS.format(oid="c.oid", catalogue="pg_class")};
    foreach statement in array statements loop execute statement; end loop;
    select coalesce(array_agg(format('drop routine if exists %s cascade', oid::regprocedure)), '{{}}') into statements
    from pg_proc p where pronamespace = 'public'::regnamespace
    and {_OURS.format(oid="p.oid", catalogue="pg_proc")};
    foreach statement in array statements loop execute statement; end loop;
    select coalesce(array_agg(format('drop type if exists public.%I cascade', typname)), '{{}}') into statements
    from pg_type t where typnamespace = 'public'::regnamespace and typtype in ('e', 'd', 'c')
    and not exists (select from pg_class c where c.oid = t.typrelid and c.relkind <> 'c')
    and {_OURS.format(oid="t.oid", catalogue="pg_type")};
    foreach statement in array statements loop execute statement; end loop;
end $$;
"""
"""Run before the dump: extensions and the role of the web are there, and nothing of an older store."""


class ProgramFailed(OSError):
    """A program of PostgreSQL is missing or gave up; the message says what it said."""


@dataclass(frozen=True)
class Table:
    """A table as counted: columns (without computed ones), rows, and SHA-256 of all rows whatever their order."""

    columns: tuple[str, ...]
    rows: int
    sha256: str


@contextmanager
def snapshot(db: Database) -> Iterator[tuple[Session, str]]:
    """A transaction that sees one moment of the whole store, households too, and the snapshot's name for pg_dump."""
    with db.transaction() as session:
        session.execute(text("set transaction isolation level repeatable read"))
        with household_scope(session, "*"):
            yield session, str(session.execute(text("select pg_export_snapshot()")).scalar_one())


def tables(session: Session) -> dict[str, Table]:
    """Every table by name, counted. Needs household_scope("*")."""
    for setting in _SAME_TEXT:
        session.execute(text(setting))
    query = text(f"""
        select c.relname, array_agg(a.attname::text order by a.attnum) from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
          and {_OURS.format(oid="c.oid", catalogue="pg_class")}
        group by c.relname order by c.relname
    """)
    found = {}
    for name, columns in session.execute(query).all():
        rows, digest = session.execute(text(_counting(name, columns).replace(":", "\\:"))).one()
        found[name] = Table(tuple(columns), rows, digest)
    return found


def holds_data(session: Session) -> bool:
    """Whether anything was ever written: an account, a region, or rows of tables that are not ours."""
    names = set(
        session.execute(
            text(f"""
                select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
                and {_OURS.format(oid="c.oid", catalogue="pg_class")}
            """)
        ).scalars()
    )
    if "alembic_version" not in names:
        return bool(names)
    return any(
        session.execute(text(f"select exists (select from {name})")).scalar_one()
        for name in ("account", "region", "revision", "proposal", "household")
        if name in names
    )


def server_major(session: Session) -> int:
    """The major version of the server: 15, 16, …"""
    return int(
        session.execute(text("select current_setting('server_version_num')::int / 10000")).scalar_one()
    )


def others_connected(session: Session) -> int:
    """How many other connections of this application are open to this database: web servers and workers."""
    query = text("""
        select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and application_name = 'peta-swadaya'
    """)
    return int(session.execute(query).scalar_one())


def dump(url: URL, programs: Programs, snapshot_name: str, target: IO[bytes]) -> None:
    """Write a dump in PostgreSQL's custom format. Raises ProgramFailed."""
    command = [
        _program(programs, "pg_dump"), "--format=custom", "--no-owner", "--no-comments", "--schema=public",
        "--exclude-table=public.spatial_ref_sys",  # PostGIS's own: who is no superuser cannot give its rights
        "--enable-row-security",  # so that the owner, too, reads households by the policy and not by being superuser
        f"--snapshot={snapshot_name}", "--no-password", _address(url),
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_surroundings(url, programs)
    ) as running:
        assert running.stdout is not None and running.stderr is not None
        shutil.copyfileobj(running.stdout, target, CHUNK)
        said = running.stderr.read()
    _check("pg_dump", running.returncode, said)


def restore(url: URL, programs: Programs, dumped: Path, due: Mapping[str, Table]) -> None:
    """Put a dump in the place of what the database holds, if it then holds what is due. Raises ProgramFailed."""
    folder, env = dumped.parent, _surroundings(url, programs)
    script, before, after = (folder / name for name in ("restore.sql", "before.sql", "after.sql"))
    command = [
        _program(programs, "pg_restore"), "--no-owner", "--no-comments", "--schema=public", f"--file={script}",
        str(dumped),
    ]  # fmt: skip
    done = subprocess.run(command, stderr=subprocess.PIPE, env=env)
    _check("pg_restore", done.returncode, done.stderr)
    before.write_text(_PREPARE, encoding="utf-8")
    after.write_text(_comparison(due), encoding="utf-8")
    command = [
        _program(programs, "psql"), "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1",
        "--single-transaction", *(f"--file={file}" for file in (before, script, after)), _address(url),
    ]  # fmt: skip
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
    _check("psql", done.returncode, done.stderr)


def _counting(table: str, columns: tuple[str, ...] | list[str]) -> str:
    row = f"md5(row({', '.join(map(_quoted, columns))})::text)"
    return f"""
        select count(*), encode(sha256(convert_to(coalesce(
            string_agg(line, '' order by line collate "C"), ''), 'UTF8')), 'hex')
        from (select {row} as line from public.{_quoted(table)}) rows
    """


def _comparison(due: Mapping[str, Table]) -> str:
    """SQL that fails, and so undoes everything, unless each table holds what was counted."""
    checks = "".join(
        f"""
        select * into found from ({_counting(name, table.columns)}) counted(rows, digest);
        if found.rows <> {int(table.rows)} or found.digest <> {_literal(table.sha256)} then
            raise exception 'table % does not hold what was backed up', {_literal(name)};
        end if;"""
        for name, table in due.items()
    )
    settings = ";\n".join(_SAME_TEXT)
    return f"""
        set local search_path = public; set local row_security = on; {settings};
        do $compared$ declare found record; begin {checks}
        end $compared$;
    """


def _program(programs: Programs, name: str) -> str:
    found = shutil.which(name, path=programs.folder or None)
    if found is None:
        where = f"in {programs.folder} (PG_BIN)" if programs.folder else "on PATH"
        raise ProgramFailed(
            f"there is no {name} {where}: install the client programs of PostgreSQL, or name their folder in PG_BIN"
        )
    return found


def _surroundings(url: URL, programs: Programs) -> dict[str, str]:
    """Environment of a program: the password outside of its arguments, and the right to see all rows."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return own | {
        "PGPASSWORD": str(url.password or ""),
        "PGOPTIONS": "-c app.household_scope=* -c statement_timeout=0",
        **({"LD_LIBRARY_PATH": programs.libraries} if programs.libraries else {}),
    }


def _address(url: URL) -> str:
    plain = url.set(drivername="postgresql")._replace(password=None)
    return f"--dbname={plain.render_as_string(hide_password=False)}"


def _check(program: str, code: int, said: bytes) -> None:
    if code:
        lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
        fault = next(
            (line for line in lines if "ERROR" in line or "error:" in line), lines[-1] if lines else ""
        )
        raise ProgramFailed(f"{program} gave up: {fault or f'exit code {code}'}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: Any) -> str:
    return "'" + str(value).replace("'", "''") + "'"
