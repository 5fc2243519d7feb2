"""A desk: who sits before the questions of an inspection, for whom, and where its pages lie.

The same pages serve an inspector, a service that rates itself, and whoever types for an inspector.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from inspect_app.core.access import signed_in
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.revisions import Revision
from inspect_app.core.words import _
from inspect_app.fieldwork import queries
from inspect_app.fieldwork.models import Rating
from inspect_app.fieldwork.queries_sheet import Sheet, sheet_of
from inspect_app.fieldwork.rules import Rater, RaterKind, Source
from inspect_app.frameworks.asking import Asked
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import accepted
from inspect_app.people.models import Person
from inspect_app.people.rules import Role

NO_TRACE = {"autocomplete": "off"}
"""Tells a browser to note nothing of what is typed, for suggestions or for pages opened again: others use it too."""


@dataclass(frozen=True)
class Desk:
    """Whose questions these are, and who answers them here."""

    inspection: Inspection
    rater: Rater
    person: Person
    name: str

    @property
    def is_typing(self) -> bool:
        """Whether somebody types for an inspector here."""
        return self.rater.kind == RaterKind.INSPECTOR and self.rater.id != self.person.id

    @property
    def is_service(self) -> bool:
        """Whether a service rates itself here."""
        return self.rater.kind == RaterKind.SERVICE

    @property
    def is_support(self) -> bool:
        """Whether the one who types is the inspector's supporter."""
        return self.is_typing and self.rater.id in queries.supported_by(self.inspection, self.person.id)

    @property
    def is_together(self) -> bool:
        """Whether the team rates together, so that one only reads questions and notes here."""
        return self.inspection.kind.rating == "together" and not self.is_service

    @property
    def is_open(self) -> bool:
        """Whether one can rate now, by the stage."""
        return self.inspection.stage in self.rater.stages

    @property
    def has_outbox(self) -> bool:
        """Whether what is written here may wait on a tablet: one's own words, and those of whom one supports."""
        return not self.is_service and (not self.is_typing or self.is_support)

    @property
    def saving(self) -> dict[str, str]:
        """Return what a form of this desk says about itself to the script that saves it."""
        said = {
            "data-autosave": "",
            "data-token": url_for("fieldwork.token"),
            "data-sign-in": url_for("security.login"),
            "data-zone": str(zone()),
        }
        if not self.has_outbox:
            return said
        version = str(self.inspection.framework_version_id or "")
        said |= {"data-outbox": "", "data-inspection": self.inspection.reference, "data-version": version} | NO_TRACE
        return said | ({"data-author": str(self.rater.id)} if self.is_support else {})

    def sheet(self, values: Mapping[str, str | None] | None = None) -> Sheet:
        """Return how far this desk's rater is; who types in paper learns nothing by what is asked, and is asked all."""
        sheet = sheet_of(self.inspection, self.rater, values)
        if self.is_typing and not self.is_support:
            return replace(sheet, asked=Asked(frozenset(one.key for one in sheet.questions)))
        return sheet

    def source(self, asked: str | None) -> str:
        """Return how what is typed here came in."""
        if not self.is_typing:
            return Source.SCREEN
        if self.is_support:
            return Source.SUPPORTER
        return asked if asked in (Source.PAPER, Source.PHONE) else Source.PAPER

    def address(self, page: str, **values: Any) -> str:
        """Return the address of one of this desk's pages: questions, question, seal, open_seal, add_note."""
        end, more = self._family()
        return url_for(f"fieldwork.{end}{page}", reference=self.inspection.reference, **more, **values)

    def sends(self, kind: str) -> dict[str, str]:
        """Return the attributes of a form that the tablet keeps when it is sent; none where it goes to the office."""
        if not self.has_outbox or self.is_typing:
            return {}
        return {
            "data-sends": kind,
            "data-inspection": self.inspection.reference,
            "data-href": self.address("questions"),
        } | NO_TRACE

    def _family(self) -> tuple[str, dict[str, Any]]:
        if self.is_service:
            return "own_", {"service_id": self.rater.id}
        if self.is_typing:
            return "typed_", {"person_id": self.rater.id}
        return "", {}

    def may_read(self, rating: Rating | None) -> bool:
        """Say whether what stands may be shown here: who types in paper sees only what they typed."""
        if rating is None or not self.is_typing or self.is_support:
            return True
        top = db.session.get(Revision, rating.revision_id)
        return top is not None and top.typist_id == self.person.id


def own_desk(inspection: Inspection) -> Desk:
    """Return the desk of the inspector who is signed in."""
    person = _me()
    return Desk(inspection, Rater(RaterKind.INSPECTOR, person.id), person, person.name)


def service_desk(inspection: Inspection, service_id: uuid.UUID) -> Desk:
    """Return the desk of a service; raise Refused for people of other services."""
    person = _me()
    rater, name = queries.service_rater(inspection, service_id, person)
    return Desk(inspection, rater, person, name)


def typing_desk(inspection: Inspection, person_id: uuid.UUID) -> Desk:
    """Return the desk at which somebody types for an inspector; raise Refused where they may not."""
    person = _me()
    member = next((one for one in accepted(inspection) if one.person_id == person_id), None)
    if member is None:
        raise Refused(_("This person is no inspector of this team."), 404)
    if person_id == person.id:
        raise Refused(_("Nobody can type in for themselves. Open your own questions."), 403)
    desk = Desk(inspection, Rater(RaterKind.INSPECTOR, person_id), person, member.person.name)
    if not desk.is_support and not person.holds(Role.COORDINATOR):
        raise Refused(_("You support somebody else. You can type for that person only."), 403)
    return desk


def _me() -> Person:
    person: Person = signed_in()
    return person
