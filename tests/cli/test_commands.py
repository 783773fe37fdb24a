"""`python -m webgis`: exit codes, reports and clear one-line errors, as an operator meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.databases import DATA_DIR
from webgis.settings import ROOT

KELURAHAN = "99.01.01.1001"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(test_databases: Any) -> Run:
    url = test_databases.new("sample")

    def command(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
        surroundings = os.environ | {
            "DATABASE_URL": url, "WEBGIS_ENV": "test", "WEBGIS_DATA_DIR": str(DATA_DIR), **env,
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", "webgis", *words],
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            text=True,
        )

    return command


def test_migrating_and_loading_again_does_nothing(run: Run) -> None:
    assert run("migrate").returncode == 0
    again = run("sample", "load")
    assert again.returncode == 0
    assert "nothing done" in again.stderr + again.stdout


def test_the_sample_city_is_refused_in_production(run: Run) -> None:
    done = run("sample", "load", WEBGIS_ENV="production", WEBGIS_SECRET_KEY="x" * 40)
    assert done.returncode != 0
    assert "refused" in done.stderr and "Traceback" not in done.stderr


def test_an_import_writes_its_report_and_says_by_its_exit_code_if_something_went_in(
    run: Run, tmp_path: Path
) -> None:
    good, bad, report = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "report.json"
    good.write_text("kind,name,lon,lat\npublic_tap,Kran A,107.7,-5.6\npublic_tap,Jauh,100,-1\n")
    done = run("import", str(good), "--layer", "assets", "--crs", "EPSG:4326", "--report", str(report))
    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text())
    assert (told["rows"], told["accepted"], told["refused"]) == (2, 1, 1)
    assert set(told) >= {
        "file",
        "layer",
        "crs",
        "rows",
        "accepted",
        "repaired",
        "refused",
        "doubtful",
        "problems",
    }
    assert told["crs"] == {"given": "EPSG:4326", "used": "EPSG:4326", "how": "declared"}
    assert set(told["problems"][0]) == {"row", "field", "code", "message"}
    bad.write_text("kind,name,lon,lat\npublic_tap,Jauh,100,-1\n")
    nothing = run("import", str(bad), "--layer", "assets", "--crs", "EPSG:4326", "--report", str(report))
    assert nothing.returncode == 3
    assert json.loads(report.read_text())["accepted"] == 0
    missing = run("import", str(tmp_path / "none.csv"), "--layer", "assets")
    assert missing.returncode == 3
    assert "Traceback" not in missing.stderr


def test_a_table_without_a_coordinate_system_is_asked_for_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("kind,lon,lat\npublic_tap,788429,9235409\n")
    done = run("import", str(file), "--layer", "assets")
    assert done.returncode == 3
    assert "crs" in done.stdout + done.stderr


def test_export_and_rank_write_files(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "works.geojson"
    done = run("export", "proposals", "--format", "geojson", "--kelurahan", KELURAHAN, "-o", str(file))
    assert done.returncode == 0, done.stderr
    assert json.loads(file.read_text())["features"]
    ranking = tmp_path / "rank.json"
    assert run("rank", "--kelurahan", KELURAHAN, "-o", str(ranking)).returncode == 0
    rows = json.loads(ranking.read_text())["ranking"]
    assert rows and sum(rows[0]["contributions"].values()) == pytest.approx(rows[0]["score"])
    unknown = run("rank", "--kelurahan", "99.99.99.9999")
    assert unknown.returncode != 0 and "Traceback" not in unknown.stderr


def test_a_raster_is_added_listed_and_removed_from_a_shell(run: Run, tmp_path: Path) -> None:
    file = ROOT / "sample_layers" / "data" / "flood.tif"
    own = {"WEBGIS_DATA_DIR": str(tmp_path / "data")}
    said = ("--kind", "flood", "--source", "BPBD", "--year", "2025", "--unit", "m")
    refused = run("raster", "add", str(file), *said, **own)
    assert refused.returncode == 3
    assert refused.stderr.startswith("flood.tif: ") and "--threshold" in refused.stderr
    added = run("raster", "add", str(file), *said, "--threshold", "0.3", **own)
    assert added.returncode == 0, added.stderr
    assert "rasters/flood-flood.tif: EPSG:32748" in added.stdout and "6 of 6 kelurahan" in added.stdout
    assert "flood  rasters/flood-flood.tif  2025  BPBD, above 0.3 m" in run("raster", "list").stdout
    assert run("raster", "remove", "rasters/flood-flood.tif", **own).returncode == 0
    again = run("raster", "remove", "rasters/flood-flood.tif", **own)
    assert again.returncode == 1 and "raster list" in again.stderr and "Traceback" not in again.stderr


def test_a_plan_is_written_to_the_screen_as_json_and_nothing_else(run: Run) -> None:
    money = (
        "--budget",
        "blm=300_000_000,300_000_000,300_000_000",
        "--budget",
        "apbd=200000000,200000000,200000000",
    )
    done = run("plan", "--kelurahan", KELURAHAN, *money, "--benefit-years", "0.9")
    assert done.returncode == 0, done.stderr
    plan = json.loads(done.stdout)
    assert plan["schedule"] and plan["feasible"] and plan["benefit_years"] == 0.9
    torn = run("plan", "--kelurahan", KELURAHAN, "--budget", "blm=0,0,0", "--rw-share", "0.9")
    assert torn.returncode == 0 and "cannot be had together" in torn.stderr
    assert json.loads(torn.stdout)["conflict"]
    refused = (
        ("--budget=paket=much", "paket=much"), ("--budget=blm=1,1,1", "blm is named twice"),
        ("--benefit-years=0", "0<x<=1"),
    )  # fmt: skip
    for option, said in refused:
        wrong = run("plan", "--kelurahan", KELURAHAN, *money, option)
        assert wrong.returncode == 2 and said in wrong.stderr and "Traceback" not in wrong.stderr


def test_people_and_tokens_are_added(run: Run) -> None:
    done = run(
        "user", "add", "baru@contoh.test", "--name", "Baru", "--role", "planner", "--region", KELURAHAN,
        WEBGIS_PASSWORD="kata-sandi-panjang",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for words, password in (
        (("--region", KELURAHAN), "pendek"),
        (("--region", "32.73"), "kata-sandi-panjang"),
    ):
        refused = run(
            "user", "add", "lain@contoh.test", "--name", "Lain", "--role", "planner", *words,
            WEBGIS_PASSWORD=password,
        )  # fmt: skip
        assert refused.returncode != 0 and "Traceback" not in refused.stderr
    token = run("token", "add", "partner@contoh.test", "--label", "uji")
    assert token.returncode == 0 and len(token.stdout.strip()) > 20


def test_the_store_is_checked(run: Run) -> None:
    done = run("check")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("url", ["", "mysql://x/y", "postgresql://nobody@/none?host=/nowhere"])
def test_a_database_that_cannot_be_used_is_one_clear_line(run: Run, url: str) -> None:
    done = run("check", DATABASE_URL=url)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.fixture(scope="module")
def city_order(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The sample city ranked in one process."""
    file = tmp_path_factory.mktemp("city") / "city.json"
    done = run("rank", "--kelurahan", KELURAHAN, "--city", "-o", str(file))
    assert done.returncode == 0, done.stderr
    return json.loads(file.read_text())


def test_a_city_is_ranked_in_one_order_by_the_scores_of_its_kelurahan(
    run: Run, tmp_path: Path, city_order: dict[str, Any]
) -> None:
    rows = city_order["ranking"]
    through = [row for row in rows if row["passes"]]
    assert len({row["kelurahan"] for row in rows}) > 1
    assert [row["score"] for row in through] == sorted((row["score"] for row in through), reverse=True)
    assert through[0]["rank"] == 1 and all(row["rank"] is None for row in rows if not row["passes"])
    one = tmp_path / "one.json"
    assert run("rank", "--kelurahan", KELURAHAN, "-o", str(one)).returncode == 0
    alone = {row["id"]: (row["rank"], row["score"]) for row in json.loads(one.read_text())["ranking"]}
    here = [row for row in rows if row["kelurahan"] == KELURAHAN]
    assert {row["id"]: (row["rank_in_kelurahan"], row["score"]) for row in here} == alone


@pytest.mark.parametrize("kind", ["processes", "dask"])
def test_a_city_comes_out_the_same_whoever_does_the_parts(
    run: Run, tmp_path: Path, city_order: dict[str, Any], kind: str
) -> None:
    file = tmp_path / "city.json"
    done = run("rank", "--kelurahan", KELURAHAN, "--city", "--executor", kind, "-o", str(file))
    assert done.returncode == 0, done.stderr
    made = json.loads(file.read_text())
    assert made["ranking"] == city_order["ranking"]
    parts = len(made["kelurahan"])
    assert f"{parts}/{parts} kelurahan" in done.stderr


def test_a_city_nobody_knows_and_an_executor_without_one_are_refused_in_a_line(run: Run) -> None:
    for words in (
        ("--kelurahan", "88.01.01.1001", "--city"),
        ("--kelurahan", KELURAHAN, "--executor", "processes"),
    ):
        done = run("rank", *words)
        assert done.returncode != 0 and "Traceback" not in done.stderr and done.stderr.strip()
