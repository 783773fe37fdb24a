"""Which works the money of some years builds: the problem, the search as a job, the answer, the masterplan."""
