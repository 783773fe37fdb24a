"""The parts of the sample-city generator, one topic each; `sample_layers/generate.py` runs them in order."""
