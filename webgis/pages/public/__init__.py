"""What everybody may read without an account, and what residents add."""
