"""Peta Swadaya: the Flask application around one PostGIS store and the science in gis_core.

It knows nothing about scoring formulas (gis_core has them); rooms and the way through them are in docs/tour.md.
The rooms follow one rule: store, then planning, then what people and programs see (api, tiles, pages, jobs).
"""
