"""The pages people read: public map, planning workspace, lists, help, data and the fragments of their panels.

This room knows nothing about SQL or rules: it parses a request, calls one planning function and renders a template.
Server-rendered fragments that a small script swaps keep every word in one place (idea: hypermedia, after Fielding).
"""

from flask import Flask

__all__ = ["register"]


def register(app: Flask) -> None:
    """Give an application its pages; called once, after app.extensions["webgis"] is set."""
    # They hang their routes on the blueprint.
    from webgis.pages import (  # noqa: F401
        account,
        admin_catalogue,
        admin_people,
        admin_system,
        admin_tokens,
        city_overview,
        data,
        forums,
        guide,
        history,
        kelurahan_page,
        mapping,
        method,
        notices,
        own_account,
        plans,
        programmes,
        proposal_page,
        public,
        pulse,
        ranking_panel,
        related,
        reports,
        review,
        review_compare,
        review_papers,
        site_visit,
        slum_form,
        suggested,
        talk_forms,
        welcome,
        workspace,
    )
    from webgis.pages.site import set_up_pages

    set_up_pages(app)
