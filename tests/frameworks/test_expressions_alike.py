"""The same expression gives the same answer on the server and on the tablet."""

import json
import math
import string
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inspect_app.frameworks.expressions import Given, compile_expression, evaluate, text_of_tree
from inspect_app.frameworks.expressions.functions import FUNCTIONS, WITH_CIRCUMSTANCES
from inspect_app.frameworks.expressions.values import text_of
from tests.frameworks.expressions_in_js import Evaluate, evaluating_in_js

NAMES = ("lift", "rooms", "noise", "when")
PATTERNS = ("[a-z]+", r"\d{1,3}(\.\d+)?", "^(a|b)*c?$", r"[^\w\s-]", ".*é.*", r"[\d-]+|x{0}", "(a*)*b")
FORMATS = ("%Y-%m-%d", "%e %b %y, %H:%M:%S.%3 %a %%", "%n/%h/%q%")


@pytest.fixture(scope="module")
def in_js(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evaluate]:
    with evaluating_in_js(tmp_path_factory.mktemp("js")) as ask:
        yield ask


texts = st.one_of(
    st.sampled_from(
        ["", " ", "yes", "a b c", "b", "not_seen", "2024-02-29", "2023-02-29", "1969-12-31T23:59:59.5+01:00"]
    ),
    st.sampled_from(["12:30", "24:00:00", "-.5", "5.", " 7 ", "1e3", "0x10", "١", "Infinity", "true", "9999-12-31"]),
    st.text(alphabet=string.ascii_letters + string.digits + " .-:%éß😀́\t\n", max_size=12),
)
numbers = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**25), 10**25),
    st.integers(-40, 40),
    st.sampled_from([0.1, 0.2, 1e21, 1e-7, -0.0, 2.5, -2.5, 0.49999999999999994, 5e-324, 1.005, 365.25]),
)
answers = st.one_of(st.none(), st.booleans(), texts, numbers)
circumstances = st.builds(
    Given,
    answers=st.dictionaries(st.sampled_from(NAMES), st.one_of(answers, st.lists(answers, max_size=4))),
    here=answers,
    today=st.dates().map(str),
    now=st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds")),
    position=st.integers(1, 20),
)


def literals() -> st.SearchStrategy[str]:
    plain = st.floats(min_value=0, allow_infinity=False).map(text_of)
    return st.one_of(
        st.integers(0, 20).map(str),
        plain,
        st.sampled_from([".5", "7.", "1" + "0" * 400]),
        texts.filter(lambda text: "'" not in text).map(lambda text: f"'{text}'"),
        st.sampled_from([*(f"${{{name}}}" for name in NAMES), ".", "position(..)", "today()", "now()", "true()"]),
    )


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"])
    called = st.one_of([calls(name, inner) for name in [*sorted(FUNCTIONS), "if", "once"]])
    return st.one_of(
        st.tuples(inner, signs, inner).map(" ".join),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"-{one}"),
        st.tuples(inner, st.sampled_from(PATTERNS)).map(lambda two: f"regex({two[0]}, '{two[1]}')"),
        st.tuples(inner, st.sampled_from(FORMATS)).map(lambda two: f"format-date({two[0]}, '{two[1]}')"),
        called,
        called,
    )


def calls(name: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    least, most = FUNCTIONS[name][:2] if name in FUNCTIONS else WITH_CIRCUMSTANCES[name]
    arguments = st.lists(inner, min_size=least, max_size=min(most, least + 2))
    return arguments.map(lambda given: f"{name}({', '.join(given)})")


expressions = st.recursive(literals(), grown, max_leaves=10)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=expressions, known=circumstances)
@example(text="0.1 + 0.2", known=Given())
@example(text="1000000 * 1000000 * 1000000 * 1000", known=Given())
@example(text="-(1 div 10000000)", known=Given())
@example(text="-0", known=Given())
@example(text="0 div 0", known=Given())
@example(text="round(2.345, 2) + pow(2, 0.5) + pow(-3, 3)", known=Given())
def test_server_and_tablet_say_the_same(in_js, text, known):
    tree = compile_expression(text)
    assert compile_expression(text_of_tree(tree)) == tree
    plain = json.loads(json.dumps(tree))
    here = evaluate(tree, known)
    assert same_value(evaluate(plain, known), here), "a tree that went through JSON"
    kind, words = in_js(plain, asdict(known))
    assert kind is type(here)
    if kind is float:
        assert same_value(float(words), here)
    words_here, words_there = text_of(here), in_js(["call", "string", plain], asdict(known))[1]
    assert words_there == words_here


def same_value(one, other) -> bool:
    return one == other or (isinstance(one, float) and math.isnan(one) and math.isnan(other))


def test_every_function_of_the_server_is_there_on_the_tablet(in_js):
    for name, (least, _, _) in FUNCTIONS.items():
        in_js(["call", name, *[["text", "1"]] * least], {})
