"""How the launcher gets PostgreSQL where there is none, and that the containers have the settings of `./dev run`.

It knows nothing about real package managers: their commands are recorded, not run (the real thing was tried by hand).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from tools import checkout, postgres, server
from tools.checkout import Trouble
from tools.cluster import MAIN, TEST


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine without PostgreSQL; returns the list in which commands are recorded."""
    ran: list[str] = []
    monkeypatch.setattr(checkout, "LOCAL", tmp_path)
    monkeypatch.delenv("PG_BIN", raising=False)
    monkeypatch.setattr(postgres, "find", lambda major=None: None)
    monkeypatch.setattr(postgres, "apt_update", lambda: ran.append("update"))

    def record(command: Sequence[str | Path], what: str, *_: object, **__: object) -> None:
        ran.append(" ".join(map(str, command)))

    monkeypatch.setattr(postgres, "must", record)
    monkeypatch.setattr(postgres, "_leave_main_cluster_alone", lambda: ran.append("no main cluster"))
    return ran


def test_root_installs_version_15_after_reading_the_lists_and_without_a_main_cluster(
    bare_machine: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(postgres, "_ask", lambda command, extra: "Package: postgresql-15-postgis-3")
    with pytest.raises(Trouble):
        postgres.find_or_install()
    assert bare_machine[:2] == ["update", "no main cluster"]
    assert bare_machine[2].endswith("postgresql-15 postgresql-15-postgis-3")
    assert "--no-install-recommends" in bare_machine[2]


def test_other_distributions_get_the_version_their_generic_package_points_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = {"show": "", "depends": "postgresql-postgis\n  Depends: postgresql-17-postgis-3\n"}
    monkeypatch.setattr(postgres, "_ask", lambda command, extra: answers[command[1]])
    assert postgres._package_names([]) == ["postgresql-17", "postgresql-17-postgis-3"]


def test_where_nothing_can_be_installed_three_ways_out_are_named(
    bare_machine: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(Trouble, match=r"(?s)DATABASE_URL.*docker compose"):
        postgres.find_or_install()


def test_a_wrong_pg_bin_is_named_and_nothing_is_installed(
    bare_machine: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PG_BIN", "/nowhere")
    with pytest.raises(Trouble, match="PG_BIN=/nowhere"):
        postgres.find_or_install()
    assert bare_machine == []


def test_a_server_is_given_the_login_to_its_own_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBGIS_DATA_DIR", str(tmp_path))
    mine, another = MAIN.url("webgis"), TEST.url("t_1_sample")
    for url in (mine, another):
        login = server.settings(url)["WEBGIS_WEB_DATABASE_URL"]
        assert (login.partition("@")[2], login == url) == (url.partition("@")[2], False)
        monkeypatch.setenv("WEBGIS_WEB_DATABASE_URL", login)
    monkeypatch.setenv("WEBGIS_WEB_DATABASE_URL", "postgresql://w@elsewhere/x")
    assert (
        server.settings("postgresql://o@elsewhere/x")["WEBGIS_WEB_DATABASE_URL"]
        == "postgresql://w@elsewhere/x"
    )


def test_containers_get_the_settings_of_dev_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBGIS_DATA_DIR", str(tmp_path))
    services = yaml.safe_load((checkout.ROOT / "docker-compose.yml").read_text())["services"]
    names = {
        name
        for name in server.settings("postgresql:///x")
        if name.startswith("WEBGIS_") or name == "DATABASE_URL"
    }
    for service in ("migrate", "web", "worker"):
        given = set(services[service]["environment"])
        assert given >= names - {"WEBGIS_TEST_CLUSTER"}
    assert services["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["web"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
