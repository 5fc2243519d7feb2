"""The form with which a file is brought in."""

from __future__ import annotations

import uuid

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, ValidationError

from inspect_app.core.database import new_id
from inspect_app.core.words import _, lazy
from inspect_app.frameworks.forms import WholeForm
from inspect_app.frameworks.incoming import LARGEST


class BringForm(WholeForm):
    """Choose a file; its own id makes one draft of it, however often it is sent."""

    id = HiddenField(default=lambda: str(new_id()))
    file = FileField(lazy("The file"), validators=[FileRequired(lazy("Choose a file."))])

    content: bytes = b""

    def validate_file(self, field: FileField) -> None:
        """Read the file. Raises ValidationError when there is none."""
        if not hasattr(field.data, "read"):
            raise ValidationError(_("Choose a file."))
        self.content = field.data.read(LARGEST + 1)

    def own_id(self) -> uuid.UUID:
        """Return the id of this form, as its page was made."""
        try:
            return uuid.UUID(self.id.data or "")
        except ValueError:
            return new_id()
