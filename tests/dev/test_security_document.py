"""docs/security.md names every item of ASVS 5.0 level 2, and no test that is not there."""

from __future__ import annotations

import re

from tools.checkout import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text()
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+)( \(3\))? \| [^|]+ \| ([^|]+) \|$", TEXT, re.MULTILINE)


def test_every_item_of_levels_one_and_two_has_its_line() -> None:
    asked = [item for item, above, _ in ROWS if not above]
    assert len(asked) == len(set(asked)) == 253
    places = [tuple(map(int, item.split("."))) for item, _, _ in ROWS]
    assert places == sorted(places)


def test_each_says_how_or_why_not_and_names_tests_that_are_there() -> None:
    for item, _, how in ROWS:
        assert how.startswith(("Met", "Operator", "Not applicable", "Open")), item
    named = set(re.findall(r"`((?:api|auth|cli|dev|e2e|pages|planning|privacy|store|tiles)/test_\w+)`", TEXT))
    assert len(named) > 40
    missing = [name for name in named if not (ROOT / "tests" / f"{name}.py").exists()]
    assert missing == []
