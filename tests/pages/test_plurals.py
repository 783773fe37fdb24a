"""Numbers inside plurals have their thousands apart, in templates as in Python."""

from __future__ import annotations

import pytest
from flask import render_template_string
from flask_babel import ngettext

from tests.web import Person

WORDS = ("%(num)s proposal", "%(num)s proposals")


@pytest.mark.parametrize(("lang", "written"), [("id", "2.754 usulan"), ("en", "2,754 proposals")])
def test_thousands_are_written_apart(people: dict[str, Person], lang: str, written: str) -> None:
    with people["public"].client.application.test_request_context(f"/?lang={lang}"):
        assert ngettext(*WORDS, 2754) == written
        assert (
            render_template_string("{{ ngettext(one, many, 2754) }}", one=WORDS[0], many=WORDS[1]) == written
        )
        # What is put in beside the number is escaped as everywhere.
        said = render_template_string("{{ ngettext('%(num)s %(x)s', '%(num)s %(x)s', 1, x='<b>') }}")
        assert "<b>" not in said
