"""Forms with which texts are translated."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from inspect_app.core.words import _, lazy
from inspect_app.frameworks.forms_drafts import PartForm, clean
from inspect_app.frameworks.translating import Section
from inspect_app.frameworks.xlsform.languages import code_of

LONGEST = 2000


class LanguageForm(PartForm):
    """Into which language."""

    language = StringField(lazy("Language"), filters=[clean], render_kw={"autocomplete": "off"})

    def validate_language(self, field: StringField) -> None:
        """Take a language's name, or its short sign."""
        if code_of(field.data or "") is None:
            raise ValidationError(_("Write a language, such as Welsh, or its short sign, such as cy."))

    def code(self) -> str:
        """Return the language's short sign."""
        return code_of(self.language.data) or ""


class WordsForm(PartForm):
    """The words of one section; its fields are called ``words-0``, ``words-1`` … in the order of its texts."""

    based_on = HiddenField(filters=[clean])
    too_long: tuple[int, ...] = ()

    def words(self, section: Section, sent: Mapping[str, str]) -> dict[str, str]:
        """Return what was sent for each text; a text that was not sent stays as it is."""
        found = {
            line.address: clean(sent.get(f"words-{number}", line.words)) for number, line in enumerate(section.lines)
        }
        self.too_long = tuple(number for number, line in enumerate(section.lines) if len(found[line.address]) > LONGEST)
        return found
