"""gis_core against the libraries that somebody would take instead: ranking, robustness, plans, households, rasters.

It knows nothing about the contests themselves; they run in an environment of their own, where the peers are installed
beside gis_core (tools/peers.py). Targets are those of the issue that built each part.
"""

from __future__ import annotations

from tests.bench.contests import CONTESTS
from tools.checkout import ROOT, environment, foreground
from tools.peers import peers

PARTS = CONTESTS


def run(*contests: str) -> None:
    """Install the peers if need be and hold all contests, or those named."""
    foreground([str(peers()), "-W", "ignore", "-m", "tests.bench.contests", *contests], environment(), ROOT)
