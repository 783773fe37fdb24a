"""The help page: by task for the four kinds of people, with keys and how a score is made.

It knows nothing about the person reading; weights and reference points come from the catalogue, so help never lies.
The order is that of a person's errand, not of our menus (idea: task-based help, Carroll's minimalism).
"""

from __future__ import annotations

from flask import render_template

from webgis.auth import current_language
from webgis.pages.site import pages
from webgis.planning.catalogues.catalogue import catalogue


@pages.get("/help")
def guide() -> str:
    """How to do what people come to do."""
    lang = current_language()
    criteria = [(item.name(lang), item.core.weight) for item in catalogue().criteria]
    criteria.sort(key=lambda pair: -pair[1])
    return render_template("pages/help.html", criteria=criteria, version=catalogue().version, here="help")
