"""The ranking tab: the list, its weights, forums, two works side by side."""
