"""Writes of fieldwork: save a rating, note something, add a photo, seal."""

from inspect_app.fieldwork.operations.notes import (
    Note,
    Photo,
    add_evidence,
    capture_observation,
    withdraw_evidence,
    withdraw_observation,
)
from inspect_app.fieldwork.operations.origins import Sent
from inspect_app.fieldwork.operations.ratings import capture
from inspect_app.fieldwork.operations.seals import open_seal, seal
from inspect_app.fieldwork.operations.words import forget_words, keep_words

__all__ = [
    "Note",
    "Photo",
    "Sent",
    "add_evidence",
    "capture",
    "capture_observation",
    "forget_words",
    "keep_words",
    "open_seal",
    "seal",
    "withdraw_evidence",
    "withdraw_observation",
]
