"""Photos and papers for tests, good and bad, made when they are asked for.

It knows nothing about the application: Pillow and pypdf write here what the application then has to read.
"""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, create_string_object

SECRET = b"KANARI-KAMERA"
PLACE = (112.7512, -7.2491)


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 360), **more: Any) -> bytes:
    """A photo whose left half is red and right half is blue."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def telling_photo(size: tuple[int, int] = (640, 360)) -> bytes:
    """A JPEG with a camera's words in EXIF, XMP and a comment, its place in EXIF, to be turned by a quarter."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = SECRET.decode()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.IFD.GPSInfo] = {1: "S", 2: _parts(-PLACE[1]), 3: "E", 4: _parts(PLACE[0])}
    return photo(size=size, exif=exif, comment=SECRET, xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>")


def bomb(side: int = 40_000) -> bytes:
    """A PNG of a few bytes that says it has side x side pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + _chunk(b"IEND", b"")
    )


def paper(**active: Any) -> bytes:
    """A PDF of one page; script, attached, locked: what makes it more than paper."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if active.get("attached"):
        writer.add_attachment("x.txt", b"x")
    for name, kind, key in (("script", "/JavaScript", "/JS"), ("launch", "/Launch", "/F")):
        if active.get(name):
            action = {NameObject("/S"): NameObject(kind), NameObject(key): create_string_object("x")}
            writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if active.get("locked"):
        writer.encrypt("rahasia", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def heavy_paper(streams: int = 5, unpacked: int = 20_000_000) -> bytes:
    """A small PDF whose streams of objects unpack into many blanks that are read again for each object."""
    numbers = range(4 + streams, 4 + 2 * streams)
    places = b"".join(b"%d %d " % (number, place) for place, number in enumerate(numbers))
    packed = zlib.compress(places + b"<</A 1>>".rjust(unpacked))
    head = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (
        streams,
        len(places),
        len(packed),
    )
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        *[head + b"stream\n" + packed + b"\nendstream"] * streams,
    ]
    out, table = b"%PDF-1.5\n", bytes(6)
    for number, body in enumerate(bodies, 1):
        table += struct.pack(">BIB", 1, len(out), 0)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table += b"".join(struct.pack(">BIB", 2, 4 + place, place) for place in range(streams))
    table += struct.pack(">BIB", 1, len(out), 0)
    entries = len(table) // 6
    head = b"<</Type/XRef/W[1 4 1]/Size %d/Root 1 0 R/Length %d>>" % (entries, len(table))
    closing = b"%d 0 obj\n" % (entries - 1) + head + b"stream\n" + table + b"\nendstream\nendobj\n"
    return out + closing + b"startxref\n%d\n%%%%EOF" % len(out)


def heic() -> bytes:
    """A HEIC of 64 x 32 pixels with a camera's words, written once by pillow-heif: our library only reads them."""
    return base64.b64decode(_HEIC)


def _parts(degrees: float) -> tuple[float, float, float]:
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    return float(whole), float(minutes), round((degrees - whole - minutes / 60) * 3600, 4)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


_HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAEMAAgAAAAACJQABAAAAAAAAADIAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    "cAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAA"
    "ABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAfW1kYXQAAAA/KAGvWOb06r//5zu//yo9IfYlF9f/4qvVf1E7T/xhJUktQaE4Q6hT"
    "WRX0Af9f0hC0gX7pJM8cI4fw3erswaIUAAAABkV4aWYAAE1NACoAAAAIAAEBDwACAAAADgAAABoAAAAAS0FOQVJJLUtBTUVSQQA="
)
