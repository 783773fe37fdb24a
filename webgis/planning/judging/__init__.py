"""What a work does at its place: facts read once, raw values of the criteria, gates, relations, scores."""
