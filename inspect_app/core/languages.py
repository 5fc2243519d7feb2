"""Languages: in which one somebody reads, and how pages, mails and papers come to speak it.

A page speaks the language that its address asks for, else the person's own, else the one that a cookie of this
browser names, else the first of the browser's languages that we offer, else the programme's, else English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, Response, current_app, g, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_locale
from jinja2 import Environment
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from inspect_app.core import access, catalogues, statics, words
from inspect_app.core.database import db
from inspect_app.core.programme import programme

COOKIE = "language"
COOKIE_SECONDS = 365 * 24 * 60 * 60
PARAMETER = "language"
"""In an address: this page in that language, whoever asks."""


class Catalogues(Domain):  # type: ignore[misc]  # the library comes without types
    """Flask-Babel's domain, whose catalogues are .po files."""

    def get_translations(self) -> NullTranslations:
        """Return the translations into the language of now."""
        return catalogues.translations(language())


def init_app(app: Flask) -> None:
    """Let templates, forms and rules speak the reader's language."""
    babel = Babel(configure_jinja=False)
    babel.domain_instance = Catalogues()
    babel.init_app(app, default_locale=words.SOURCE, locale_selector=_chosen)
    words.speak_with(language, lambda: catalogues.translations(language()))
    give_words(app.jinja_env)
    app.before_request(_forget)
    app.after_request(_vary)
    app.context_processor(lambda: {"offered_languages": offered()})


def give_words(environment: Environment) -> None:
    """Let templates say words. ``{{ _("…") }}`` is escaped as any text is; only ``{% trans %}`` may hold markup."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        gettext=words.translated, ngettext=words.plural, newstyle=True
    )
    environment.globals |= {
        "_": words._,
        "page_language": language,
        "direction_of": direction,
        "script_words": script_words,
    }


def language() -> str:
    """Return the language of now as a BCP 47 tag; English outside an application."""
    locale = get_locale() if has_app_context() and "babel" in current_app.extensions else None
    return str(locale).replace("_", "-") if locale else words.SOURCE


def direction(of: str | None = None) -> str:
    """Return ``ltr`` or ``rtl`` for a language (BCP 47), by default the one of now; ``auto`` for one nobody knows."""
    return _direction(of or language())


@cache
def _direction(of: str) -> str:
    try:
        return str(Locale.parse(of, sep="-").text_direction)
    except (ValueError, LookupError):  # LookupError: babel's UnknownLocaleError is no kind of ValueError
        return "auto"


def offered() -> dict[str, str]:
    """Return the languages that people may choose, each with its name in itself."""
    return {tag: own_name(tag) for tag in current_app.config["LANGUAGES"]}


@cache
def own_name(tag: str) -> str:
    """Return what a language calls itself, "Cymraeg", with a capital letter."""
    name = str(Locale.parse(tag, sep="-").get_language_name() or tag)
    return name[:1].upper() + name[1:]


def checked(tag: str | None) -> str | None:
    """Return a language if it is offered, else None."""
    return tag if tag in current_app.config["LANGUAGES"] else None


@contextmanager
def spoken_to(person: Any) -> Iterator[None]:
    """Say everything inside in the language of one person, or in the programme's where they chose none."""
    with in_language(getattr(person, "language", None)):
        yield


@contextmanager
def in_language(tag: str | None) -> Iterator[None]:
    """Say everything inside in a language that is offered, else in the programme's."""
    with force_locale((checked(tag) or programme_language()).replace("-", "_")):
        yield


def programme_language() -> str:
    """Return the programme's language if it is offered, else English."""
    with db.session.no_autoflush:
        row = programme()
    return (checked(row.language) if row else None) or words.SOURCE


def script_words(tags: str) -> Markup | None:
    """Return the words that a page's scripts say, as JSON to stand in it; None where that is English.

    ``tags`` are the page's script elements: their modules, and what these load, are looked through.
    """
    return _script_words(language(), statics.modules(str(current_app.static_folder), tags))


@cache
def _script_words(tag: str, modules: frozenset[str]) -> Markup | None:
    found = catalogues.script_words(tag, modules)
    return htmlsafe_json_dumps(found, ensure_ascii=False) if found else None


def _chosen() -> str:
    try:
        tag = _of_request() if has_request_context() else None
        return (tag or programme_language()).replace("-", "_")
    except SQLAlchemyError:  # the page that says so must speak some language
        return words.SOURCE


def _of_request() -> str | None:
    with db.session.no_autoflush:
        own = checked(request.args.get(PARAMETER)) or checked(getattr(access.signed_in(), "language", None))
    return own or checked(request.cookies.get(COOKIE)) or _wished(request.accept_languages.values())


def _wished(tags: Iterable[str]) -> str | None:
    """Return the first wish that is offered, as it stands or without its country."""
    return next((found for tag in tags if (found := checked(tag.lower()) or checked(tag.split("-")[0].lower()))), None)


def _forget() -> None:
    """Let each request find its own language, also where several share one context."""
    g.pop("_flask_babel", None)


def _vary(response: Response) -> Response:
    """Tell caches that a page is another one for whoever reads another language."""
    if response.mimetype in ("text/html", "application/json"):
        response.vary.update(("Accept-Language", "Cookie"))
    return response
