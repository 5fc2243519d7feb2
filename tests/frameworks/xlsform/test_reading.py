"""What a form becomes, and what is said of the rest."""

from inspect_app.frameworks.plain import criteria
from tests.frameworks.xlsform.forms import notes, read

SETTINGS = """
form_title | form_id | version | default_language
The bus stop | bus_stop | 3 | English (en)
"""
SURVEY = """
type                 | name    | label::English (en)  | label::Deutsch     | hint::English (en) | relevant | constraint | constraint_message::English (en) | required | calculation
begin_group          | Waiting | Waiting              | Warten             |                    |          |            |                                  |          |
select_one yesno     | Dry     | Is it dry?           | Ist es trocken?    | Look up.           |          |            |                                  | yes      |
integer              | seats   | How many seats?      |                    |                    | ${Dry} = 'yes' | . >= 0 and . <= 40 | Up to 40.          |          |
select_multiple Tool | tools   | What is there?       | Was gibt es?       |                    |          | count-selected(.) <= 2 |                      |          |
text                 | why     | Why a ramp?          | Warum?             |                    | selected(${tools}, 'Big Ramp') or ../seats > 3 |  |               |          |
end_group            |         |                      |                    |                    |          |            |                                  |          |
begin_repeat         | room    | Room                 | Raum               |                    |          |            |                                  |          |
decimal              | noise   | How loud is it?      | Wie laut?          |                    |          |            |                                  |          |
end_repeat           |         |                      |                    |                    |          |            |                                  |          |
calculate            | total   |                      |                    |                    |          |            |                                  |          | sum(${noise}) div count(${room})
"""  # noqa: E501
CHOICES = """
list_name | name     | label::English (en) | label::Deutsch
yesno     | yes      | Yes                 | Ja
yesno     | no       | No                  | Nein
Tool      | Big Ramp | A big ramp          | Eine große Rampe
Tool      | chair    | A chair             | Ein Stuhl
"""


def test_a_whole_form():
    report = read(SURVEY, CHOICES, SETTINGS)
    plain = report.plain
    assert (plain.key, plain.version, plain.title, plain.language) == ("bus_stop", 3, "The bus stop", "en")
    assert [(one.key, one.title, one.each) for one in plain.themes] == [
        ("waiting", "Waiting", ""),
        ("room", "Room", "Room"),
        ("questions", "The bus stop", ""),
    ]
    dry, seats, tools, why, noise, total = criteria(plain)
    assert (dry.key, dry.answer_type, dry.required, dry.hint) == ("dry", "yes_no", True, "Look up.")
    assert (seats.least, seats.most, seats.step, seats.constraint) == ("0", "40", "1", "")
    assert (seats.condition, seats.constraint_words) == ("${dry} = 'yes'", "Up to 40.")
    assert (tools.answer_type, tools.list_key, tools.constraint) == ("several_of", "tool", "count-selected(.) <= 2")
    assert why.condition == "selected(${tools}, 'big-ramp') or ${seats} > 3"
    assert noise.answer_type == "number"
    assert total.calculation == "sum(${noise}) div count(${room})"
    assert [one.key for one in plain.lists] == ["tool"]
    [german] = plain.translations
    assert dict(german.texts)["list/tool/option/big-ramp"] == "Eine große Rampe"
    assert dict(german.texts)["theme/waiting/title"] == "Warten"
    assert notes(report) == [
        "Sheet “choices”, row 2: Yes and no have the words of the pages, in each language.",
        "Sheet “choices”, row 3: Yes and no have the words of the pages, in each language.",
        "Sheet “choices”, row 4: “Big Ramp” is called “big-ramp” here, and conditions with it.",
    ]


def test_groups_in_groups_lie_flat_and_their_conditions_are_joined():
    report = read("""
        type        | name | label | relevant
        begin group | a    | Outer | ${x} = 1
        integer     | x    | X?    |
        begin group | b    | Inner | ${x} = 2
        begin group | c    |       | ${x} = 3
        text        | y    | Y?    | ${x} = 4
        end group   |      |       |
        end group   |      |       |
        text        | z    | Z?    |
        end group   |      |       |
    """)
    assert [(one.key, one.title, one.condition) for one in report.plain.themes] == [
        ("a", "Outer", "${x} = 1"),
        ("b", "Outer: Inner", "(${x} = 1) and (${x} = 2)"),
        ("a-2", "Outer", "${x} = 1"),
    ]
    assert [one.condition for one in criteria(report.plain)] == ["", "(${x} = 3) and (${x} = 4)", ""]


def test_each_thing_without_counterpart_is_named_with_its_place():
    report = read("""
        type                 | name  | label | appearance | default | choice_filter | required | colour | calculation
        start                | start |       |            |         |               |          |        |
        geopoint             | where | Where?|            |         |               |          |        |
        text                 | what  | <b>What</b> of ${where}? | multiline | none | | ${a} = 1 | red    |
        select_one list      | a     | A?    |            |         | x=1           |          |        |
        acknowledge          | ok    | Read? |            |         |               |          |        |
        calculate            | c     |       |            |         |               |          |        | pulldata('a', 'b', 'c', 'd')
        calculate            | d     |       |            |         |               |          |        | ${c} + 1
    """, "list_name | name | label | image | district\nlist | 1 | One | one.png | x", "style | form_id\npages | f")  # fmt: skip  # noqa: E501
    assert [one.key for one in criteria(report.plain)] == ["what", "a", "ok"]
    assert notes(report) == [
        "The form names no language. Its words are taken for “en”.",
        "Sheet “settings”, row 1, column “style”: This setting is left out: it means nothing here.",
        "Sheet “choices”, row 1, column “district”: "
        "This column is left out: it says more about the answers than can be said here.",
        "Sheet “choices”, row 2, column “image”: The file “one.png” is not carried over. Answers are words here.",
        "Sheet “survey”, row 1, column “colour”: This column is left out: it means nothing here.",
        "Sheet “survey”, row 2, column “type”: "
        "“start” is left out: when and by whom things are seen is kept here anyway.",
        "Sheet “survey”, row 3, column “type”: “geopoint” is left out. Places on a map cannot be asked for here.",
        "Sheet “survey”, row 4, column “label”: "
        "The words show another answer, as ${name}. They are taken over as they stand.",
        "Sheet “survey”, row 4, column “label”: Signs for bold, colours and the like are taken out of the words.",
        "Sheet “survey”, row 4, column “appearance”: "
        "The look “multiline” is left out: each kind of answer has one look here.",
        "Sheet “survey”, row 4, column “default”: "
        "The answer “none” that stands there from the start is left out: people answer themselves here.",
        "Sheet “survey”, row 4, column “required”: "
        "“Required only if …” is not known here. The question may be left open.",
        "Sheet “survey”, row 5, column “choice_filter”: The filter is left out: all answers of the list are shown.",
        "Sheet “survey”, row 6, column “type”: It is asked with yes and no.",
        "Sheet “survey”, row 7, column “calculation”: “pulldata('a', 'b', 'c', 'd')” does not work here: "
        "“pulldata” does not work here. Tables beside the form are not known here. This row is left out.",
        "Sheet “survey”, row 8, column “calculation”: “${c} + 1” does not work here: "
        "it asks about “c”, which did not come over. This row is left out.",
    ]


def test_names_that_collide_get_keys_of_their_own():
    report = read("""
        type       | name | label | relevant
        text       | A b  | One   |
        text       | a-b  | Two   | ${a-b} = '' or ${A_B} = ''
        text       | A_B  | Three |
        text       | שלום | Four  |
    """)
    assert [one.key for one in criteria(report.plain)] == ["a-b", "a-b-2", "a_b", "question"]
    assert next(one.condition for one in criteria(report.plain) if one.condition) == "${a-b-2} = '' or ${a_b} = ''"


def test_conditions_that_ask_in_a_circle_are_named():
    report = read("""
        type | name | label | relevant
        text | a    | A?    | ${b} = 1
        text | b    | B?    | ${c} = 1
        text | c    | C?    | ${a} = 1
    """)
    assert notes(report)[1:] == [
        "Sheet “survey”, row 2, column “relevant”: This asks in a circle: a → b → c → a. Change it before you publish."
    ]


def test_languages_right_to_left_unknown_and_partly_there():
    report = read("""
        type | name | label::English (en) | label::العربية | label::Klingon
        text | a    | Why?                | لماذا؟         | qatlh
        text | b    |                     | متى؟           |
    """)
    assert [one.plain for one in criteria(report.plain)] == ["Why?", "متى؟"]
    assert [(one.language, one.texts) for one in report.plain.translations] == [
        ("ar", (("criterion/a/plain", "لماذا؟"), ("criterion/b/plain", "متى؟"))),
        ("qaa", (("criterion/a/plain", "qatlh"),)),
    ]
    assert notes(report) == [
        "Sheet “survey”, row 1, column “label::Klingon”: The language “Klingon” is not known here. It is called “qaa”.",
        "Sheet “survey”, row 3, column “label::العربية”: "
        "There are no words in “en”. Those of another language stand in.",
    ]


def test_or_other_becomes_an_answer_and_a_question():
    report = read("type | name | label\nselect_one l or_other | a | A?", "list_name | name | label\nl | x | X")
    first, other = criteria(report.plain)
    assert (first.list_key, other.key, other.condition) == ("l-or-other", "a-other", "selected(${a}, 'other')")
    assert [option.key for option in report.plain.lists[1].options] == ["x", "other"]


def test_a_form_with_nothing_to_ask_cannot_be_used():
    report = read("type | name | label\nstart | s |")
    assert not report.usable
    assert [str(one) for one in report.faults] == [
        "Sheet “survey”: The form cannot be used here: the file: “themes” is missing or has no entries."
    ]
