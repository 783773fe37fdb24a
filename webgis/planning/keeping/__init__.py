"""Keeping an installation: whether it can be trusted, backups, sealing keys, rights of the people in it."""
