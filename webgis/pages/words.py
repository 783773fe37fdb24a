"""The words that the scripts say themselves: saved states, hints while drawing, names of steps for undo.

It knows nothing about when they are said. The scripts get one object in the language of the page and no other words.
{names} in braces are filled by the scripts; the list of keys is theirs (static/src), checked by a test.
"""

from __future__ import annotations

from flask_babel import gettext


def words() -> dict[str, str]:
    """Every word of the scripts in the language of the request."""
    return {
        "saved": gettext("Saved"),
    }
