"""What people do to an inspection; each function guards, changes and appends to the journal."""

from inspect_app.inspections.operations.cards import can_have_cards, make_cards, revoke_card
from inspect_app.inspections.operations.documents import add_document, withdraw_document
from inspect_app.inspections.operations.hours import record_hours
from inspect_app.inspections.operations.joining import agree_to_charter, answer_invitation, declare_conflict
from inspect_app.inspections.operations.planning import change_inspection, copy_inspection, create_inspection
from inspect_app.inspections.operations.stages import cancel, may_move_on, move_on, resume, suspend
from inspect_app.inspections.operations.supporters import (
    agree_to_supporter,
    end_support,
    name_supporter,
    refuse_supporter,
    withdraw_wish,
)
from inspect_app.inspections.operations.team import invite_member, release_member, replace_member
from inspect_app.inspections.operations.visits import cancel_visit, change_visit, hold_visit, plan_visit
from inspect_app.inspections.operations.waiting import remind, remind_service, waive

__all__ = [
    "add_document",
    "agree_to_charter",
    "agree_to_supporter",
    "answer_invitation",
    "can_have_cards",
    "cancel",
    "cancel_visit",
    "change_inspection",
    "change_visit",
    "copy_inspection",
    "create_inspection",
    "declare_conflict",
    "end_support",
    "hold_visit",
    "invite_member",
    "make_cards",
    "may_move_on",
    "move_on",
    "name_supporter",
    "plan_visit",
    "record_hours",
    "refuse_supporter",
    "release_member",
    "remind",
    "remind_service",
    "replace_member",
    "resume",
    "revoke_card",
    "suspend",
    "waive",
    "withdraw_document",
    "withdraw_wish",
]
