"""What residents say and are told: comments, support, reports of problems, notices and the daily digest."""
