"""What happens at the doors, one line of JSON each: who signed in, who could not, who was refused what.

It knows nothing about rules. A line names an account by its id and an address by its pattern, never an e-mail address,
a password, a token or a place; JSON keeps whatever somebody sent inside one line (ASVS 5.0, 16.2 to 16.4).
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any, Final

from flask import has_request_context, request

LOG: Final = logging.getLogger("webgis.events")


def set_up() -> None:
    """Write to standard error, whatever else logs there. Doing it twice does no more than once."""
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    if not LOG.handlers:
        LOG.addHandler(logging.StreamHandler())


def note(event: str, account: str | None = None, **facts: Any) -> None:
    """Write down that something happened in this request."""
    line: dict[str, Any] = {"at": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"), "event": event}
    if has_request_context():
        line |= {"method": request.method, "route": route(), "address": request.remote_addr}
    LOG.info(json.dumps(line | {"account": account} | facts))


def route() -> str:
    """The pattern of the address that is asked for, without ids; "(none)" for one that leads nowhere."""
    return request.url_rule.rule if request.url_rule else "(none)"
