"""Accounts: signing in, one's own, links, notices, and the pages of administration."""
