"""A score as people read it: bar and rows, ground, origin of the facts, how firm it is."""
