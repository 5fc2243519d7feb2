"""Writes about frameworks: publish a version. A published version never changes."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select

from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.frameworks.checking_conditions import faults_of_conditions
from inspect_app.frameworks.document import Document
from inspect_app.frameworks.models import Framework, FrameworkVersion
from inspect_app.frameworks.plain import PlainFramework, said
from inspect_app.frameworks.reading import check_plain, read_framework
from inspect_app.frameworks.rules import cannot_be_asked
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
    return publish_plain(plain, actor)


def publish_plain(plain: PlainFramework, actor: Person | None) -> FrameworkVersion:
    """Publish a version; one that stands already is returned unchanged.

    Raises :class:`Refused`: 422 when something in it is at fault or no tablet can ask for it, 409 when the same
    version stands already with other words.
    """
    document = publishable(plain)
    digest = digest_of(plain)
    framework = db.session.scalar(select(Framework).where(Framework.key == plain.key))
    standing = next((one for one in framework.versions if one.number == plain.version), None) if framework else None
    if standing is not None:
        return _same(standing, digest)
    if framework is None:
        framework = Framework(id=new_id(), key=plain.key)
        db.session.add(framework)
    version = _version(plain, document, framework, digest)
    db.session.add(version)
    db.session.flush()
    journal.append(
        "framework.published",
        actor=actor.id if actor else None,
        about=("framework_version", version.id),
        facts={"framework": plain.key, "version": plain.version, "digest": digest},
    )
    return version


def publishable(plain: PlainFramework) -> Document:
    """Return what a version keeps of a framework; raise Refused (422) with a sentence when it cannot be published."""
    try:
        document = check_plain(plain)
    except ValueError as error:
        raise Refused(f"These questions cannot be read: {error}", 422) from error
    if unknown := unknown_symbol(plain):
        raise Refused(f"These questions cannot be read: {unknown}", 422)
    wrong = [(part, sentence) for is_dead, part, sentence in faults_of_conditions(plain) if is_dead]
    for part, sentence in [*cannot_be_asked(plain), *wrong]:
        kind, key = part.split("/")
        raise Refused(f"These questions cannot be asked: {kind} “{key}”: {sentence}", 422)
    return document


def digest_of(plain: PlainFramework) -> str:
    """Return the SHA-256 over what a version says, whatever the layout of its file."""
    text = json.dumps(said(plain), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _same(standing: FrameworkVersion, digest: str) -> FrameworkVersion:
    if standing.digest != digest:
        raise Refused(
            f"“{standing.title}”, version {standing.number}, is published already and never changes. "
            f"Write “version: {standing.number + 1}” or more at the top of the file, and send it again."
        )
    return standing


def _version(plain: PlainFramework, document: Document, framework: Framework, digest: str) -> FrameworkVersion:
    return FrameworkVersion(
        id=new_id(),
        framework=framework,
        number=plain.version,
        language=plain.language,
        title=plain.title,
        summary=plain.summary,
        source=plain.source,
        digest=digest,
        published_at=now(),
        document=document,
    )
