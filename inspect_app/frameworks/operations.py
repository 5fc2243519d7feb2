"""Writes about frameworks: publish a version. A published version never changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from sqlalchemy import select

from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.frameworks.models import Criterion, Framework, FrameworkVersion, Point, Scale, Texts, Theme
from inspect_app.frameworks.reading import read_framework
from inspect_app.frameworks.rules import PlainCriterion, PlainFramework, PlainScale, PlainTheme
from inspect_app.frameworks.symbols import unknown_symbol
from inspect_app.people.models import Person


def publish_framework(text: str, actor: Person | None) -> FrameworkVersion:
    """Publish the version that a YAML text holds; one that stands already is returned unchanged.

    Raises :class:`Refused`: 422 with the place where the text is at fault, 409 when the same version stands
    already with other words.
    """
    try:
        plain = read_framework(text)
    except ValueError as error:
        raise Refused(f"These questions cannot be read: {error}", 422) from error
    if unknown := unknown_symbol(plain):
        raise Refused(f"These questions cannot be read: {unknown}", 422)
    digest = digest_of(plain)
    framework = db.session.scalar(select(Framework).where(Framework.key == plain.key))
    standing = next((one for one in framework.versions if one.number == plain.version), None) if framework else None
    if standing is not None:
        return _same(standing, digest)
    if framework is None:
        framework = Framework(id=new_id(), key=plain.key)
        db.session.add(framework)
    version = _version(plain, framework, digest)
    db.session.add(version)
    db.session.flush()
    journal.append(
        "framework.published",
        actor=actor.id if actor else None,
        about=("framework_version", version.id),
        facts={"framework": plain.key, "version": plain.version, "digest": digest},
    )
    return version


def digest_of(plain: PlainFramework) -> str:
    """Return the SHA-256 over what a version says, whatever the layout of its file."""
    said = asdict(plain)
    for criterion in (one for theme in said["themes"] for one in theme["criteria"]):
        if criterion["symbol"] is None:  # a version without pictures says what it said before there were any
            del criterion["symbol"]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _same(standing: FrameworkVersion, digest: str) -> FrameworkVersion:
    if standing.digest != digest:
        raise Refused(
            f"“{standing.title}”, version {standing.number}, is published already and never changes. "
            f"Write “version: {standing.number + 1}” or more at the top of the file, and send it again."
        )
    return standing


def _version(plain: PlainFramework, framework: Framework, digest: str) -> FrameworkVersion:
    version = FrameworkVersion(
        id=new_id(),
        framework=framework,
        number=plain.version,
        language=plain.language,
        title=plain.title,
        summary=plain.summary,
        source=plain.source,
        digest=digest,
        published_at=now(),
    )
    language = plain.language
    version.scales = [_scale(one, position, language) for position, one in enumerate(plain.scales)]
    first = 0
    for position, theme in enumerate(plain.themes):
        version.themes.append(_theme(theme, position, first, version, language))
        first += len(theme.criteria)
    return version


def _scale(plain: PlainScale, position: int, language: str) -> Scale:
    points = [
        Point(
            id=new_id(),
            position=place,
            key=point.key,
            labels=_texts(language, point.label),
            descriptors=_texts(language, point.descriptor),
        )
        for place, point in enumerate(plain.points)
    ]
    return Scale(id=new_id(), position=position, key=plain.key, titles=_texts(language, plain.title), points=points)


def _theme(plain: PlainTheme, position: int, first: int, version: FrameworkVersion, language: str) -> Theme:
    criteria = [_criterion(one, first + place, version, language) for place, one in enumerate(plain.criteria)]
    return Theme(id=new_id(), position=position, key=plain.key, titles=_texts(language, plain.title), criteria=criteria)


def _criterion(plain: PlainCriterion, position: int, version: FrameworkVersion, language: str) -> Criterion:
    return Criterion(
        id=new_id(),
        version_id=version.id,
        position=position,
        key=plain.key,
        statements={language: {"plain": plain.plain, "easy": plain.easy}},
        prompts=[{"kind": kind, "texts": _texts(language, text)} for kind, text in plain.prompts],
        answer_type=plain.answer_type,
        scale_key=plain.scale_key,
        may_be_not_seen=plain.may_be_not_seen,
        may_not_apply=plain.may_not_apply,
        symbol=plain.symbol,
    )


def _texts(language: str, plain: str) -> Texts:
    return {language: {"plain": plain}}
