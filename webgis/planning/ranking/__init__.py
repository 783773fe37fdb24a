"""The order of a kelurahan or a city: ranking, how firm it is, weights, what a meeting agreed on, explanations."""
