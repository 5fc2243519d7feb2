"""The way of improvement, step by step, each through its operation."""

from __future__ import annotations

from datetime import timedelta

from inspect_app.core.database import new_id
from inspect_app.core.revisions import Origin
from inspect_app.core.time import now
from inspect_app.improvement import operations_answers, operations_fixing, operations_plan, queries
from inspect_app.inspections.operations import move_on

DONE = "All stops have a number."


def draft(world, asked, decision="accepted", reason="You are right.", by=None, based_on=None):
    """Save the draft of one answer as the lead of its service."""
    who = by or (world.leanne if asked.service_id == world.schools.id else world.stuart)
    origin = Origin(author=who.id, id=new_id(), based_on=based_on)
    return operations_answers.save_answer(world.inspection, asked, decision, reason, origin, who)


def answer(world, asked, decision="accepted", reason="You are right."):
    """Draft and send one answer."""
    draft(world, asked, decision, reason)
    who = world.leanne if asked.service_id == world.schools.id else world.stuart
    operations_answers.send_answers(world.inspection, {asked.id: None}, who)


def answered(world, *decisions):
    """Answer all three; those that are not named are accepted."""
    for place, asked in enumerate(world.asked):
        answer(world, asked, decisions[place] if place < len(decisions) else "accepted")


def action(world, asked, **changes):
    """Plan one action for a recommendation."""
    words = {"what": "Fix signs.", "owner": "Depot manager", "due_on": now().date() + timedelta(days=30)}
    promised = operations_plan.Commitment(**{**words, "how_seen": "Go and look.", **changes})
    who = world.leanne if asked.service_id == world.schools.id else world.kenny
    return operations_plan.add_action(world.inspection, asked, promised, who)


def improving(world, *decisions):
    """Answer all, and let the coordinator move it on."""
    answered(world, *decisions)
    move_on(world.inspection, world.helen)


def claim(world, asked, by=None, text=DONE):
    """Let the service say that it is done."""
    return operations_fixing.post_update(world.inspection, asked, text, True, by or world.kenny)


def say(world, asked, **words):
    """Let inspectors say what they found: ``ana="fixed"``."""
    for name, word in words.items():
        looking = operations_fixing.chain_of(world.inspection, asked).open_round
        operations_fixing.give_verdict(
            world.inspection, asked, looking.update_id, word, f"I looked: {name}.", world.people[name]
        )


def ended(asked):
    """How a recommendation ended, or None."""
    row = queries.settlements_of([asked.id]).get(asked.id)
    return row.outcome if row else None
