import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.improvement.rules import (
    BACK_TO_SERVICE,
    LOOKS,
    Outcome,
    Settled,
    State,
    Word,
    bar_counts,
    bar_words,
    fix_rate,
    outcome,
    state_of,
    tally,
)

F, P, N, C = "fixed", "partly", "not_fixed", "cannot_tell"


@pytest.mark.parametrize(
    ("words", "team", "over", "expected"),
    [
        ([], 3, False, Outcome.OPEN),
        ([F, F], 3, False, Outcome.OPEN),
        ([F, F], 3, True, Outcome.FIXED),
        ([F, F, N], 3, False, Outcome.FIXED),
        ([F, F, F, C], 4, False, Outcome.FIXED),
        ([F, F, P, N], 4, False, Outcome.PARTLY),  # half is no majority
        ([F], 3, True, Outcome.UNCLEAR),  # one alone is too few in a team of three
        ([F], 1, False, Outcome.FIXED),  # all of a team of one
        ([F, C], 2, False, Outcome.UNCLEAR),
        ([P, P, P, F], 4, False, Outcome.PARTLY),
        ([N, N, N, P], 4, False, Outcome.NOT_FIXED),
        ([C, C], 2, False, Outcome.UNCLEAR),
        ([], 3, True, Outcome.UNCLEAR),
        ([], 0, False, Outcome.UNCLEAR),
    ],
)
def test_what_inspectors_say_together(words, team, over, expected):
    assert outcome(words, team, over) is expected


words_of_a_round = st.lists(st.sampled_from([F, P, N, C]), max_size=8)


@given(words_of_a_round, st.integers(0, 4), st.booleans())
def test_fixed_always_has_a_majority_and_two_or_all(words, absent, over):
    team = len(words) + absent
    said = outcome(words, team, over)
    if said is Outcome.FIXED:
        assert 2 * words.count(F) > len(words)
        assert words.count(F) >= min(2, team) > 0
    if not absent or over:
        assert said is not Outcome.OPEN
    else:
        assert said is Outcome.OPEN


@given(words_of_a_round, st.integers(0, 4), st.randoms(use_true_random=False))
def test_the_order_of_words_does_not_matter(words, absent, random):
    shuffled = list(words)
    random.shuffle(shuffled)
    assert outcome(words, len(words) + absent, True) is outcome(shuffled, len(words) + absent, True)


@given(words_of_a_round, st.integers(0, 4))
def test_one_more_who_says_fixed_never_makes_it_worse(words, absent):
    team = len(words) + absent + 1
    if outcome(words, team, True) is Outcome.FIXED:
        assert outcome([*words, F], team, True) is Outcome.FIXED


def test_every_state_and_outcome_has_a_look():
    assert set(LOOKS) == set(State)
    assert {Outcome.OPEN, Outcome.FIXED} | BACK_TO_SERVICE == set(Outcome)


def test_the_rate_counts_declined_ones_below_the_line_and_partly_as_not_fixed():
    states = [State.FIXED, State.DECLINED, State.PARTLY, State.DISPUTED, State.UNANSWERED]
    rate = fix_rate(states)
    assert (rate.words, rate.percent) == ("1 of 5", 20)
    assert bar_counts(states) == {"fixed": 1, "partly": 1, "disputed": 1, "declined": 1, "open": 1}
    assert fix_rate([]).percent is None


@given(st.lists(st.sampled_from(State)))
def test_the_bar_holds_everything_once(states):
    assert sum(bar_counts(states).values()) == fix_rate(states).total == len(states)


def test_a_claim_alone_never_counts_as_fixed():
    assert state_of("accepted", True, True, Outcome.FIXED, None) is not State.FIXED
    assert state_of("accepted", True, True, Outcome.FIXED, Settled.FIXED) is State.FIXED


def test_the_tally_shows_dissent():
    assert tally([F, F, F, P], 4) == "3 of 4 say: fixed. 1 says: partly fixed."
    assert tally([], 4) == "Nobody has said anything."
    assert all(tally([word], 1) for word in Word)


def test_what_became_of_many_in_a_few_words():
    counts = {"fixed": 8, "partly": 0, "disputed": 1, "declined": 2, "open": 0}
    assert bar_words(counts) == "8 fixed, 2 not accepted, 1 where we disagree"
    assert bar_words({}) == ""
