"""Forms about frameworks."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import ValidationError

from inspect_app.frameworks.reading import LONGEST_FILE

BYTES_A_LETTER = 4


class PublishForm(FlaskForm):
    """Choose a file with questions."""

    file = FileField("File with the questions", validators=[FileRequired("Choose a file that ends in .yaml.")])

    text: str = ""

    def validate_file(self, field: FileField) -> None:
        """Read the file as text. Raises ValidationError when it is none, or too long."""
        content = field.data.read(LONGEST_FILE * BYTES_A_LETTER + 1)
        if len(content) > LONGEST_FILE * BYTES_A_LETTER:
            raise ValidationError("This file is too long. Choose a file with questions, as the guide shows it.")
        try:
            self.text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError("This file is not text. Choose a file that ends in .yaml.") from error
