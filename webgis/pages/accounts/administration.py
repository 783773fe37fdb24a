"""What the pages of administration share: their sections, the regions to choose from, faults beside their fields.

It knows nothing about people or tokens. A fault of a form is told where it lies, and what was typed stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template
from flask_babel import gettext

from webgis.auth import current_actor, current_language
from webgis.pages.site import database
from webgis.pages.wording.labels import N_
from webgis.planning import access, regions
from webgis.planning.access import Actor
from webgis.planning.errors import BadDocument
from webgis.planning.people import people
from webgis.wording import words

SECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "people": (N_("People"), "pages.admin_people"),
    "tokens": (N_("Tokens"), "pages.admin_tokens"),
    "catalogue": (N_("Catalogue"), "pages.admin_catalogue"),
    "system": (N_("System"), "pages.admin_system"),
}
"""Section -> its name and endpoint; those who only set prices and weights see the catalogue alone."""
KINDS: Final = ("kota", "kecamatan", "kelurahan")


@dataclass(frozen=True)
class Place:
    """A region in a list to choose from; depth 0 for a city."""

    code: str
    name: str
    depth: int


def page(template: str, section: str, **values: Any) -> str:
    """A page of administration."""
    everything = people.administers(current_actor())
    sections = [
        (key, gettext(name), endpoint)
        for key, (name, endpoint) in SECTIONS.items()
        if everything or key == "catalogue"
    ]
    return render_template(
        f"admin/{template}.html", sections=sections, section=section, here="admin", **values
    )


def places(actor: Actor) -> list[Place]:
    """The regions somebody administers, each below the one it belongs to."""
    found = [
        Place(region.code, region.name, KINDS.index(kind))
        for kind in KINDS
        for region in regions.list_regions(database(), kind=kind)
        if access.may(actor, "administer", region.code)
    ]
    return sorted(found, key=lambda place: place.code)


def faults(error: BadDocument) -> dict[str, str]:
    """Field -> what is wrong with it."""
    lang = current_language()
    return {problem.pointer[1:]: words(problem.code, problem.params, lang) for problem in error.problems}
