"""gis_core as a program for the tests of this room: run in a shell of its own, and the documents most of them change.

It knows nothing about answers. The fixture `ask` runs the same in this process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from gis_core import slum

ROOT = Path(__file__).resolve().parents[2]
SHARES = dict.fromkeys(slum.CRITERIA, 0.0)
RISING = {"points": [[0, 0], [1, 1]]}


def shell(*arguments, text="", cwd=ROOT):
    """Run the program as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "gis_core", *arguments],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=240,
        check=False,
    )


def rank_document(method="value", **changes):
    """Two criteria, three alternatives."""
    document = {
        "method": method,
        "criteria": [
            {"id": "need", "weight": 0.6, "direction": "max", "value": RISING, "missing": {"baseline": 0.5}},
            {
                "id": "cost",
                "weight": 0.4,
                "direction": "min",
                "value": {"points": [[1, 1], [100, 0]], "scale": "log10"},
            },
        ],
        "alternatives": [
            {"id": "a", "values": {"need": 0.5, "cost": 10}},
            {"id": "b", "values": {"need": 1, "cost": 1}, "gates": {"river": False}},
            {"id": "c", "values": {"need": 0.9, "cost": 10}, "gates": {"river": None, "land": True}},
        ],
    }
    return document | changes
