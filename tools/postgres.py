"""Finding a PostgreSQL that has PostGIS on this machine, and getting one where there is none.

It knows nothing about clusters, databases or the application; it answers with a folder of programs and an environment.
The order (installed, system packages, packages unpacked without root, words of advice) comes from trials on Debian.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.checkout import LOCAL, Trouble, environment, local, lock, must, say

UNPACKED = LOCAL / "postgres"
OLDEST = 13
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
ADVICE = """No PostgreSQL with PostGIS was found, and it could not be installed from here. Three ways out:
  1. install it: apt-get install postgresql postgresql-postgis, dnf install postgis, or brew install postgresql postgis
  2. name a database of yours that has PostGIS: DATABASE_URL=postgresql://user:password@host/name ./dev run
  3. use containers: docker compose up"""


@dataclass(frozen=True)
class Postgres:
    """Programs of one PostgreSQL: their folder, major version, and what the server needs in its environment."""

    folder: Path
    major: int
    extra: dict[str, str] = field(default_factory=dict)

    def program(self, name: str) -> str:
        """Path of one of its programs."""
        return str(self.folder / name)

    def told(self) -> dict[str, str]:
        """How the application is told where the programs are; their libraries are not for Python itself."""
        return {"PG_BIN": str(self.folder), "PG_LIBRARIES": self.extra.get("LD_LIBRARY_PATH", "")}

    def env(self) -> dict[str, str]:
        """Environment for its programs, free of the PG* variables of other servers."""
        return {**{k: v for k, v in environment().items() if not k.startswith("PG")}, **self.extra}


def find(major: int | None = None) -> Postgres | None:
    """The newest PostgreSQL with PostGIS; of one major version only, if a data folder asks for it."""
    found = [p for p in map(_look_at, _candidates()) if p is not None]
    fitting = [p for p in found if major is None or p.major == major]
    return max(fitting, key=lambda p: p.major, default=None)


def find_or_install(major: int | None = None) -> Postgres:
    """A PostgreSQL with PostGIS, installed or unpacked if need be; Trouble with advice if all fails."""
    if found := find(major):
        return found
    if named := os.environ.get("PG_BIN"):
        raise Trouble(
            f"PG_BIN={named} is no PostgreSQL {major or OLDEST} {'' if major else 'or newer '}with PostGIS."
        )
    with lock("postgres"):
        if found := find(major):
            return found
        try:
            _install()
        except Trouble as problem:
            raise Trouble(f"{problem}\n{ADVICE}") from problem
    if found := find(major):
        return found
    raise Trouble(
        ADVICE if major is None else f"The data folder needs PostgreSQL {major} with PostGIS.\n{ADVICE}"
    )


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("PG_BIN"):
        yield Path(named)
        return
    for pattern in (*PLACES, f"{UNPACKED}/usr/lib/postgresql/*/bin"):
        anchor = Path(pattern.split("*")[0]).parent if "*" in pattern else Path(pattern)
        yield from anchor.glob(str(Path(pattern).relative_to(anchor)))
    if program := shutil.which("pg_ctl"):
        yield Path(os.path.realpath(program)).parent


def _look_at(folder: Path) -> Postgres | None:
    """The PostgreSQL in this folder if it is whole, new enough and has PostGIS."""
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "psql", "postgres", "pg_isready")):
        return None
    extra = _unpacked_environment() if UNPACKED in folder.parents else {}
    major = _major(folder, extra)
    if major is None or major < OLDEST:
        return None
    shares = [_share(folder, extra), folder.parents[2] / "share" / "postgresql" / str(major)]
    if not any(share and (share / "extension" / "postgis.control").exists() for share in shares):
        return None
    return Postgres(folder, major, extra)


def _ask(command: Sequence[str | Path], extra: dict[str, str]) -> str:
    try:
        answer = subprocess.run(command, capture_output=True, text=True, env=environment(**extra), timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip()


def _major(folder: Path, extra: dict[str, str]) -> int | None:
    if folder.parent.name.isdigit():
        return int(folder.parent.name)
    found = re.search(r"\) (\d+)", _ask([folder / "postgres", "--version"], extra))
    return int(found[1]) if found else None


def _share(folder: Path, extra: dict[str, str]) -> Path | None:
    config = folder / "pg_config"
    answer = _ask([config, "--sharedir"], extra) if config.exists() else ""
    return Path(answer) if answer else None


# Getting one


def apt_install(packages: Sequence[str], what: str) -> None:
    """Install Debian packages as root, saying so first."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        raise Trouble(f"{what} needs root and apt-get.")
    env = environment(DEBIAN_FRONTEND="noninteractive")
    must(
        [apt, "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", *packages],
        f"{what}: apt-get install {' '.join(packages)}",
        env,
    )


def apt_update() -> None:
    """Read the package lists anew; a mirror that fails is only a warning as older lists may do."""
    say("== apt-get update")
    subprocess.run(["apt-get", "update", "-qq"], stdout=sys.stderr, env=environment())


def _install() -> None:
    if shutil.which("apt-get") is None:
        raise Trouble("There is no apt-get here.")
    if os.geteuid() == 0:
        apt_update()
        _leave_main_cluster_alone()
        apt_install(_package_names([]), "PostgreSQL with PostGIS")
    else:
        _unpack()


def _leave_main_cluster_alone() -> None:
    """Keep Debian's package from making and starting a server of its own on port 5432."""
    config = Path("/etc/postgresql-common/createcluster.conf")
    text = config.read_text() if config.exists() else ""
    if re.search(r"^\s*create_main_cluster\s*=", text, re.MULTILINE):
        return
    apt_install(["postgresql-common"], "PostgreSQL's common part")
    text = config.read_text() if config.exists() else ""
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(
        f"{text}\n# Written by ./dev: its cluster is private to the checkout.\ncreate_main_cluster = false\n"
    )


def _package_names(options: Sequence[str]) -> list[str]:
    """The packages of this distribution: version 15 where it is known, else what postgresql-postgis points at."""
    known = _ask(["apt-cache", *options, "show", "postgresql-15-postgis-3"], {})
    if known:
        return ["postgresql-15", "postgresql-15-postgis-3"]
    text = _ask(["apt-cache", *options, "depends", "postgresql-postgis"], {})
    found = re.search(r"postgresql-(\d+)-postgis-(\d+)", text)
    if not found:
        raise Trouble("This distribution's package lists know no postgresql-postgis.")
    return [f"postgresql-{found[1]}", found[0]]


def _unpack() -> None:
    """Without root: download the packages and unpack them into .local/postgres."""
    say("== PostgreSQL with PostGIS: unpacking Debian packages into .local/postgres (no root needed)")
    apt = _private_apt()
    names = _package_names(apt)
    plan = _ask(["apt-get", *apt, "install", "-s", "--no-install-recommends", *names], {})
    missing = re.findall(r"^Inst (\S+)", plan, re.MULTILINE)
    wanted = {*missing, *names, names[0].replace("postgresql-", "postgresql-client-"), "libpq5"}
    chosen = sorted(n for n in wanted if not n.startswith("libllvm"))
    downloads = local("apt", "debs")
    must(["apt-get", *apt, "download", *chosen], f"downloading {len(chosen)} packages", cwd=downloads)
    fresh = LOCAL / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    for package in sorted(downloads.glob("*.deb")):
        if subprocess.run(["dpkg", "-x", package, fresh]).returncode:
            raise Trouble(f"dpkg could not unpack {package.name}.")
    _finish_extension(fresh)
    for unneeded in ("doc", "man", "locale", "lintian"):
        shutil.rmtree(fresh / "usr" / "share" / unneeded, ignore_errors=True)
    shutil.rmtree(UNPACKED, ignore_errors=True)
    fresh.rename(UNPACKED)
    shutil.rmtree(LOCAL / "apt", ignore_errors=True)


def _private_apt() -> list[str]:
    """apt options that keep lists and cache in .local, so that no root is needed to read the lists."""
    state, cache = (
        local("apt", "lists", "partial").parent,
        local("apt", "cache", "archives", "partial").parents[1],
    )
    paths = {"Dir::State::Lists": state, "Dir::Cache": cache}
    options = [part for name, path in paths.items() for part in ("-o", f"{name}={path}")] + [
        "-o",
        "Debug::NoLocking=true",
    ]
    must(["apt-get", *options, "update", "-qq"], "apt-get update into .local/apt")
    return options


def _finish_extension(tree: Path) -> None:
    """Do what PostGIS's postinst script would: name the versioned control file postgis.control."""
    for control in tree.glob("usr/share/postgresql/*/extension/postgis-3.control"):
        link = control.with_name("postgis.control")
        if not link.exists():
            link.symlink_to(control.name)


def _unpacked_environment() -> dict[str, str]:
    """What the unpacked server needs: its libraries and its projection database."""
    folders = {p.parent for p in UNPACKED.glob("usr/lib/**/*.so*")}
    paths = ":".join(sorted(str(f) for f in folders if "postgresql" not in f.parts))
    return {"LD_LIBRARY_PATH": paths, "PROJ_DATA": str(UNPACKED / "usr/share/proj")}
