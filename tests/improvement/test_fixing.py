"""The plan, the two keys, disagreement and closure."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from inspect_app.core import journal, revisions
from inspect_app.core.database import new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Origin
from inspect_app.core.time import at, now
from inspect_app.improvement import doors, queries
from inspect_app.improvement import operations_fixing as fixing
from inspect_app.improvement import operations_plan as planning
from inspect_app.improvement.operations_time import decide_when_over
from inspect_app.improvement.queries_chain import chains, fix_counts
from inspect_app.inspections.operations import move_on, release_member, waive
from inspect_app.inspections.queries import accepted
from tests.improvement.conftest import START
from tests.improvement.steps import action, answered, claim, ended, improving, say


@pytest.fixture(autouse=True)
def on_that_day():
    with at(START + timedelta(days=3)):
        yield


def member(world, name):
    return next(one for one in accepted(world.inspection) if one.person_id == world.people[name].id)


def test_a_plan_needs_an_action_for_each_yes(world):
    answered(world, "accepted", "not_accepted")
    with pytest.raises(Refused, match="Recommendation 1 needs an action"):
        planning.send_plan(world.inspection, world.winter, world.stuart)
    action(world, world.asked[0])
    for _ in range(2):
        planning.send_plan(world.inspection, world.winter, world.stuart)
    assert len(journal.entries(world.inspection.id, "plan.sent")) == 1
    with pytest.raises(Refused, match="Only the lead of School places"):
        planning.send_plan(world.inspection, world.schools, world.stuart)


def test_a_plan_is_seen_by_others_when_it_is_sent(world):
    answered(world, "accepted", "not_accepted")
    action(world, world.asked[0])
    assert chains(world.inspection, inside=True)[0].actions == ()
    planning.send_plan(world.inspection, world.winter, world.stuart)
    assert chains(world.inspection)[0].actions[0].owner == "Depot manager"


def test_actions_are_for_the_own_service_and_days_to_come(world):
    answered(world, "accepted", "not_accepted")
    with pytest.raises(Refused, match="settled"):
        action(world, world.asked[1])
    with pytest.raises(Refused, match="still to come"):
        action(world, world.asked[0], due_on=now().date() - timedelta(days=1))
    promised = planning.Commitment("Fix.", "Me", date(2026, 5, 1), "Look.")
    with pytest.raises(Refused, match="Only people of Winter"):
        planning.add_action(world.inspection, world.asked[0], promised, world.leanne)
    key = new_id()
    made = [planning.add_action(world.inspection, world.asked[0], promised, world.kenny, id=key) for _ in range(2)]
    assert made[0] is made[1]


def test_two_who_change_one_action_keep_both(world):
    answered(world)
    row = action(world, world.asked[0])
    top = queries.top_revision("action", row.id)
    for who, what in ((world.stuart, "Mine."), (world.kenny, "Theirs.")):
        promised = planning.Commitment(what, "Depot", row.due_on, "Look.")
        origin = Origin(author=who.id, id=new_id(), based_on=top)
        saved = planning.change_action(world.inspection, world.asked[0], row, promised, origin, who)
    assert row.what == "Mine."
    assert saved.meanwhile.content["what"] == "Mine."
    assert len(revisions.history(("action", row.id))) == 3


def test_the_last_action_of_a_sent_plan_stays(world):
    answered(world, "accepted", "not_accepted")
    row = action(world, world.asked[0])
    planning.send_plan(world.inspection, world.winter, world.stuart)
    with pytest.raises(Refused, match="only action"):
        planning.withdraw_action(world.inspection, world.asked[0], row, world.kenny)
    action(world, world.asked[0])
    planning.withdraw_action(world.inspection, world.asked[0], row, world.kenny)
    assert len(queries.actions_of([world.asked[0].id])) == 1


def test_two_keys_settle_and_dissent_is_shown(world):
    improving(world)
    asked = world.asked[0]
    claim(world, asked)
    assert [one.facts["recommendation"] for one in journal.entries(world.inspection.id, "fix.claimed")] == [
        str(asked.id)
    ]
    say(world, asked, ana="fixed", bilal="partly")
    assert ended(asked) is None
    say(world, asked, carol="fixed")
    assert ended(asked) == "fixed"
    assert queries.settlements_of([asked.id])[asked.id].reason == "2 of 3 say: fixed. 1 says: partly fixed."
    assert fix_counts(world.inspection) == {"fixed": 1, "partly": 0, "disputed": 0, "declined": 0, "open": 2}
    with pytest.raises(Refused, match="settled"):
        claim(world, asked)


def test_words_of_an_open_round_are_nobodys_and_names_only_with_consent(world):
    improving(world)
    asked = world.asked[0]
    claim(world, asked)
    say(world, asked, ana="fixed", bilal="partly")
    for inside in (True, False):
        assert chains(world.inspection, inside)[0].verdicts == ()
    assert "Bilal" not in repr(chains(world.inspection))
    say(world, asked, carol="fixed")
    public = chains(world.inspection)[0]
    assert [one.who for one in public.verdicts] == ["Ana Bell", "An inspector", "An inspector"]
    assert "Bilal Khan" in [one.who for one in chains(world.inspection, inside=True)[0].verdicts]


def test_not_fixed_goes_back_and_may_be_claimed_again(world):
    improving(world)
    asked = world.asked[0]
    claim(world, asked)
    with pytest.raises(Refused, match="looking now"):
        claim(world, asked)
    say(world, asked, ana="partly", bilal="not_fixed", carol="fixed")
    assert chains(world.inspection)[0].word == "Partly fixed"
    claim(world, asked, text="Now the rest.")
    say(world, asked, ana="fixed", bilal="fixed", carol="cannot_tell")
    assert ended(asked) == "fixed"
    assert [one.outcome for one in chains(world.inspection)[0].rounds] == ["partly", "fixed"]


def test_one_word_each_and_only_from_the_team(world):
    improving(world)
    asked = world.asked[0]
    row = claim(world, asked)
    say(world, asked, ana="fixed")
    say(world, asked, ana="fixed")
    assert len(journal.entries(world.inspection.id, "verdict.given")) == 1
    with pytest.raises(Refused, match="already"):
        say(world, asked, ana="not_fixed")
    for who in (world.gordon, world.stuart, world.helen):
        with pytest.raises(Refused, match="Only an inspector"):
            fixing.give_verdict(world.inspection, asked, row.id, "fixed", "Yes.", who)
    with pytest.raises(Refused, match="over, or it is decided"):
        fixing.give_verdict(world.inspection, world.asked[1], row.id, "fixed", "Yes.", world.bilal)


def test_time_over_decides_with_those_who_spoke(world):
    improving(world)
    for asked in world.asked[:2]:
        claim(world, asked)
    say(world, world.asked[0], ana="fixed", bilal="fixed")
    say(world, world.asked[1], ana="fixed")
    with at(now() + timedelta(days=28)):
        assert decide_when_over() == 0
    with at(now() + timedelta(days=29)):
        with pytest.raises(AttributeError):  # the round is over: there is nothing to look at
            say(world, world.asked[1], bilal="fixed")
        assert decide_when_over() == 1
        assert decide_when_over() == 0
        assert [ended(one) for one in world.asked] == ["fixed", None, None]
        assert chains(world.inspection)[1].word == "Not clear yet"


def test_a_waived_verdict_decides_at_once(world):
    improving(world)
    claim(world, world.asked[0])
    say(world, world.asked[0], ana="fixed", bilal="fixed")
    waive(world.inspection, "verdict", "Carol is ill.", world.helen, person_id=world.carol.id)
    assert ended(world.asked[0]) == "fixed"


def test_who_leaves_is_not_waited_for_and_their_word_stays(world):
    improving(world)
    claim(world, world.asked[0])
    say(world, world.asked[0], bilal="fixed", ana="fixed")
    release_member(world.inspection, member(world, "bilal"), "Moved away.", world.helen)
    assert ended(world.asked[0]) is None
    say(world, world.asked[0], carol="not_fixed")
    assert ended(world.asked[0]) == "fixed"


def test_a_disagreement_comes_after_the_inspectors_looked(world):
    improving(world)
    asked = world.asked[0]
    with pytest.raises(Refused, match="after the inspectors have looked"):
        fixing.record_disagreement(world.inspection, asked, "We are done.", world.stuart)
    claim(world, asked)
    say(world, asked, ana="not_fixed", bilal="not_fixed", carol="partly")
    for who in (world.kenny, world.ana):
        with pytest.raises(Refused, match="Only"):
            fixing.record_disagreement(world.inspection, asked, "We are done.", who)
    with pytest.raises(Refused, match="Only the lead of Winter"):
        fixing.record_disagreement(world.inspection, asked, "We are done.", world.leanne)
    for _ in range(2):
        fixing.record_disagreement(world.inspection, asked, "We cannot do more.", world.stuart)
    assert ended(asked) == "disagreement"
    assert len(journal.entries(world.inspection.id, "recommendation.settled")) == 1


def test_silence_cannot_keep_an_inspection_open_for_ever(world):
    improving(world)
    with pytest.raises(Refused):
        fixing.record_disagreement(world.inspection, world.asked[0], "Nothing came.", world.helen)
    with at(now() + timedelta(days=600)):
        with pytest.raises(Refused):
            fixing.record_disagreement(world.inspection, world.asked[0], "Nothing came.", world.stuart)
        fixing.record_disagreement(world.inspection, world.asked[0], "Nothing came.", world.helen)
    assert ended(world.asked[0]) == "disagreement"


def test_closing_waits_for_each_by_name(world):
    improving(world, "accepted", "accepted", "not_accepted")
    claim(world, world.asked[0])
    say(world, world.asked[0], ana="fixed")
    missing = doors.unsettled(world.inspection)
    assert [(one.mender, one.what) for one in missing] == [
        ("Winter maintenance", "news_of_what_was_done"),
        ("Bilal Khan", "verdict"),
        ("Carol Orr", "verdict"),
    ]
    assert "recommendation 1" in missing[1].sentence
    with pytest.raises(Refused, match="cannot go on yet"):
        move_on(world.inspection, world.helen)
    say(world, world.asked[0], bilal="fixed", carol="fixed")
    claim(world, world.asked[1])
    say(world, world.asked[1], ana="fixed", bilal="fixed", carol="fixed")
    assert doors.unsettled(world.inspection) == []
    move_on(world.inspection, world.helen)
    assert world.inspection.stage == "closed"
    assert [one.word for one in chains(world.inspection)] == ["Fixed", "Fixed", "Not accepted"]


def photo():
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


def test_proof_is_kept_clean_with_a_caption(world):
    improving(world)
    shown = fixing.Shown(photo(), "stop.jpg", "The sign at the mill.", True)
    made = fixing.post_update(world.inspection, world.asked[0], "First ten.", False, world.kenny, shown=[shown])
    assert made.proofs[0].file.media_type == "image/jpeg"
    assert chains(world.inspection)[0].updates[0].proofs[0].caption == "The sign at the mill."
    assert not journal.entries(world.inspection.id, "fix.claimed")
    for bad, words in (
        (fixing.Shown(photo(), "a.jpg", "", True), "shows"),
        (fixing.Shown(b"x", "a.jpg", "A", True), "photo"),
    ):
        with pytest.raises(Refused, match=words):
            fixing.post_update(world.inspection, world.asked[0], "More.", False, world.kenny, shown=[bad])


def test_the_same_update_twice_is_one(world):
    improving(world)
    key = new_id()
    for _ in range(2):
        fixing.post_update(world.inspection, world.asked[0], "Done.", True, world.kenny, id=key)
    assert len(journal.entries(world.inspection.id, "fix.claimed")) == 1
    with pytest.raises(Refused, match="something else"):
        fixing.post_update(world.inspection, world.asked[1], "Done.", True, world.kenny, id=key)
