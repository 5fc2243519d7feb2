"""Forms on paper for tests: made without printing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inspect_app.core import files
from inspect_app.core.database import db, new_id
from inspect_app.core.time import now
from inspect_app.frameworks.models import PaperForm


def printed(world: Any, sheets: Sequence[Sequence[str]], person: Any = None, number: int = 1) -> PaperForm:
    """Make a form of the world's inspection that is printed already, with these questions on its sheets."""
    form = PaperForm(
        id=new_id(),
        version_id=world.inspection.framework_version_id,
        inspection_id=world.inspection.id,
        number=number,
        person_id=person.id if person else None,
        edition="normal",
        language="en",
        copies=2,
        is_booklet=False,
        owner={"reference": world.inspection.reference, "title": "A", "person": person.name if person else ""},
        code="code",
        digest="0" * 64,
        sheets=[[(key, 1) for key in sheet] for sheet in sheets],
        file=files.store(b"%PDF", "application/pdf", "form.pdf"),
        asked_by_id=world.helen.id,
        asked_at=now(),
    )
    db.session.add(form)
    db.session.commit()
    return form
