"""The compose file hands on what docs/operations.md says can be set, and the settings take what nobody has set."""

from __future__ import annotations

import re

import pytest

from tools.checkout import ROOT
from webgis.settings import BadSetting, read

COMPOSE = (ROOT / "docker-compose.yml").read_text()
DATABASE = {"DATABASE_URL": "postgresql://webgis@db/webgis"}


def documented() -> set[str]:
    """The names in the first column of the table of settings; `…_NAME` stands for the ending of the one before it."""
    text = (ROOT / "docs" / "operations.md").read_text()
    table = text.partition("## Settings")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    names = re.findall(r"`(WEBGIS_RETENTION|WEBGIS|…)_(\w+)`", " ".join(cells))
    return {f"WEBGIS_RETENTION_{end}" if start == "…" else f"{start}_{end}" for start, end in names}


def test_compose_hands_on_every_setting() -> None:
    handed_on = set(re.findall(r"^    (WEBGIS_\w+):", COMPOSE, re.MULTILINE))
    assert documented() - handed_on == {"WEBGIS_TEST_CLUSTER"}
    assert handed_on <= documented(), "what the application does not read is given in vain"


def test_what_nobody_has_set_is_handed_on_as_empty_and_taken_for_the_default() -> None:
    empty = dict.fromkeys(documented() - {"WEBGIS_DATA_DIR"}, "")
    assert read({**DATABASE, **empty}) == read(DATABASE)


def test_no_key_that_everybody_knows_seals_a_real_installation() -> None:
    defaults = dict(re.findall(r'^    (WEBGIS_\w+): "\$\{WEBGIS_\w+:-(.*)\}"$', COMPOSE, re.MULTILINE))
    with pytest.raises(BadSetting, match="WEBGIS_SECRET_KEY"):
        read({**DATABASE, **defaults, "WEBGIS_ENV": "production"})
