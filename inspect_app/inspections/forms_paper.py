"""The form that asks whose questions are to be printed, and how."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import Form, IntegerField, RadioField, SelectField

from inspect_app.core.words import lazy
from inspect_app.frameworks.paper import EDITION_NAMES, ORDER_NAMES, Edition, languages_of
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.inspections.forms import choices
from inspect_app.people.models import Person

NOBODY = lazy("Nobody yet: leave room for the name")


class PaperForm(Form):  # type: ignore[misc]  # WTForms comes without types
    """For whom, in which edition, order of the pages and language, and how often what repeats is printed."""

    person = SelectField(lazy("Who fills it in?"))
    edition = RadioField(
        lazy("How shall it be printed?"), choices=choices(EDITION_NAMES.items()), default=Edition.NORMAL
    )
    order = RadioField(lazy("On which pages?"), choices=choices(ORDER_NAMES.items()), default="sheets")
    language = RadioField(lazy("In which language?"))
    copies = IntegerField(lazy("How many times?"), default=2)

    def __init__(self, plain: PlainFramework, people: Iterable[Person]) -> None:
        super().__init__()
        self.person.choices = choices([("", NOBODY), *((one.id, one.name) for one in people)])
        self.language.choices = choices(languages_of(plain).items())
        self.language.data = plain.language
        self.each = [theme.each for theme in plain.themes if theme.each]
        if len(self.language.choices) == 1:
            del self.language
        if not self.each:
            del self.copies
