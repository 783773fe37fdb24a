"""The two languages of the pages: messages are English in the source, Indonesian in the catalogue.

It knows nothing about what is said; the words stand in webgis/translations/id/LC_MESSAGES/messages.po.
The catalogue is read from the .po itself, so no compiled file can be older than its source (idea: one truth).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, request
from flask_babel import Babel, Domain, get_babel, get_locale
from jinja2 import pass_context
from jinja2.runtime import Context

from webgis.auth import current_language
from webgis.planning.written import number

LANGUAGES: Final = ("id", "en")
FOLDER: Final = Path(__file__).resolve().parents[2] / "translations"
ONE_YEAR_S: Final = 365 * 24 * 3600


class SourceDomain(Domain):  # type: ignore[misc]  # flask_babel has no types
    """Translations straight from the .po file of the language; English is its own translation."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of the language of this request."""
        locale = get_locale()
        return catalogue(str(locale) if locale else LANGUAGES[0])

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        """Words for a number, which is written as people here write it: 2.754."""
        words: str = self.get_translations().ungettext(singular, plural, num)
        return words % {"num": number(num, current_language()), **variables}


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(lang: str) -> NullTranslations:
    """The catalogue of one language; an empty one where there is no .po file."""
    path = FOLDER / lang / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as stream:
        messages = read_po(stream, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def set_up_languages(app: Flask) -> None:
    """Give an application its two languages and remember the choice made with ?lang=."""
    babel = Babel(
        app,
        default_locale=LANGUAGES[0],
        default_timezone="Asia/Jakarta",
        default_translation_directories=str(FOLDER),
        locale_selector=current_language,
    )
    babel.domain_instance = SourceDomain()
    app.jinja_env.globals["ngettext"] = _with_written_number(app.jinja_env.globals["ngettext"])
    with app.app_context():
        assert get_babel().instance is babel
    app.after_request(remember_language)


def _with_written_number(plain: Any) -> Callable[..., str]:
    """The same for templates, whose plurals know what to escape."""

    @pass_context
    def ngettext(context: Context, singular: str, plural: str, num: int, **variables: Any) -> str:
        told = {"num": number(num, current_language()), **variables}
        words: str = plain(context, singular, plural, num, **told)
        return words

    return ngettext


def remember_language(response: Response) -> Response:
    """Put ?lang=id|en into a cookie, so that the choice stays."""
    chosen: Any = request.args.get("lang")
    if chosen in LANGUAGES:
        response.set_cookie("lang", chosen, max_age=ONE_YEAR_S, samesite="Lax", secure=request.is_secure)
    return response
