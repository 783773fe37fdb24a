"""Tests of the application's command line."""
