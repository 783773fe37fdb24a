"""The planning workspace: its page, the fragments of its panel, what is new in it."""
