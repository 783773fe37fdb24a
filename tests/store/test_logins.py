"""The login of the web's own, spoken to in SQL by somebody who injects what they like: the owner stays out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import DBAPIError

from tests.databases import web_url
from tests.web import HOME
from webgis.planning.keeping import audit
from webgis.settings import BadSetting, Settings, database_url, read
from webgis.store import logins
from webgis.store.database import Database, household_scope

HARM = {
    "become the owner": "set role webgis",
    "become the owner for good": "set session authorization webgis",
    "switch triggers off": "alter table proposal disable trigger all",
    "switch triggers off for itself": "set session_replication_role = replica",
    "open the households": "alter table household no force row level security",
    "drop the policy": "drop policy in_scope on household",
    "read sealing keys": "select * from subject_key",
    "rewrite history": "update revision set reason = 'x'",
    "forget history": "truncate revision",
    "publish poverty": "insert into poverty values ('99.01', '99.01', 5, '5-9', 0, null, default, now())",
    "make a policy": "create policy mine on household using (true)",
    "read files of the server": "select pg_read_file('/etc/passwd')",
    "run programs": "copy (select 1) to program 'true'",
    "make roles": "create role friend login superuser",
}


@pytest.fixture(scope="module")
def urls(test_databases) -> tuple[URL, URL]:
    """The sample city for its owner, and for the web."""
    url = test_databases.new("sample")
    return database_url(url), database_url(web_url(url))


@pytest.fixture
def engine(urls: tuple[URL, URL]) -> Iterator[Engine]:
    """The login as an attacker has it: without what the application says on connecting."""
    made = create_engine(urls[1])
    yield made
    made.dispose()


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("first", ["select 1", "reset role", "set role webgis_web"])
def test_it_cannot(engine: Engine, harm: str, first: str) -> None:
    with engine.connect() as connection:
        connection.execute(text(first))
        with pytest.raises(
            DBAPIError, match="permission denied|must be (owner|superuser|able)|policy|append"
        ):
            connection.execute(text(HARM[harm]))


@pytest.mark.parametrize("first", ["select 1", "reset role", "set role webgis_web"])
def test_it_reads_no_household_without_a_scope(engine: Engine, first: str) -> None:
    count = text("select count(*) from household")
    kept = text("select count(*) from revision where table_name = 'household'")
    with engine.connect() as connection:
        connection.execute(text(first))
        assert (connection.execute(count).scalar_one(), connection.execute(kept).scalar_one()) == (0, 0)


def test_the_application_works_with_it(urls: tuple[URL, URL]) -> None:
    web = Database(urls[1], pool_size=1)
    with web.transaction() as session:
        who = session.execute(text("select session_user || ' ' || current_user")).scalar_one()
        with household_scope(session, HOME):
            assert session.execute(text("select count(*) from household")).scalar_one() > 100
    web.dispose()
    assert who == "webgis_server webgis_web"


@pytest.fixture
def owner(new_database: Callable[..., str]) -> Iterator[Database]:
    found = Database(database_url(new_database("migrated")), owner=True, pool_size=1)
    with found.transaction() as session:
        session.execute(text("drop role if exists webgis_other"))
    yield found
    with found.transaction() as session:
        session.execute(text("drop role if exists webgis_other"))
    found.dispose()


def faults(owner: Database, login: URL) -> list[str]:
    with owner.transaction() as session:
        return logins.faults(session, login)


def test_it_is_made_once_and_given_its_password_again(owner: Database) -> None:
    login = owner.url.set(username="webgis_other", password='lama\'s "kunci"')
    assert faults(owner, login) == ["web login: webgis_other is not there; run webgis migrate"]
    for one in (login, login.set(password="baru")):
        logins.prepare(owner, one)
        assert faults(owner, one) == []
    with owner.transaction() as session:
        stored = session.execute(text("select rolpassword from pg_authid where rolname = 'webgis_other'"))
        assert stored.scalar_one().startswith("SCRAM-SHA-256$")


@pytest.mark.parametrize(
    ("right", "words"),
    [
        ("alter role webgis_other bypassrls", "is not bound by row-level security"),
        ("alter role webgis_other superuser", "is a superuser"),
        ("grant pg_read_all_data to webgis_other", "is a member of pg_read_all_data"),
        ("create table own (); alter table own owner to webgis_other", "owns tables"),
    ],
)
def test_a_name_with_other_rights_is_told_and_never_taken(owner: Database, right: str, words: str) -> None:
    login = owner.url.set(username="webgis_other")
    logins.prepare(owner, login)
    with owner.transaction() as session:
        session.execute(text(right))
    assert faults(owner, login) == [f"web login: webgis_other {words}"]
    with pytest.raises(BadSetting, match=words):
        logins.prepare(owner, login)
    with owner.transaction() as session:
        session.execute(text("drop table if exists own"))


@pytest.mark.parametrize("name", ["webgis", "webgis_web"])
def test_the_owner_and_the_role_are_no_logins_of_the_web(owner: Database, name: str) -> None:
    with pytest.raises(BadSetting, match="no login of its own"):
        logins.prepare(owner, owner.url.set(username=name))


def test_check_tells_a_login_that_is_not_there(owner: Database, tmp_path) -> None:
    settings = Settings(owner.url, "x" * 40, "test", tmp_path, 0)
    assert audit.faults(owner, settings) == []
    login = owner.url.set(username="webgis_other")
    told = audit.faults(owner, Settings(owner.url, "x" * 40, "test", tmp_path, 0, web_database_url=login))
    assert told == ["web login: webgis_other is not there; run webgis migrate"]


def test_the_setting_is_checked() -> None:
    owners = {"DATABASE_URL": "postgresql://x@y/z"}
    assert read(owners).web_database_url is None
    web = read(owners | {"WEBGIS_WEB_DATABASE_URL": "postgresql://w@y/z"}).web_database_url
    assert web is not None and web.username == "w"
    with pytest.raises(BadSetting, match="WEBGIS_WEB_DATABASE_URL"):
        read(owners | {"WEBGIS_WEB_DATABASE_URL": "mysql://w@y/z"})
