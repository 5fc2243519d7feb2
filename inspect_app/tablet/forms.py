"""Forms of the tablet room."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from inspect_app.core.words import lazy


class RescueForm(FlaskForm):
    """A rescue file."""

    file = FileField(lazy("The rescue file"))
