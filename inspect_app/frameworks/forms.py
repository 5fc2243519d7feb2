"""Forms about frameworks."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import Form, ValidationError

from inspect_app.core.words import _, lazy
from inspect_app.frameworks.reading import LONGEST_FILE

BYTES_A_LETTER = 4


class WholeForm(FlaskForm):
    """A form of a page."""


class RowForm(Form):
    """One row of a form."""


def file_text(field: FileField) -> str:
    """Return a file as text. Raises ValidationError when there is none, when it is no text, or too long."""
    if not field.data or not hasattr(field.data, "read"):
        raise ValidationError(_("Choose a file that ends in .yaml."))
    content = field.data.read(LONGEST_FILE * BYTES_A_LETTER + 1)
    if len(content) > LONGEST_FILE * BYTES_A_LETTER:
        raise ValidationError(_("This file is too long. Choose a file with questions, as the guide shows it."))
    try:
        return str(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValidationError(_("This file is not text. Choose a file that ends in .yaml.")) from error


class PublishForm(FlaskForm):
    """Choose a file with questions."""

    file = FileField(
        lazy("File with the questions"), validators=[FileRequired(lazy("Choose a file that ends in .yaml."))]
    )

    text: str = ""

    def validate_file(self, field: FileField) -> None:
        """Read the file as text. Raises ValidationError when it is none, or too long."""
        self.text = file_text(field)
