"""Form controls are built, named and described as in GOV.UK Frontend's own examples; text goes in its own direction."""

import pytest
from jinja2 import Environment
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from inspect_app.core.languages import give_words

CHOICES = [
    SelectChoice(value="yes", label="We accept it"),
    SelectChoice(value="no", label="We do not accept it"),
]


class Inner(Form):
    """A form inside a form."""

    place = StringField("Place", [InputRequired("Say where")])


class Answer(Form):
    """One control of every kind."""

    name = StringField("Your name", [InputRequired("Tell us your name")])
    why = TextAreaField("Why?", [InputRequired("Say why")])
    answer = RadioField("Your answer", choices=CHOICES, validators=[InputRequired("Choose one")])
    days = SelectMultipleField("Days", choices=CHOICES)
    agree = BooleanField("I agree")
    kind = SelectField("Kind", choices=CHOICES, validators=[InputRequired("Choose a kind")])
    due = DateField("By when?", [InputRequired("Give a date")])
    proof = FileField("Proof", [InputRequired("Add a photo")])
    visit = FormField(Inner)
    places = FieldList(StringField("Place", [InputRequired("Say which")]), min_entries=2)


@pytest.fixture
def refused():
    """The form, sent empty."""
    form = Answer(MultiDict())
    form.validate()
    return form


def test_a_text_control_is_labelled_and_not_marked_wrong(render, shape, expected):
    assert shape(render("input", Answer().name)) == expected("input")


def test_an_error_and_a_hint_describe_the_control_in_this_order(render, shape, expected, refused):
    assert shape(render("input", refused.name, hint="As in the report", width="20")) == expected("input_with_error")


@pytest.mark.parametrize(
    ("macro", "field", "control"),
    [
        ("textarea", "why", '<textarea class="govuk-textarea govuk-textarea--error"'),
        ("select", "kind", '<select class="govuk-select govuk-select--error"'),
        ("date_input", "due", '<input class="govuk-input app-date govuk-input--error"'),
        ("file_input", "proof", '<input class="govuk-file-upload govuk-file-upload--error"'),
    ],
)
def test_every_kind_of_control_shows_its_error(render, refused, macro, field, control):
    html = render(macro, refused[field])
    assert f'aria-describedby="{field}-error"' in html
    assert control.split('class="')[1].rstrip('"') in html
    assert control.split()[0] in html
    assert " required" not in html


def test_radios_stand_in_a_fieldset_and_the_first_bears_the_fields_id(render, shape, expected):
    form = Answer(MultiDict({"answer": "no"}))
    assert shape(render("radios", form.answer, hint="One", hints={"no": "Say why"})) == expected("radios")


def test_checkboxes_stand_in_a_fieldset_and_remember_what_was_chosen(render):
    html = render("checkboxes", Answer(MultiDict({"days": "no"})).days)
    assert html.count('type="checkbox"') == 2
    assert 'id="days-2" name="days" type="checkbox" value="no" checked' in html
    assert '<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">Days</legend>' in html


def test_a_yes_box_needs_no_fieldset(render, shape, expected):
    assert shape(render("checkboxes", Answer(MultiDict({"agree": "y"})).agree)) == expected("yes_box")


def test_the_summary_leads_to_the_first_control_of_each_field(render, refused):
    html = render("error_summary", refused, also=[{"text": "Too late", "href": "#main"}])
    targets = ["name", "why", "answer", "kind", "due", "proof", "visit-place", "places-0", "places-1", "main"]
    assert [part.split('"')[0] for part in html.split('href="#')[1:]] == targets
    assert '<div class="govuk-error-summary" data-module="govuk-error-summary">\n<div role="alert">' in html


def test_no_error_no_summary(render):
    assert render("error_summary", Answer()) == ""


def test_what_people_typed_is_never_markup(render):
    html = render("input", Answer(MultiDict({"name": '"><script>alert(1)</script>'})).name)
    assert "<script>" not in html


def test_a_form_carries_its_token_only_where_there_is_one(environment, render):
    assert "csrf_token" not in render("form_open", "/send")
    protected = Environment(loader=environment.loader, autoescape=True)
    give_words(protected)
    protected.globals["csrf_token"] = lambda: "secret"
    html = str(protected.get_template("components/form_open.html").module.form_open("/send", multipart=True))
    assert 'name="csrf_token" value="secret"' in html
    assert 'enctype="multipart/form-data"' in html
