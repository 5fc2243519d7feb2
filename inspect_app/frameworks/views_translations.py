"""Pages on which texts are translated side by side: of a draft, and of a version that is published already."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import revisions
from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Origin
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks import operations_drafts as drafts
from inspect_app.frameworks import operations_translations as operations
from inspect_app.frameworks import queries
from inspect_app.frameworks.editing import put_words
from inspect_app.frameworks.forms_translations import LONGEST, LanguageForm, WordsForm
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.rules import LANGUAGE
from inspect_app.frameworks.translating import Section, language_name, section_of, sections, sections_by_language
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import opened
from inspect_app.people.models import Person


@bp.route("/frameworks/drafts/<uuid:draft_id>/translations", methods=["GET", "POST"])
@needs("frameworks.edit")
def draft_languages(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Show how far each language of a draft is, and begin another."""
    draft, plain = opened(draft_id)
    before = queries.plain_version(draft.based_on_id) if draft.based_on_id else None
    return _languages("draft", draft_id, plain, before, url_for("frameworks.draft", draft_id=draft_id))


@bp.route("/frameworks/<uuid:version_id>/translations", methods=["GET", "POST"])
@needs("frameworks.edit")
def version_languages(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show how far each language of a published version is, and begin another."""
    plain = queries.plain_version(version_id)
    return _languages("version", version_id, plain, None, url_for("frameworks.version", version_id=version_id))


def _languages(
    kind: str, thing: uuid.UUID, plain: PlainFramework, before: PlainFramework | None, back: str
) -> ResponseReturnValue:
    form = LanguageForm()
    if form.validate_on_submit():
        if form.code() != plain.language:
            first = sections(plain, form.code())[0].key
            return redirect(_address(kind, thing, form.code(), first), 303)
        form.language.errors = [*form.language.errors, _("The questions are written in this language already.")]
    known = [one.language for one in plain.translations]
    by_language = sections_by_language(plain, known, before)
    table = [(language, language_name(language), ones) for language, ones in by_language.items()]
    values = {"plain": plain, "table": table, "form": form, "back": back, "source": language_name(plain.language)}
    answer = page("frameworks/languages.html", to=lambda language, key: _address(kind, thing, language, key), **values)
    return answer, 422 if form.errors else 200


@bp.route("/frameworks/drafts/<uuid:draft_id>/translations/<language>/<section>", methods=["GET", "POST"])
@needs("frameworks.edit")
def translate_draft(draft_id: uuid.UUID, language: str, section: str) -> ResponseReturnValue:
    """Translate one section of a draft."""
    draft, plain = opened(draft_id)
    before = queries.plain_version(draft.based_on_id) if draft.based_on_id else None
    here = _section(plain, language, section, before)
    form, theirs = WordsForm(), None
    if form.validate_on_submit():
        words = form.words(here, request.form)
        if not form.too_long:
            changed = drafts.change_part(
                draft_id,
                lambda plain: _state(plain, language, section),
                lambda plain: put_words(plain, language, words),
                signed_in(),
                seen=form.seen.data,
            )
            if not changed.meanwhile:
                return _onward("draft", draft_id, plain, language, section)
            theirs = _section(changed.plain, language, section, before)
            form.saw(_state(changed.plain, language, section))
        return _shown("draft", draft_id, plain, here, form, theirs, language=language, words=words)
    form.saw(_state(plain, language, section))
    return _shown("draft", draft_id, plain, here, form, None, language=language)


@bp.route("/frameworks/<uuid:version_id>/translations/<language>/<section>", methods=["GET", "POST"])
@needs("frameworks.edit")
def translate_version(version_id: uuid.UUID, language: str, section: str) -> ResponseReturnValue:
    """Translate one section of a published version."""
    version, plain = queries.version_by_id(version_id), queries.plain_version(version_id)
    here = _section(plain, language, section)
    layer = operations.layer_of(version_id, language, section)
    form, theirs, words = WordsForm(), None, None
    if form.validate_on_submit():
        words = form.words(here, request.form)
        if not form.too_long:
            saved = operations.translate(version, language, section, words, _origin(form, language), signed_in())
            if saved.on_top or saved.repeated:
                return _onward("version", version_id, plain, language, section)
            theirs = here
            form.id.data, form.based_on.data = str(new_id()), str(saved.top.id) if saved.top else ""
    else:
        form.based_on.data = str(layer.revision_id) if layer else ""
    history = revisions.history((operations.SUBJECT, layer.id)) if layer else []
    return _shown(
        "version", version_id, plain, here, form, theirs, language=language, words=words, history=_told(history)
    )


def _origin(form: WordsForm, language: str) -> Origin:
    return Origin(signed_in().id, id=uuid.UUID(form.own_id()), based_on=_as_id(form.based_on.data), language=language)


def _section(plain: PlainFramework, language: str, key: str, before: PlainFramework | None = None) -> Section:
    """Return a section beside its translation. Raises Refused (404) for a language or section that there is not."""
    if not LANGUAGE.fullmatch(language) or len(language) > 40 or language == plain.language:
        raise Refused(_("There is no such translation."), 404)
    found = section_of(plain, language, key, before)
    if found is None:
        raise Refused(_("There is no such part."), 404)
    return found


def _state(plain: PlainFramework, language: str, key: str) -> Any:
    section = section_of(plain, language, key)
    return tuple((line.address, line.words) for line in section.lines) if section else None


def _shown(
    kind: str,
    thing: uuid.UUID,
    plain: PlainFramework,
    here: Section,
    form: WordsForm,
    theirs: Section | None,
    **more: Any,
) -> ResponseReturnValue:
    words = more.pop("words", None) or {line.address: line.words for line in here.lines}
    lost = theirs is not None and kind == "draft"  # a version keeps both, and only what is answered with 200 is kept
    status = 409 if lost else 422 if form.errors or form.too_long else 200
    more |= {
        "plain": plain,
        "section": here,
        "form": form,
        "theirs": {line.address: line.words for line in theirs.lines} if theirs else None,
        "given": words,
        "name": language_name(more["language"]),
        "source": language_name(plain.language),
        "back": _all(kind, thing),
        "longest": LONGEST,
    }
    return page("frameworks/translate.html", **more), status


def _onward(kind: str, thing: uuid.UUID, plain: PlainFramework, language: str, section: str) -> ResponseReturnValue:
    """Go on to the next section, or back to all after the last."""
    keys = [one.key for one in sections(plain, language)]
    place = keys.index(section) + 1
    flash(_("Saved."), "done")
    if request.form.get("go") == "next" and place < len(keys):
        return redirect(_address(kind, thing, language, keys[place]), 303)
    return redirect(_all(kind, thing), 303)


def _all(kind: str, thing: uuid.UUID) -> str:
    named: dict[str, Any] = {f"{kind}_id": thing}
    return url_for(f"frameworks.{kind}_languages", **named)


def _address(kind: str, thing: uuid.UUID, language: str, section: str) -> str:
    named: dict[str, Any] = {f"{kind}_id": thing}
    return url_for(f"frameworks.translate_{kind}", language=language, section=section, **named)


def _told(history: Any) -> list[dict[str, Any]]:
    """Return who saved when, the newest first."""
    return [{"name": _name(one.author_id), "at": one.received_at} for one in reversed(history)]


def _name(person_id: uuid.UUID) -> str:
    person = db.session.get(Person, person_id)
    return person.name if person else _("Somebody")


def _as_id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
