"""The plan tab: the form, one plan, why it cannot be, questions put to it, scenarios side by side."""
