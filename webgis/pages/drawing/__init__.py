"""What the server draws: line charts, the small picture of a place, sheets of paper."""
