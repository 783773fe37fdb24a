"""The pages people read: public map, planning workspace, lists, help, data and the fragments of their panels.

This room knows nothing about SQL or rules: it parses a request, calls one planning function and renders a template.
Server-rendered fragments that a small script swaps keep every word in one place (idea: hypermedia, after Fielding).
"""

from flask import Flask

__all__ = ["register"]


def register(app: Flask) -> None:
    """Give an application its pages; called once, after app.extensions["webgis"] is set."""
    # They hang their routes on the blueprint.
    from webgis.pages.accounts import (  # noqa: F401
        account,
        admin_catalogue,
        admin_people,
        admin_system,
        admin_tokens,
        notices,
        own_account,
        welcome,
    )
    from webgis.pages.help import guide, method  # noqa: F401
    from webgis.pages.mapping import mapping, slum_form  # noqa: F401
    from webgis.pages.plans import plans  # noqa: F401
    from webgis.pages.proposals import history, related, site_visit  # noqa: F401
    from webgis.pages.public import (  # noqa: F401
        city_overview,
        data,
        kelurahan_page,
        proposal_page,
        public,
        reports,
        talk_forms,
    )
    from webgis.pages.rankings import forums, ranking_panel  # noqa: F401
    from webgis.pages.review import programmes, review, review_compare, review_papers  # noqa: F401
    from webgis.pages.site import set_up_pages
    from webgis.pages.workspace import pulse, suggested, workspace  # noqa: F401

    set_up_pages(app)
