"""The settings of one process, read from the environment once and checked at start.

It knows nothing about what the settings are used for; nothing else in the house reads the environment.
One validated object instead of scattered look-ups is the twelve-factor rule with the errors moved to the front.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENTS = ("development", "test", "production")
SHORTEST_KEY = 32
SHORTEST_VIEWS = 366
TILES_PER_MINUTE = 12_000
"""Thirty people behind the address of one hall, each moving the map to four new views in a minute."""
FILES_PER_MINUTE = 60
ROLES = frozenset({"planner", "facilitator", "reviewer", "city", "partner", "admin"})


class BadSetting(ValueError):
    """A setting is missing or cannot be used; the message names it and says how to mend it."""


@dataclass(frozen=True)
class Retention:
    """After how many days personal data goes; 0: never by itself.

    households: points of poor families not written for so long. erased: what history keeps of a deleted one. views:
    the log of who saw them. sign_ins: failed, ended or expired ones. notices: what people were told. jobs: background
    work that ended, with its report: that of an import quotes rows of the file.
    Their meaning is in docs/privacy-impact.md.
    """

    households: int = 0
    erased: int = 365
    views: int = 1095
    sign_ins: int = 30
    notices: int = 180
    jobs: int = 30


@dataclass(frozen=True)
class Mail:
    """A mail server, and from whom mails come. Without one, links are handed over by hand."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    encrypted: bool = False


@dataclass(frozen=True)
class OpenId:
    """An OpenID Connect provider that may vouch for people; name: what the button calls it."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str


@dataclass(frozen=True)
class Programs:
    """Where pg_dump, pg_restore and psql are (empty: on PATH), and libraries they need beside the system's."""

    folder: str = ""
    libraries: str = ""


@dataclass(frozen=True)
class Settings:
    """What the application needs to know about its surroundings.

    database_url: SQLAlchemy URL on psycopg2, of the owner of the store. web_database_url: of the web's own login; None:
    the web signs in as the owner and gives up the rights. secret_key: seals the secrets of second steps and signs the
    short cookie of an OpenID sign-in.
    environment: one of ENVIRONMENTS. data_dir: folder of rasters, uploads, photos and papers.
    code_roles: roles that count only for accounts with a second step of signing in. mail, openid: None if not set up.
    sign_up: whether residents may make themselves an account, which may comment and support and nothing else.
    programs: those of PostgreSQL that make and restore backups. poverty_months: on whose first day the poverty map
    is counted anew, from 1. site: where people find this installation, like https://peta.kota.go.id; "" if nobody said:
    then mails carry no links, and every host name is answered. tiles_per_minute, files_per_minute: what one client
    may take from one process, 0 for as much as it likes. clamd: where ClamAV listens, a socket file or host:port; "":
    files are not scanned here.
    """

    database_url: URL
    secret_key: str
    environment: str
    data_dir: Path
    trusted_proxies: int
    retention: Retention = Retention()
    code_roles: frozenset[str] = frozenset()
    mail: Mail | None = None
    openid: OpenId | None = None
    sign_up: bool = True
    programs: Programs = Programs()
    poverty_months: tuple[int, ...] = (1, 4, 7, 10)
    site: str = ""
    tiles_per_minute: int = 0
    files_per_minute: int = 0
    clamd: str = ""
    web_database_url: URL | None = None

    @property
    def production(self) -> bool:
        """Whether real people use this installation: sample accounts are refused, cookies are secure."""
        return self.environment == "production"

    @property
    def base_map(self) -> Path:
        """A base map of the city's own, if there is a file: PMTiles, vector or pictures (decision 32)."""
        return self.data_dir / "basemap.pmtiles"

    @property
    def libpq_dsn(self) -> str:
        """The database for psycopg 3, which the job queue speaks."""
        return self.database_url.set(drivername="postgresql").render_as_string(hide_password=False)


def database_url(given: str, name: str = "DATABASE_URL") -> URL:
    """A PostgreSQL URL on the driver of the store, whatever dialect spelling was given.

    SQLAlchemy 2.1 reads `postgresql://` as psycopg 3, so the driver is always written out. Raises BadSetting.
    """
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise BadSetting(f"{name} is not a URL; write postgresql://user:password@host/database") from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise BadSetting(f"{name} must name PostgreSQL with PostGIS, not {url.get_backend_name()}")
    return url.set(drivername="postgresql+psycopg2")


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings from an environment (the process's own by default). Raises BadSetting.

    An empty one counts as not given: a compose file hands on what nobody has set as empty.
    """
    env = {name: value for name, value in (os.environ if environ is None else environ).items() if value}
    given = env.get("DATABASE_URL", "")
    if not given:
        raise BadSetting(
            "DATABASE_URL is not set; ./dev sets it, or give postgresql://user:password@host/database"
        )
    environment = env.get("WEBGIS_ENV", "development")
    if environment not in ENVIRONMENTS:
        raise BadSetting(f"WEBGIS_ENV must be one of {', '.join(ENVIRONMENTS)}, not {environment!r}")
    secret = env.get("WEBGIS_SECRET_KEY", "")
    if environment == "production" and len(secret) < SHORTEST_KEY:
        raise BadSetting(f"WEBGIS_SECRET_KEY must have at least {SHORTEST_KEY} characters in production")
    proxies = env.get("WEBGIS_TRUSTED_PROXIES", "0")
    if not proxies.isdecimal():
        raise BadSetting("WEBGIS_TRUSTED_PROXIES is the number of proxies in front, a whole number")
    sign_up = env.get("WEBGIS_SIGN_UP") or ("closed" if environment == "production" else "open")
    if sign_up not in ("open", "closed"):
        raise BadSetting(f"WEBGIS_SIGN_UP must be open or closed, not {sign_up!r}")
    data_dir = Path(env.get("WEBGIS_DATA_DIR") or ROOT / ".local" / "data")
    return Settings(
        database_url(given),
        secret or "development-only",
        environment,
        data_dir,
        int(proxies),
        _retention(env),
        _code_roles(env),
        _mail(env),
        _openid(env),
        sign_up == "open",
        Programs(env.get("PG_BIN", ""), env.get("PG_LIBRARIES", "")),
        _months(env.get("WEBGIS_POVERTY_MONTHS") or "1,4,7,10"),
        _site(env.get("WEBGIS_SITE", "")),
        _per_minute(env, "TILES", TILES_PER_MINUTE),
        _per_minute(env, "FILES", FILES_PER_MINUTE),
        _clamd(env.get("WEBGIS_CLAMD", "")),
        database_url(web, "WEBGIS_WEB_DATABASE_URL") if (web := env.get("WEBGIS_WEB_DATABASE_URL")) else None,
    )


def _clamd(given: str) -> str:
    if given and not given.startswith("/") and not given.rpartition(":")[2].isdecimal():
        raise BadSetting("WEBGIS_CLAMD is a socket like /run/clamav/clamd.ctl, or host:port")
    return given


def _per_minute(env: Mapping[str, str], what: str, usual: int) -> int:
    given = env.get(f"WEBGIS_{what}_PER_MINUTE") or str(usual)
    if not (given.isascii() and given.isdecimal()):
        raise BadSetting(f"WEBGIS_{what}_PER_MINUTE is a whole number, 0 for no limit")
    return int(given)


def _site(given: str) -> str:
    parts = urlsplit(given)
    if given and (
        parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query
    ):
        raise BadSetting("WEBGIS_SITE is where people find this installation, like https://peta.kota.go.id")
    return given.rstrip("/")


def _months(given: str) -> tuple[int, ...]:
    parts = given.replace(",", " ").split()
    if not parts or not all(part.isascii() and part.isdecimal() and 1 <= int(part) <= 12 for part in parts):
        raise BadSetting("WEBGIS_POVERTY_MONTHS is a list of months such as 1,4,7,10")
    return tuple(sorted({int(part) for part in parts}))


def _retention(env: Mapping[str, str]) -> Retention:
    days = {}
    for one in fields(Retention):
        given = env.get(f"WEBGIS_RETENTION_{one.name.upper()}_DAYS", str(one.default))
        if not given.isdecimal():
            raise BadSetting(f"WEBGIS_RETENTION_{one.name.upper()}_DAYS is a number of days, 0 for never")
        days[one.name] = int(given)
    if 0 < days["views"] < SHORTEST_VIEWS:
        raise BadSetting(f"WEBGIS_RETENTION_VIEWS_DAYS is 0 or at least {SHORTEST_VIEWS}")
    return Retention(**days)


def sealing_key(environ: Mapping[str, str] | None = None) -> str:
    """The key with which histories of families are sealed: WEBGIS_SEALING_KEY, else a file of the data folder.

    The file is made once, readable by its owner only. Whoever loses the key loses those histories and nothing else.
    Raises BadSetting.
    """
    env = os.environ if environ is None else environ
    key = env.get("WEBGIS_SEALING_KEY", "")
    if not key:
        key = _made_once(sealing_file(env))
    if len(key) < SHORTEST_KEY:
        raise BadSetting(f"WEBGIS_SEALING_KEY must have at least {SHORTEST_KEY} characters")
    return key


def sealing_file(environ: Mapping[str, str] | None = None) -> Path:
    """The file that holds the sealing key where the environment does not."""
    env = os.environ if environ is None else environ
    return Path(env.get("WEBGIS_DATA_DIR") or ROOT / ".local" / "data") / "sealing-key"


def new_sealing_key(environ: Mapping[str, str] | None = None) -> tuple[str, Path | None]:
    """The key to seal with from now on, and the file it waits in until the store is sealed with it (None: no file).

    WEBGIS_NEW_SEALING_KEY where the key is a setting; else a file made once, so that a second try takes the same key.
    Raises BadSetting.
    """
    env = os.environ if environ is None else environ
    if not env.get("WEBGIS_SEALING_KEY"):
        waiting = sealing_file(env).with_name("sealing-key.new")
        return _made_once(waiting), waiting
    key = env.get("WEBGIS_NEW_SEALING_KEY", "")
    if len(key) < SHORTEST_KEY:
        raise BadSetting(
            f"WEBGIS_NEW_SEALING_KEY is the key to change to, at least {SHORTEST_KEY} characters; WEBGIS_SEALING_KEY "
            "stays the one in use until the command is done"
        )
    return key, None


def _made_once(path: Path) -> str:
    """A random key in a file. Linked into place when it is whole, so that two processes cannot make two."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


def _code_roles(env: Mapping[str, str]) -> frozenset[str]:
    named = frozenset(env.get("WEBGIS_SECOND_STEP_ROLES", "").replace(",", " ").split())
    if strange := named - ROLES:
        raise BadSetting(
            f"WEBGIS_SECOND_STEP_ROLES names {', '.join(sorted(strange))}; roles are {', '.join(sorted(ROLES))}"
        )
    return named


def _mail(env: Mapping[str, str]) -> Mail | None:
    given, sender = env.get("WEBGIS_SMTP_URL", ""), env.get("WEBGIS_MAIL_FROM", "")
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadSetting(
            "WEBGIS_SMTP_URL is smtp://user:password@host:587, or smtps:// for TLS from the start"
        )
    if "@" not in sender:
        raise BadSetting(
            "WEBGIS_MAIL_FROM is the address that mails come from; it is needed with WEBGIS_SMTP_URL"
        )
    encrypted, port = parts.scheme == "smtps", parts.port
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise BadSetting(
            "WEBGIS_SMTP_URL: user and password may hold ASCII signs only, mail servers take no others"
        )
    return Mail(parts.hostname, port or (465 if encrypted else 587), sender, user, password, encrypted)


def _openid(env: Mapping[str, str]) -> OpenId | None:
    names = ("WEBGIS_OPENID_ISSUER", "WEBGIS_OPENID_CLIENT_ID", "WEBGIS_OPENID_CLIENT_SECRET")
    issuer, client, secret = (env.get(name, "") for name in names)
    if not issuer:
        return None
    if not (client and secret):
        raise BadSetting(
            "WEBGIS_OPENID_ISSUER also needs WEBGIS_OPENID_CLIENT_ID and WEBGIS_OPENID_CLIENT_SECRET"
        )
    if urlsplit(issuer).scheme not in ("http", "https"):
        raise BadSetting("WEBGIS_OPENID_ISSUER is an address like https://masuk.kota.go.id/realms/kota")
    return OpenId(issuer.rstrip("/"), client, secret, env.get("WEBGIS_OPENID_NAME") or "OpenID Connect")
