"""Results: what counts, what is left out, and the sentence beside each figure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.frameworks.plain import (
    PlainBand,
    PlainCriterion,
    PlainFramework,
    PlainPoint,
    PlainScale,
    PlainScoring,
    PlainTheme,
)
from inspect_app.frameworks.scores import scores

FIVE = PlainScale("five", "How good?", tuple(PlainPoint(key, key, key) for key in "abcde"))
BANDS = (PlainBand("weak", "Weak", 0), PlainBand("good", "Good", 60))
VALUES = ("a", "b", "c", "d", "e", "not_seen", "does_not_apply", None)


def question(key: str, kind: str = "scale", weight: float = 1) -> PlainCriterion:
    return PlainCriterion(key, key, key, kind, "five" if kind == "scale" else None, (), True, True, weight=weight)


def framework(*themes: PlainTheme, least: int = 1, bands=BANDS) -> PlainFramework:
    return PlainFramework("f", 1, "en", "F", "F", "F", (FIVE,), themes, scoring=PlainScoring(least, bands))


WAITING = PlainTheme("waiting", "Waiting", (question("dry"), question("light"), question("seats")))
GETTING_IN = PlainTheme("in", "Getting in", (question("ramp", "yes_no_partly"), question("doors", "count")), weight=2)


def results(plain, answers, not_asked=()):
    found = scores(plain, answers, not_asked)
    return [one.result.shown for one in found.themes], found.overall.shown


CASES = [
    ({"dry": "a", "light": "c", "seats": "e"}, [50, None], 50),
    ({"dry": "e", "light": "not_seen", "seats": "does_not_apply"}, [100, None], 100),
    ({"dry": "b", "light": "b", "ramp": "partly", "doors": "0"}, [25, 50], 42),
    ({"ramp": "yes"}, [None, 100], 100),
    ({"dry": ["a", "e", "not_seen"], "light": "e"}, [75, None], 75),
    ({"dry": "unknown"}, [None, None], None),
    ({}, [None, None], None),
]


@pytest.mark.parametrize(("answers", "themes", "overall"), CASES)
def test_results(answers, themes, overall):
    assert results(framework(WAITING, GETTING_IN), answers) == (themes, overall)


def test_a_question_counts_by_its_weight_and_with_0_not_at_all():
    theme = PlainTheme("t", "T", (question("x", weight=3), question("y"), question("z", weight=0)))
    assert results(framework(theme), {"x": "e", "y": "a", "z": "a"}) == ([75], 75)


def test_too_few_answers_make_no_result():
    plain = framework(WAITING, GETTING_IN, least=2)
    found = scores(plain, {"dry": "e", "light": "not_seen", "ramp": "yes"})
    assert [one.result.shown for one in found.themes] == [None, None]
    assert found.themes[0].result.sentence == (
        "There is no result: 1 question is answered, and it takes 2. "
        "Left out: 1 question not seen, 1 question without an answer."
    )
    assert found.overall.sentence == "There is no result over all, because no theme has one."


def test_each_figure_comes_with_a_sentence():
    found = scores(framework(WAITING, GETTING_IN), {"dry": "d", "light": "d", "seats": "does_not_apply", "ramp": "no"})
    assert [one.result.sentence for one in found.themes] == [
        "75 of 100: the average of 2 questions. Left out: 1 question not fitting here. “Good” begins at 60.",
        "0 of 100: the average of 1 question. “Weak” begins at 0.",
    ]
    assert found.overall.sentence == (
        "25 of 100: the average of 2 themes. Some themes count more than others. “Weak” begins at 0."
    )
    assert found.overall.band == BANDS[0]


def test_the_band_fits_the_figure_that_is_shown():
    theme = PlainTheme("t", "T", (question("x", weight=59.6), question("y", weight=40.4)))
    found = scores(framework(theme), {"x": "e", "y": "a"}).overall
    assert (found.shown, found.band.key) == (60, "good")


def test_a_question_that_was_not_asked_is_not_open():
    found = scores(framework(WAITING), {"dry": "e"}, not_asked={"light", "seats"})
    assert found.themes[0].result.counts.open == 0


weights = st.sampled_from([0.1, 0.25, 1, 2, 3, 7.5])


@st.composite
def answered(draw):
    themes, answers = [], {}
    for place in range(draw(st.integers(1, 3))):
        questions = tuple(question(f"q{place}-{n}", weight=draw(weights)) for n in range(draw(st.integers(1, 5))))
        themes.append(PlainTheme(f"t{place}", "T", questions, weight=draw(weights)))
        answers |= {one.key: draw(st.sampled_from(VALUES)) for one in questions}
    return framework(*themes), answers


def with_weights(plain, change):
    return replace(
        plain,
        themes=tuple(
            replace(
                theme,
                weight=change(theme.weight),
                criteria=tuple(replace(one, weight=change(one.weight)) for one in theme.criteria),
            )
            for theme in plain.themes
        ),
    )


def exact(plain, answers):
    found = scores(plain, answers)
    return [one.result.exact for one in found.themes], found.overall.exact


@given(answered(), st.sampled_from([2, 10, 1000]))
def test_only_the_proportion_of_weights_matters(case, factor):
    plain, answers = case
    assert exact(with_weights(plain, lambda weight: int(weight * 100)), answers) == exact(plain, answers)
    assert exact(with_weights(plain, lambda weight: int(weight * 100) * factor), answers) == exact(plain, answers)


@given(answered())
def test_a_result_lies_between_the_worst_and_the_best_answer(case):
    plain, answers = case
    for theme, found in zip(plain.themes, scores(plain, answers).themes, strict=True):
        places = [
            "abcde".index(answers[one.key]) * 25 for one in theme.criteria if (answers[one.key] or "?") in "abcde"
        ]
        assert (found.result.exact is None) == (not places)
        assert not places or min(places) <= found.result.exact <= max(places)


@given(answered())
def test_what_was_not_seen_or_does_not_apply_counts_like_no_answer(case):
    plain, answers = case
    without = {key: value for key, value in answers.items() if (value or "?") in "abcde"}
    assert exact(plain, answers) == exact(plain, without)


@given(answered(), st.data())
def test_not_seen_in_place_of_the_worst_never_lowers(case, data):
    plain, answers = case
    theme = data.draw(st.sampled_from(plain.themes))
    rated = [one.key for one in theme.criteria if (answers[one.key] or "?") in "abcde"]
    if len(rated) < 2:
        return
    worst = min(rated, key=lambda key: answers[key])
    place = plain.themes.index(theme)
    assert exact(plain, answers | {worst: "not_seen"})[0][place] >= exact(plain, answers)[0][place]


@given(answered(), st.data())
def test_a_better_answer_never_lowers(case, data):
    plain, answers = case
    key = data.draw(st.sampled_from(sorted(answers)))
    if (answers[key] or "?") not in "abcd":
        return
    better = answers | {key: "abcde"["abcde".index(answers[key]) + 1]}
    before, after = exact(plain, answers), exact(plain, better)
    assert after[1] >= before[1]
    assert all(one == other or one > other for one, other in zip(after[0], before[0], strict=True))
