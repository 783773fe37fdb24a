"""Tests, one folder per room of the house, plus end-to-end (browser), benchmarks and the launcher's own.

It knows nothing itself. Tests in core and dev need no database.
"""
