"""What expressions mean, one by one, and what is refused."""

import contextlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_app.frameworks.expressions import (
    Given,
    compile_expression,
    evaluate,
    holds,
    names_in,
    renamed,
    text_of_tree,
    words_of,
)

KNOWN = Given(
    answers={
        "lift": "yes",
        "seats": 12,
        "tools": "chair ramp",
        "noise": [3, None, 5],
        "room": [1, 1, 1],
        "born": "2000-02-29",
        "blank": None,
    },
    here="7",
    today="2026-11-22",
    now="2026-11-22T17:05:00",
    position=2,
)

VALUES = [
    ("${lift} = 'yes'", True),
    ("${lift}=”yes”", True),
    ("${blank} = ''", True),
    ("${nowhere} = ''", True),
    ("${seats} >= 10 and ${seats} <= 20", True),
    ("${seats} = '12'", True),
    ("1 + 2 * 3 - 4 div 2", 5.0),
    ("(1 + 2) * 3", 9.0),
    ("-2 - -3", 1.0),
    ("-7 mod 3", -1.0),
    ("1 = 1 = 1", True),
    ("true() or 1 div 0 = 0", True),
    ("selected(${tools}, 'ramp')", True),
    ("selected(${tools}, 'ram')", False),
    ("selected-at(${tools}, 1)", "ramp"),
    ("selected-at(${tools}, 2)", ""),
    ("count-selected(${tools})", 2.0),
    ("not(${blank})", True),
    ("if(${seats} > 10, 'many', 'few')", "many"),
    ("coalesce(${blank}, 'none')", "none"),
    ("string-length('né😀')", 3.0),
    ("contains('a b', ' ')", True),
    ("starts-with('abc', 'ab')", True),
    ("substr('hello', 1, 3)", "el"),
    ("substr('hello', -3)", "llo"),
    ("concat('a', 1.50, true())", "a1.5true"),
    ("join(', ', ${noise})", "3, , 5"),
    ("number('x') = number('x')", False),
    ("string(1 div 3)", "0.3333333333333333"),
    ("int(-2.7)", -2.0),
    ("round(2.5)", 3.0),
    ("round(-2.5)", -2.0),
    ("round(1.005, 2)", 1.01),
    ("floor(-2.1)", -3.0),
    ("ceiling(2.1)", 3.0),
    ("abs(-3)", 3.0),
    ("pow(2, 10)", 1024.0),
    ("min(4, 2, 8)", 2.0),
    ("sum(${noise})", 8.0),
    ("max(${noise})", 5.0),
    ("count(${room})", 3.0),
    ("count-non-empty(${noise})", 2.0),
    ("${noise} = 5", True),
    ("${noise} > 5", False),
    ("regex(., '^[0-9]{1,2}$')", True),
    ("regex('abc', 'b')", False),
    ("today() > ${born}", True),
    ("date(today() + 9)", "2026-12-01"),
    ("floor((today() - ${born}) div 365.25)", 26.0),
    ("decimal-time('06:00')", 0.25),
    ("format-date(${born}, '%e %b %Y')", "29 Feb 2000"),
    ("now()", "2026-11-22T17:05:00"),
    ("once(3)", "7"),
    ("position(..)", 2.0),
    (". + 1", 8.0),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_value(text, value):
    found = evaluate(compile_expression(text), KNOWN)
    assert (type(found), found) == (type(value), value)


NUMBERS = [
    (1e21, "1" + "0" * 21),
    (-0.0, "0"),
    (0.1 + 0.2, "0.30000000000000004"),
    (1e-7, "0.0000001"),
    (float("nan"), ""),
    (5.0, "5"),
]


@pytest.mark.parametrize(("number", "words"), NUMBERS)
def test_numbers_are_written_in_full(number, words):
    assert words_of(number) == words


REFUSED = [
    ("", "it is blank."),
    ("1 +", "it ends too early. Is a bracket open, or is something missing?"),
    ("selected(${a}, 'b'", "it ends too early. Is a bracket open, or is something missing?"),
    ("'abc", "a quotation mark is open at letter 1: 'abc"),
    ("../rooms > 1", "paths such as “../rooms > 1” do not work here. Write ${name}."),
    ("${a} == 1", "“= 1” at letter 7 does not fit there."),
    ("import('os')", "there is no function “import” here."),
    ("random()", "“random” does not work here. An answer must come out the same again."),
    ("if(1, 2)", "“if” has 2 values in its brackets. It needs 3."),
    ("concat()", "“concat” has 0 values in its brackets. It needs 1 or more."),
    ("regex(., ${p})", "the pattern of “regex” must stand in quotation marks."),
    ("regex(., '(?=a)')", "the pattern “(?=a)” uses “(?”, which is not known here."),
    ("regex(., 'a**')", "in the pattern “a**”, nothing stands before “*”."),
    ("regex(., '[a')", "the pattern “[a” ends too early."),
    ("regex(., '((a{99}){99}){99}')", "the pattern “((a{99}){99}){99}” is too long. Write a shorter one."),
    ("regex(., 'a)')", "the pattern “a)” has a “)” too many."),
    ("instance('x')/root", "“instance” does not work here. Tables beside the form are not known here."),
    ("1" * 5000, "it is longer than 4000 letters. Make it shorter."),
    ("-" * 90 + "1", "it has more than 60 levels of brackets. Make it simpler."),
    ("1" + " + 1" * 700, "it has more than 600 parts. Make it shorter."),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_what_is_refused_and_why(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        compile_expression(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="${}ab().,'\"=<>!+-*/ 1[]|", max_size=60))
def test_any_text_compiles_or_is_refused_with_a_sentence(text):
    with contextlib.suppress(ValueError):
        evaluate(compile_expression(text), KNOWN)


def test_a_pattern_that_blows_up_elsewhere_is_matched_at_once():
    tree = compile_expression("regex(., '(a*)*(a|a)*(a?){80}b')")
    begun = time.process_time()
    assert not holds(tree, Given(here="a" * 1000))
    assert time.process_time() - begun < 5


def test_names_are_found_and_changed():
    tree = compile_expression("${Lift} = 'Yes' and selected(${Tools}, 'Big Ramp') or sum(${n}) > 'Yes'")
    assert names_in(tree) == {"Lift", "Tools", "n"}
    other = renamed(tree, {"Lift": "lift", "Tools": "tools"}, lambda name, text: f"{name}-{text}")
    assert text_of_tree(other) == "${lift} = 'Lift-Yes' and selected(${tools}, 'Tools-Big Ramp') or sum(${n}) > 'Yes'"
