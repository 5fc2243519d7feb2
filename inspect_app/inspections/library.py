"""Kinds of inspection and courses, from a file in a plain format."""

from __future__ import annotations

from typing import Any

import yaml
from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.inspections.models import Course, Kind
from inspect_app.inspections.rules import way_of

SETTINGS = ("lead_needed", "visit_days", "weeks", "report", "framework_keys", "default_charter")
RATING = frozenset({"alone", "together"})


def load_kinds(text: str) -> list[Kind]:
    """Add or renew the kinds and courses of a file; loading it twice changes nothing.

    The file holds ``kinds`` and ``courses`` (see ``library/kinds.yaml``). Raises Refused (422) with the place
    of the mistake when the file cannot be used.
    """
    try:
        content = yaml.safe_load(text)
        rows = content["kinds"]
        courses = content.get("courses", [])
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise Refused("This is no list of kinds of inspection.", 422) from error
    for row in courses:
        _renew_course(row)
    db.session.flush()
    known = set(db.session.scalars(select(Course.key)))
    kinds = [_renew_kind(row, known) for row in rows]
    db.session.flush()
    return kinds


def framework_keys(text: str) -> list[str]:
    """Return the keys of all frameworks that the kinds of a file name, in alphabetical order."""
    return sorted({key for row in yaml.safe_load(text)["kinds"] for key in row["framework_keys"]})


def _renew_course(row: dict[str, Any]) -> None:
    course = db.session.scalar(select(Course).where(Course.key == row["key"]))
    if course is None:
        course = Course(key=row["key"])
        db.session.add(course)
    course.title, course.summary = row["title"], row["summary"]


def _renew_kind(row: dict[str, Any], courses: set[str]) -> Kind:
    key = row.get("key", "?")
    try:
        _check(row, courses)
    except (KeyError, ValueError, TypeError) as error:
        raise Refused(f"The kind “{key}” cannot be used: {error}.", 422) from error
    kind = db.session.scalar(select(Kind).where(Kind.key == key))
    if kind is None:
        kind = Kind(key=key)
        db.session.add(kind)
    kind.title, kind.summary = row["title"], row["summary"]
    kind.team_min, kind.team_max = row["team_min"], row["team_max"]
    kind.rating, kind.practice = row["rating"], bool(row.get("practice"))
    kind.leaves_out = list(row.get("leaves_out") or [])
    kind.required_training = list(row.get("required_training") or [])
    kind.settings = {name: row[name] for name in SETTINGS if name in row}
    return kind


def _check(row: dict[str, Any], courses: set[str]) -> None:
    way_of(row.get("leaves_out") or [])
    if row["rating"] not in RATING:
        raise ValueError("rating is alone or together")
    if not 1 <= row["team_min"] <= row["team_max"]:
        raise ValueError("team_min is at least 1 and at most team_max")
    unknown = sorted(set(row.get("required_training") or []) - courses)
    if unknown:
        raise ValueError(f"no course is called {', '.join(unknown)}")
