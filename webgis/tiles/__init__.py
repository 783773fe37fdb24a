"""Vector tiles of every layer and their TileJSON.

It knows nothing about SQL; what may be seen is decided here by `planning.access` before a tile is made.
A tile is named by the version of its layer, so an unchanged one costs no tile SQL (architecture, Tiles).
"""

from __future__ import annotations

from webgis.tiles.routes import blueprint

__all__ = ["blueprint"]
