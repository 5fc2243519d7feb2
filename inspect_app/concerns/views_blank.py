"""The pages on which one tells that something is wrong, as a tablet takes them along: nobody’s words in them."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from inspect_app.concerns import queries
from inspect_app.concerns.forms import ConcernForm, HazardForm, offer_visits
from inspect_app.core.access import may
from inspect_app.inspections.models import Inspection


def pages(inspection: Inspection, person: Any) -> dict[str, str]:
    """Return address → blank page; nothing for somebody without a part in the inspection."""
    if not may(person, "concerns.tell", inspection):
        return {}
    values = {"inspection": inspection, "ring": queries.whom_to_ring()}
    hazard = HazardForm(formdata=None)
    offer_visits(hazard, inspection)
    filled = {
        "something_wrong": render_template("concerns/something_wrong.html", **values),
        "tell_concern": render_template("concerns/tell_concern.html", form=ConcernForm(formdata=None), **values),
        "tell_hazard": render_template("concerns/tell_hazard.html", form=hazard, **values),
    }
    return {url_for(f"concerns.{view}", reference=inspection.reference): text for view, text in filled.items()}
