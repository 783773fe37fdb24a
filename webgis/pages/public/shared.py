"""What a link that is shared or printed needs: its preview picture and its QR code.

It knows nothing about what is shared. Both are made here, so that no foreign service learns who shares what.
"""

from __future__ import annotations

import hashlib
import io
from typing import Final

import segno
from flask import Response, request

from webgis.pages.site import database
from webgis.planning.giving import preview_picture
from webgis.planning.giving.preview_picture import Shown

__all__ = ["Shown", "code", "picture"]
KEPT: Final = "public, max-age=600"


def picture(shown: Shown) -> Response:
    """The preview picture; one that the asker has already is not drawn again."""
    tag = hashlib.sha256(repr(shown).encode()).hexdigest()[:32]
    if tag in request.if_none_match:
        response = Response(status=304)
    else:
        response = Response(preview_picture.draw(database(), shown), mimetype="image/png")
    response.set_etag(tag)
    response.headers["Cache-Control"] = KEPT
    return response


def code(address: str) -> Response:
    """An address as a QR code that survives a photocopy (error correction M)."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=4, border=2, xmldecl=False)
    response = Response(out.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = KEPT
    return response
