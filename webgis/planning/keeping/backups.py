"""A backup of an installation in one archive, and putting it back.

It knows nothing about PostgreSQL's programs. The archive is a zip: the dump of the database, the files that the
database names (photos, papers, rasters), the kept heads of the chain, and a manifest with the SHA-256 of each and the
rows of every table. No secret is in it: the manifest says by a fingerprint which keys belong to it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from webgis.planning import kept_files
from webgis.planning.errors import Conflict
from webgis.planning.keeping import audit
from webgis.settings import Settings, sealing_key
from webgis.store import attachments, dumping, facts, health, migrate
from webgis.store.database import Database
from webgis.store.dumping import Table

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DUMP: Final = "database.dump"
FILES: Final = "files/"
LAST: Final = "last-backup.json"
"""In the data folder: when the last backup was made and how big it is, for the page of administrators."""
Tell = Callable[[int, str], None]


@dataclass(frozen=True)
class Backup:
    """What was backed up or restored: rows of all tables, files, and files that were missing or damaged."""

    migration: str
    tables: int
    rows: int
    files: int
    damaged: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def back_up(db: Database, settings: Settings, file: Path, tell: Tell) -> Backup:
    """Write an archive, whole or not at all; db: with the owner's rights. Raises OSError.

    Files that are missing or are not what their name says are told and left out; the rest is backed up.
    """
    kept = {audit.FILE: (settings.data_dir / audit.FILE).read_bytes()} if _has_heads(settings) else {}
    with dumping.snapshot(db) as (session, name), _draft(file) as archive:
        tell(5, "counting")
        tables = dumping.tables(session)
        migration, major = health.revision(session) or "", dumping.server_major(session)
        tell(20, "writing the database")
        with archive.open(DUMP, "w", force_zip64=True) as stream:
            hashed = _Hashed(stream)
            dumping.dump(db.url, settings.programs, name, hashed)  # type: ignore[arg-type]
        members = {DUMP: hashed.told()}
        tell(70, "writing files")
        wanted, damaged = _files(settings, session), []
        for path, digest in wanted.items():
            try:
                members[FILES + path] = _add(archive, settings.data_dir / path, FILES + path, digest)
            except (OSError, ValueError):
                damaged.append(path)
        for path, content in kept.items():
            archive.writestr(FILES + path, content)
            members[FILES + path] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        made_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        manifest = {
            "format": FORMAT,
            "made_at": made_at,
            "migration": migration,
            "postgres": major,
            "keys": _fingerprints(settings),
            "settings": _plain(settings),
            "tables": {name: asdict(table) for name, table in tables.items()},
            "members": members,
            "damaged": damaged,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    _remember(settings, made_at, file.stat().st_size)
    return Backup(migration, len(tables), _rows(tables), len(members) - 1, tuple(damaged))


def restore(
    db: Database, settings: Settings, file: Path, tell: Tell, *, replace: bool, upgrade: bool
) -> Backup:
    """Put an archive in the place of what there is, all of it or nothing; db: with the owner's rights.

    Nobody else may be at work: who reads the store while it is replaced would mix both.

    replace: also where something was written before. upgrade: also from an older major version of PostgreSQL.
    Raises Conflict (the store stays as it was) and OSError.
    """
    with _opened(file) as archive:
        manifest = _manifest(archive)
        tables = {name: Table(**table) for name, table in manifest["tables"].items()}
        with db.transaction() as session:
            if dumping.holds_data(session) and not replace:
                raise Conflict("store_not_empty")
            if others := dumping.others_connected(session):
                raise Conflict("store_in_use", connections=others)
            major = dumping.server_major(session)
        if manifest["postgres"] > major or (manifest["postgres"] < major and not upgrade):
            raise Conflict("backup_other_postgres", theirs=str(manifest["postgres"]), ours=str(major))
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.data_dir) as scratch:
            tell(5, "reading the archive")
            _unpack(archive, manifest["members"], Path(scratch))
            tell(40, "writing the database")
            db.engine.dispose()
            dumping.restore(db.url, settings.programs, Path(scratch) / DUMP, tables)
            tell(90, "putting files in their place")
            _put_in_place(Path(scratch) / FILES, settings.data_dir)
    if manifest["migration"] < migrate.head():
        migrate.upgrade(db.url)
    remarks = [
        f"backup_other_key_{name}"
        for name, mark in _fingerprints(settings).items()
        if manifest["keys"][name] != mark
    ]
    members = len(manifest["members"]) - 1
    return Backup(
        manifest["migration"], len(tables), _rows(tables), members, tuple(manifest["damaged"]), tuple(remarks)
    )


def last_backup(folder: Path) -> dict[str, Any] | None:
    """When the last backup was made ("made_at") and how big it is ("bytes"); None if there never was one."""
    try:
        found = json.loads((folder / LAST).read_text(encoding="utf-8"))
        return {"made_at": dt.datetime.fromisoformat(found["made_at"]), "bytes": int(found["bytes"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _files(settings: Settings, session: Any) -> dict[str, str | None]:
    """Path in the data folder -> SHA-256 that it must have (None: any) of every file that the store names."""
    folder = Path("attachments")
    named: dict[str, str | None] = {
        kept_files.place(folder, digest).as_posix(): digest for digest in attachments.names(session)
    }
    return named | {str(row["path"]): None for row in facts.hazards(session)}


class _Hashed:
    """A stream that keeps the SHA-256 and the length of what went through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._hash, self._bytes = stream, hashlib.sha256(), 0

    def write(self, content: bytes) -> int:
        self._hash.update(content)
        self._bytes += len(content)
        return self._stream.write(content)

    def told(self) -> dict[str, Any]:
        return {"bytes": self._bytes, "sha256": self._hash.hexdigest()}


@contextmanager
def _draft(file: Path) -> Iterator[zipfile.ZipFile]:
    """An archive for its owner's eyes only, which gets its name when it is whole and on the disk."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
                yield archive
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, path: Path, name: str, due: str | None) -> dict[str, Any]:
    """Put a file into the archive. Raises OSError, and ValueError if it is not what it should be."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if due not in (None, digest):
            raise ValueError(name)
        stream.seek(0)
        with archive.open(name, "w", force_zip64=True) as target:
            shutil.copyfileobj(stream, target, dumping.CHUNK)
    return {"bytes": path.stat().st_size, "sha256": digest}


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise Conflict("backup_damaged", name=file.name) from error


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What the archive says of itself. Raises Conflict for what is none, and for what is newer than this program."""
    try:
        found: dict[str, Any] = json.loads(archive.read(MANIFEST))
        number, migration = int(found["format"]), str(found["migration"])
    except (KeyError, ValueError, TypeError) as error:
        raise Conflict("backup_unknown") from error
    if number > FORMAT:
        raise Conflict("backup_newer_format", theirs=str(number), ours=str(FORMAT))
    if migration not in migrate.revisions():
        raise Conflict("backup_newer_migration", theirs=migration, ours=migrate.head())
    return found


def _unpack(archive: zipfile.ZipFile, members: dict[str, dict[str, Any]], folder: Path) -> None:
    """Every member into a folder. Raises Conflict for one that is missing or is not what the manifest says."""
    for name, due in members.items():
        parts = PurePosixPath(name).parts
        target = folder.joinpath(*parts)
        if ".." in parts or not target.is_relative_to(folder):
            raise Conflict("backup_damaged", name=name)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with archive.open(name) as stream, target.open("w+b") as copy:
                shutil.copyfileobj(stream, copy, dumping.CHUNK)
                copy.seek(0)
                digest = hashlib.file_digest(copy, "sha256").hexdigest()
        except (KeyError, zipfile.BadZipFile) as error:
            raise Conflict("backup_damaged", name=name) from error
        if digest != due["sha256"]:
            raise Conflict("backup_damaged", name=name)


def _put_in_place(source: Path, data_dir: Path) -> None:
    """Files into the data folder, each by a rename; photos and papers of the store before go, and its heads aside."""
    heads = data_dir / audit.FILE
    if heads.exists():
        heads.replace(heads.with_name(f"audit-heads.before-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}.jsonl"))
    wanted = (
        {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
        if source.exists()
        else set()
    )
    for path in wanted:
        (data_dir / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).replace(data_dir / path)
    for path in (data_dir / "attachments").rglob("*"):
        if path.is_file() and path.relative_to(data_dir) not in wanted:
            path.unlink()


def _has_heads(settings: Settings) -> bool:
    return (settings.data_dir / audit.FILE).exists()


def _fingerprints(settings: Settings) -> dict[str, str]:
    """By which marks the keys are known that belong to a store; for the sealing key the one in its rows."""
    return {name: hashlib.sha256(f"mark {key}".encode()).hexdigest()[:16]
            for name, key in (("sealing", sealing_key()), ("secret", settings.secret_key))}  # fmt: skip


def _plain(settings: Settings) -> dict[str, Any]:
    """Settings that are no secrets, for whoever sets up the machine anew."""
    return {
        "WEBGIS_ENV": settings.environment,
        "WEBGIS_TRUSTED_PROXIES": settings.trusted_proxies,
        "WEBGIS_SECOND_STEP_ROLES": ",".join(sorted(settings.code_roles)),
        "WEBGIS_SIGN_UP": "open" if settings.sign_up else "closed",
        "WEBGIS_MAIL_FROM": settings.mail.sender if settings.mail else "",
        "WEBGIS_OPENID_ISSUER": settings.openid.issuer if settings.openid else "",
        **{
            f"WEBGIS_RETENTION_{name.upper()}_DAYS": days for name, days in asdict(settings.retention).items()
        },
    }


def _remember(settings: Settings, made_at: str, size: int) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    draft = settings.data_dir / f".{LAST}.{os.getpid()}"
    draft.write_text(json.dumps({"made_at": made_at, "bytes": size}), encoding="utf-8")
    draft.replace(settings.data_dir / LAST)


def _rows(tables: dict[str, Table]) -> int:
    return sum(table.rows for table in tables.values())
