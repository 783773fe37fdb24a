"""One forum (rembuk warga) of each kelurahan and its votes: who came, and how many were for which proposal.

It knows nothing about scores. Residents are for what is near to many of them: a liking drawn for each proposal, women a
little more for water and sanitation; drafts were not put to the vote.
"""

from __future__ import annotations

from collections import defaultdict

from .feature import Feature
from .frame import name_id, stream

MET_ON = "2026-08-{day:02d}"
HOME_WORK = ("latrine", "mck", "tap", "water", "waste", "septic", "ipal")


def hold(wishes: list[Feature], names: dict[str, str]) -> list[Feature]:
    """The forums as rows; names: of the kelurahan by code."""
    rng = stream("forums")
    ballots: dict[str, list[dict[str, object]]] = defaultdict(list)
    for wish in wishes:
        row = wish.properties
        if row["state"] != "draft" and str(row["created_at"]) < MET_ON.format(day=31):
            ballots[str(row["kelurahan"])].append(row)
    rows = []
    for n, code in enumerate(sorted(ballots)):
        men, women = int(rng.integers(28, 61)), int(rng.integers(30, 71))
        votes = {}
        for row in ballots[code]:
            liking = float(rng.beta(2.2, 2.0))
            hers = min(
                1.0, liking + (0.12 if any(word in str(row["work_type"]) for word in HOME_WORK) else 0.0)
            )
            votes[str(row["id"])] = {"men": round(men * liking), "women": round(women * hers)}
        rows.append(
            Feature(
                None,
                {
                    "id": name_id("forum", n), "kelurahan": code, "met_on": MET_ON.format(day=9 + 2 * n),
                    "place": f"Balai Kelurahan {names[code]}", "men": men, "women": women,
                    "author": f"UPL BKM {names[code]}", "votes": votes,
                },
            )
        )  # fmt: skip
    return rows
