"""A proposal in its pane: form, history, relations, talk, site visits."""
