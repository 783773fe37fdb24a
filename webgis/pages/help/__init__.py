"""Help by task, and how a score is computed."""
