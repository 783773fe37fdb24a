"""The made-up sample city Kota Tirta Asri: `generate.py` makes it, `data/` holds it."""
