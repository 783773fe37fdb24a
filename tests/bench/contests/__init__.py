"""Contests: one question, several ways to answer it, timed in shuffled rounds and their answers compared."""

CONTESTS = (
    "ranking",
    "acceptability",
    "portfolio",
    "knapsack",
    "households",
    "zones",
    "coverage",
    "catchment",
    "walking",
)
