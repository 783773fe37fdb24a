"""Every file that somebody sends is looked at by the virus scanner of the house, if there is one (ASVS 5.0, 5.4.3).

It knows nothing about what a file is for. The scanner is ClamAV's daemon, spoken to by its own protocol (INSTREAM, as
in `man clamd`): a dozen lines, where the libraries for it are no longer kept. What cannot be scanned is not taken.
"""

from __future__ import annotations

import logging
import socket
import struct
from contextlib import closing
from typing import IO, Final

from flask import request

from webgis import events
from webgis.context import context
from webgis.planning.errors import PlanningError

LOG: Final = logging.getLogger("webgis.scanning")
TIMEOUT_S: Final = 30
CHUNK: Final = 1 << 16


class ScannerAway(PlanningError):
    """The scanner that the settings name does not answer, so nothing is taken for now."""


def scan_uploads() -> None:
    """Look at every file of this request. Raises PlanningError for one that is infected, ScannerAway."""
    address = context().settings.clamd
    if not address or request.mimetype != "multipart/form-data":
        return
    for sent in request.files.values():
        said = _ask(address, sent.stream)
        sent.stream.seek(0)
        if said != "stream: OK":
            events.note("infected", found=said)
            raise PlanningError("infected", name=sent.filename or "")


def _ask(address: str, file: IO[bytes]) -> str:
    """What the scanner says of a file."""
    try:
        with closing(_connect(address)) as door:
            door.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                door.sendall(struct.pack("!L", len(chunk)) + chunk)
            door.sendall(struct.pack("!L", 0))
            said = b""
            while part := door.recv(CHUNK):
                said += part
    except OSError as error:
        LOG.error("the virus scanner does not answer: %s", type(error).__name__)
        raise ScannerAway("scanner_away") from error
    answer = said.rstrip(b"\0\n").decode("utf-8", "replace")
    if not answer.endswith(("OK", "FOUND")):
        LOG.error("the virus scanner could not look at a file: %s", answer)
        raise ScannerAway("scanner_away")
    return answer


def _connect(address: str) -> socket.socket:
    """A socket file, or host:port."""
    if address.startswith("/"):
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        door.settimeout(TIMEOUT_S)
        door.connect(address)
        return door
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), TIMEOUT_S)
