"""A spreadsheet to begin with, for people who have never seen a form of this kind."""

from __future__ import annotations

from inspect_app.frameworks.editing import FIRST_SCALE
from inspect_app.frameworks.plain import PlainCriterion, PlainFramework, PlainList, PlainOption, PlainTheme
from inspect_app.frameworks.xlsform.extra import READ_ME
from inspect_app.frameworks.xlsform.writing import sheets_of, workbook

STEPS = (
    ("1", "Go to the sheet “survey”. Each row is one question. Write your own in place of ours."),
    ("2", "type: how people answer. The words that you can use stand below."),
    ("3", "name: a short name, without blanks. Each question has its own."),
    ("4", "label: the question, as people read it. hint: a line below it, if you like."),
    ("5", "A row with begin_group opens a theme. A row with end_group closes it."),
    ("6", "relevant: ask the question only if this is true. For example: ${lift} = 'no'"),
    ("7", "required: write yes, if nobody may leave the question open."),
    ("8", "Go to the sheet “choices”. Here stand the answers that people can choose, and your scale."),
    ("9", "Go to the sheet “settings”. Write a title, and a short name as form_id."),
    ("10", "Save the file. Bring it in on the page “Questions”. You get a draft, and nobody else sees it yet."),
    ("text", "A few words"),
    ("integer", "A whole number"),
    ("decimal", "A number, such as 2.5"),
    ("select_one scale_five", "One point of the scale “five” in the sheet “choices”"),
    ("select_one yes_no", "Yes or no"),
    ("select_one list_rooms", "One answer from the list “list_rooms” in the sheet “choices”"),
    ("select_multiple list_rooms", "Several answers from this list"),
    ("date", "A day"),
    ("time", "A time"),
    ("image", "A photo"),
    ("audio", "A recording"),
    ("note", "Words to read. There is nothing to answer."),
)


def write_template() -> bytes:
    """Return the workbook (.xlsx): a sheet that explains, and a small framework to write over."""
    read_me = [{"": first, "What to do": words} for first, words in STEPS]
    return workbook({READ_ME: read_me, **sheets_of(example())}, hides=True)


def example() -> PlainFramework:
    """Return the small framework of the template."""
    in_and_out = (
        _question("lift", "There is a lift, and it works.", "yes_no"),
        _question("stairs", "How many steps are there?", "count", condition="${lift} = 'no'"),
        _question("welcome", "People who come in feel welcome.", "scale", scale_key="five", hint="Wait two minutes."),
    )
    inside = (
        _question("rooms", "Which rooms did you see?", "several_of", list_key="rooms"),
        _question("words", "What would you change first?", "text"),
    )
    rooms = PlainList("rooms", (PlainOption("hall", "Hall"), PlainOption("office", "Office")))
    return PlainFramework(
        key="my_questions",
        version=1,
        language="en",
        title="My questions",
        summary="Write what the questions are for.",
        source="Our own wording.",
        scales=(FIRST_SCALE,),
        themes=(PlainTheme("coming-in", "Coming in", in_and_out), PlainTheme("inside", "Inside", inside)),
        lists=(rooms,),
    )


def _question(
    key: str,
    words: str,
    answer_type: str,
    *,
    scale_key: str | None = None,
    list_key: str | None = None,
    condition: str = "",
    hint: str = "",
) -> PlainCriterion:
    return PlainCriterion(
        key=key,
        plain=words,
        easy=words,
        answer_type=answer_type,
        scale_key=scale_key,
        prompts=(),
        may_be_not_seen=True,
        may_not_apply=True,
        hint=hint,
        list_key=list_key,
        condition=condition,
    )
