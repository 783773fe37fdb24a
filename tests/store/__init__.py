"""Tests of tables, triggers and row-level security on a real PostGIS."""
